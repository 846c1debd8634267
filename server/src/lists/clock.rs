//! Moments as the clock in the Netherlands has them, which is where clients live: a list is read by people, beside a diary.

use opstap_core::age::Month;
use opstap_core::{Day, Millis};

const HOUR: u64 = 3_600_000;
const MINUTE: u64 = 60_000;

/// A moment by that clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// The day.
    pub day: Day,
    /// Minutes since it began.
    pub minutes: u32,
    /// By how many hours the clock is ahead of UTC.
    pub ahead: u64,
}

impl Local {
    /// The clock at a moment.
    #[must_use]
    pub fn of(at: Millis) -> Self {
        let ahead = if is_summer(at) { 2 } else { 1 };
        let shown = at.plus(ahead * HOUR);
        let day = Day::of(shown);
        let minutes = u32::try_from(shown.0.saturating_sub(day.begins().0) / MINUTE).unwrap_or(0);
        Self { day, minutes, ahead }
    }

    /// The moment written by ISO 8601, with how far the clock is ahead.
    #[must_use]
    pub fn written(self) -> String {
        let Self { day, minutes, ahead } = self;
        format!("{}T{:02}:{:02}+{ahead:02}:00", day.written(), minutes / 60, minutes % 60)
    }
}

/// Whether it is summer time: from the last Sunday of March, 01:00 UTC, until that of October.
fn is_summer(at: Millis) -> bool {
    let january = Day::of(at).month();
    let january = january.0.saturating_sub(january.of_year().saturating_sub(1));
    let changes = |month: u32| last_sunday(Month(january.saturating_add(month))).begins().plus(HOUR);
    (changes(2)..changes(9)).contains(&at)
}

/// The last Sunday of a month. 1970 began on a Thursday.
fn last_sunday(month: Month) -> Day {
    let last = Month(month.0.saturating_add(1)).begins().back(1);
    last.back(last.0.saturating_add(4) % 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(day: &str, hours: u64, minutes: u64) -> String {
        Local::of(Day::parse(day).unwrap().begins().plus(hours * HOUR + minutes * MINUTE)).written()
    }

    #[test]
    fn the_clock_is_ahead_by_an_hour_in_winter_and_by_two_in_summer() {
        assert_eq!(told("2026-11-30", 13, 5), "2026-11-30T14:05+01:00");
        assert_eq!(told("2026-07-01", 23, 30), "2026-07-02T01:30+02:00");
    }

    #[test]
    fn it_is_put_forward_and_back_on_the_last_sundays_of_march_and_october() {
        for (day, hours, minutes, expected) in [
            ("2026-03-29", 0, 59, "2026-03-29T01:59+01:00"),
            ("2026-03-29", 1, 0, "2026-03-29T03:00+02:00"),
            ("2026-10-25", 0, 59, "2026-10-25T02:59+02:00"),
            ("2026-10-25", 1, 0, "2026-10-25T02:00+01:00"),
            ("2027-03-28", 1, 0, "2027-03-28T03:00+02:00"),
        ] {
            assert_eq!(told(day, hours, minutes), expected);
        }
    }

    #[test]
    fn a_moment_further_than_any_calendar_is_written_too() {
        assert!(!Local::of(Millis(u64::MAX)).written().is_empty() && !Local::of(Millis(0)).written().is_empty());
    }
}
