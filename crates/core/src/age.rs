//! How long things stay on a phone, in whole days and months of the calendar (UTC).

use crate::stamp::Millis;

/// Milliseconds in a day.
const DAY: u64 = 86_400_000;

/// A day, counted from 1970-01-01 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub u32);

/// A month, counted from January 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Month(pub u32);

impl Day {
    /// For how many days logs are on a phone; older ones come by the month when asked.
    pub const LOGS_STAY: u32 = 90;
    /// For how many days what was deleted can be put back.
    pub const DELETED_STAYS: u32 = 30;

    /// The day of a moment.
    #[must_use]
    pub fn of(moment: Millis) -> Self {
        Self(u32::try_from(moment.0 / DAY).unwrap_or(u32::MAX))
    }

    /// Its first moment.
    #[must_use]
    pub fn begins(self) -> Millis {
        Millis(u64::from(self.0) * DAY)
    }

    /// So many days earlier.
    #[must_use]
    pub const fn back(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// So many days later.
    #[must_use]
    pub const fn on(self, days: u32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same day so many months later, or the last day of that month where it is shorter.
    #[must_use]
    pub fn after_months(self, months: u32) -> Self {
        let month = self.month();
        let later = Month(month.0.saturating_add(months));
        let length = Month(later.0.saturating_add(1)).begins().0.saturating_sub(later.begins().0);
        let in_month = self.0.saturating_sub(month.begins().0).min(length.saturating_sub(1));
        later.begins().on(in_month)
    }

    /// The day written as YYYY-MM-DD; none for what is no such day, or one before 1970.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u32>().ok())?
        };
        let (year, of_year, day) = (number(4)?, number(2)?, number(2)?);
        let months = year.checked_sub(1_970)?.checked_mul(12)?;
        let month = (1..=12).contains(&of_year).then(|| Month(months + of_year - 1))?;
        let length = Month(month.0 + 1).begins().0 - month.begins().0;
        (1..=length).contains(&day).then(|| month.begins().on(day - 1))
    }

    /// The day written as YYYY-MM-DD.
    #[must_use]
    pub fn written(self) -> String {
        let month = self.month();
        format!("{:04}-{:02}-{:02}", month.year(), month.of_year(), self.0.saturating_sub(month.begins().0) + 1)
    }

    /// The month it is in. The days are counted in years that begin in March, so that a leap day is the last of its year.
    #[must_use]
    pub fn month(self) -> Month {
        const DAYS_IN_400_YEARS: u32 = 146_097;
        let days = self.0.saturating_add(719_468);
        let (era, day_of_era) = (days / DAYS_IN_400_YEARS, days % DAYS_IN_400_YEARS);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        // March is month 2 of a year that begins in January.
        let months = (era * 400 + year_of_era) * 12 + month_from_march + 2;
        Month(months.saturating_sub(1_970 * 12))
    }
}

impl Month {
    /// The year, such as 2026.
    #[must_use]
    pub const fn year(self) -> u32 {
        1_970 + self.0 / 12
    }

    /// The month of the year, from 1.
    #[must_use]
    pub const fn of_year(self) -> u32 {
        self.0 % 12 + 1
    }

    /// Its first day.
    #[must_use]
    pub fn begins(self) -> Day {
        let (year, from_march) = if self.of_year() > 2 {
            (self.year(), self.of_year() - 3)
        } else {
            (self.year().saturating_sub(1), self.of_year() + 9)
        };
        let day_of_year = (153 * from_march + 2) / 5;
        // In 64 bits: a month from elsewhere may be any number.
        let (year, day_of_year) = (u64::from(year), u64::from(day_of_year));
        let days = (year * 365 + year / 4 - year / 100 + year / 400 + day_of_year).saturating_sub(719_468);
        Day(u32::try_from(days).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_are_in_the_months_of_the_calendar() {
        for (day, year, month) in [
            (0, 1970, 1),
            (30, 1970, 1),
            (31, 1970, 2),
            (11_016, 2000, 2),
            (11_017, 2000, 3),
            (20_512, 2026, 2),
            (20_513, 2026, 3),
            (20_785, 2026, 11),
            (20_818, 2026, 12),
            (20_819, 2027, 1),
        ] {
            let found = Day(day).month();
            assert_eq!((found.year(), found.of_year()), (year, month), "day {day}");
        }
    }

    #[test]
    fn a_day_is_read_as_it_is_written_and_what_is_no_day_is_none() {
        for day in [0, 30, 59, 11_016, 20_785, 40_000] {
            assert_eq!(Day::parse(&Day(day).written()), Some(Day(day)));
        }
        assert_eq!(Day(20_785).written(), "2026-11-28");
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "1969-12-31",
            "2026-1-1",
            "28-11-2026",
            "2026-11-28 ",
            "+026-11-28",
            "",
        ] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_later_is_the_same_day_or_the_last_of_a_shorter_month() {
        let after = |day, months| Day::parse(day).map(|day| day.after_months(months).written());
        assert_eq!(after("2026-01-31", 1).as_deref(), Some("2026-02-28"));
        assert_eq!(after("2027-11-30", 3).as_deref(), Some("2028-02-29"));
        assert_eq!(after("2026-12-04", 12).as_deref(), Some("2027-12-04"));
    }

    #[test]
    fn at_the_end_of_time_days_and_months_stay_in_order() {
        for month in [Month(u32::MAX), Month(u32::MAX - 1), Month(u32::MAX / 2)] {
            assert!(month.begins() > Day(1_000_000) && month.begins().begins() > Millis(0), "{month:?}");
        }
        assert_eq!(Day(u32::MAX).month().begins().month(), Day(u32::MAX).month());
    }

    proptest! {
        #[test]
        fn a_month_holds_the_days_from_its_first_to_before_the_next(day in 0_u32..1_000_000) {
            let month = Day(day).month();
            prop_assert!(month.begins() <= Day(day));
            prop_assert!(Day(day) < Month(month.0 + 1).begins());
            let days = Month(month.0 + 1).begins().0 - month.begins().0;
            prop_assert!((28..=31).contains(&days));
        }

        #[test]
        fn a_moment_is_in_the_day_that_began_before_it(millis in 0_u64..100_000_000_000_000) {
            let day = Day::of(Millis(millis));
            prop_assert!(day.begins() <= Millis(millis) && Millis(millis) < Day(day.0 + 1).begins());
        }
    }
}
