//! Weeks from Monday to Sunday, as ISO 8601 counts them, and the whole ones of a period: guidance is granted by the week.

use std::ops::Range;

use opstap_core::{Day, Month};

/// A week, counted from the one that 1970-01-01 is in. Its Thursday says to which year it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week(pub u32);

impl Week {
    /// The week of a day. Days are counted from a Thursday.
    #[must_use]
    pub const fn of(day: Day) -> Self {
        Self(day.0.saturating_add(3) / 7)
    }

    /// Its first day. Of the very first week that would be before 1970: it is the first day there is.
    #[must_use]
    pub const fn monday(self) -> Day {
        Day(self.0.saturating_mul(7).saturating_sub(3))
    }

    /// Its last day.
    #[must_use]
    pub const fn sunday(self) -> Day {
        Day(self.0.saturating_mul(7).saturating_add(3))
    }

    /// Its year and its number in that year, from 1 to 53.
    #[must_use]
    pub fn number(self) -> (u32, u32) {
        let thursday = Day(self.0.saturating_mul(7));
        let year = thursday.month().year();
        let new_year = Month((year - Month(0).year()) * 12).begins();
        (year, thursday.0.saturating_sub(new_year.0) / 7 + 1)
    }

    /// The week written as ISO 8601 does, such as 2020-W13.
    #[must_use]
    pub fn written(self) -> String {
        let (year, number) = self.number();
        format!("{year:04}-W{number:02}")
    }
}

/// The days from one to another, both included; none when the first is the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl Period {
    /// Whether a day is in it.
    #[must_use]
    pub fn has(self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The weeks of which every day is in it, by their count.
    pub(super) const fn whole_weeks(self) -> Range<u32> {
        self.from.0.saturating_add(9) / 7..self.to.0.saturating_add(4) / 7
    }
}

#[cfg(test)]
#[path = "week_tests.rs"]
mod tests;
