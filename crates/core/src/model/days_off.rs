//! Days on which plans rest, such as a holiday.

use crate::age::Day;
use crate::model::{FromCell, ToCell, model};
use crate::value::Value;

model! {
    /// From one day up to and with another the plans rest; one that goes on anyway says so itself. Days are of the calendar where the
    /// client is.
    DaysOff {
        /// The first day.
        from: Day,
        /// The last day.
        until: Day,
        /// What it is called: "Vakantie".
        word: Option<String>,
    }
}

impl DaysOff {
    /// Whether plans rest on this day.
    #[must_use]
    pub fn has(&self, day: Day) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

impl FromCell for Day {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        u32::from_cell(value).map(Self)
    }
}

impl ToCell for Day {
    fn to_cell(&self) -> Value {
        self.0.to_cell()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_the_first_and_the_last_day_are_off() {
        let off = DaysOff { from: Day(10), until: Day(12), word: None };
        let days: Vec<_> = (9..=13).filter(|day| off.has(Day(*day))).collect();
        assert_eq!(days, [10, 11, 12]);
    }
}
