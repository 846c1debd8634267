//! Times of the story, counted back from the first start.

use opstap_core::Millis;

use super::story::TimeOfDay;

const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;

/// When the circle began, in days before the first start. All that is told happened later.
pub const BEGAN: u64 = 21;

/// So many days before `now`.
#[must_use]
pub const fn days_before(now: Millis, days: u64) -> Millis {
    Millis(now.0.saturating_sub(days * DAY))
}

/// A time of the day (UTC), so many days before `now`.
#[must_use]
pub fn on_day(now: Millis, days_ago: u64, at: TimeOfDay) -> Millis {
    let midnight = now.0 - now.0 % DAY;
    Millis((midnight + u64::from(at.minutes) * MINUTE).saturating_sub(days_ago * DAY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yesterday_at_seven_is_yesterday_at_seven() {
        let now = Millis(20_000 * DAY + 13 * 60 * MINUTE);
        let at = TimeOfDay { minutes: 7 * 60 };
        assert_eq!(on_day(now, 1, at), Millis(19_999 * DAY + 7 * 60 * MINUTE));
    }
}
