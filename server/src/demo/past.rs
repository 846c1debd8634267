//! Times of the story, counted back from the first start.

use opstap_core::Millis;

use super::story::TimeOfDay;

const MINUTE: u64 = 60_000;
/// An hour, in milliseconds.
pub const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

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
