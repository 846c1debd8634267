//! Days of the week, as a plan is to be done on some of them.

use crate::model::{FromCell, ToCell};
use crate::value::Value;

/// Some days of the week; never none of them. In a cell it is a sum: Monday 1, Tuesday 2, Wednesday 4, up to Sunday 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days(u8);

/// Every day.
const ALL: u8 = 0b111_1111;

impl Days {
    /// Days, from Monday (0) to Sunday (6); none where that is no day at all or every day, which need not be said.
    #[must_use]
    pub fn of(days: impl IntoIterator<Item = usize>) -> Option<Self> {
        let sum = days.into_iter().filter(|day| *day < 7).fold(0, |sum, day| sum | 1 << day);
        (sum != 0 && sum != ALL).then_some(Self(sum))
    }

    /// Days from their sum as it stands in a cell; none for no day or every day.
    #[must_use]
    pub const fn from_sum(sum: u8) -> Option<Self> {
        if matches!(sum & ALL, 0 | ALL) { None } else { Some(Self(sum & ALL)) }
    }

    /// The sum of days; that of every day where nothing is said.
    #[must_use]
    pub const fn sum(days: Option<Self>) -> u8 {
        match days {
            Some(days) => days.0,
            None => ALL,
        }
    }

    /// Whether a day is one of them, from Monday (0) to Sunday (6).
    #[must_use]
    pub const fn has(self, day: usize) -> bool {
        day < 7 && self.0 & (1 << day) != 0
    }

    /// The days, from Monday (0) on.
    pub fn each(self) -> impl Iterator<Item = usize> {
        (0..7).filter(move |day| self.has(*day))
    }
}

impl FromCell for Days {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(sum)) => u8::try_from(*sum).ok().filter(|sum| (1..=ALL).contains(sum)).map(Self),
            _ => None,
        }
    }
}

impl ToCell for Days {
    fn to_cell(&self) -> Value {
        Value::Int(i64::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back_from_their_cell_and_anything_else_is_refused() {
        let days = Days::of([0, 2, 6]).unwrap();
        assert_eq!(days.to_cell(), Value::Int(1 + 4 + 64));
        assert_eq!(Days::from_cell(Some(&days.to_cell())), Some(days));
        assert_eq!(days.each().collect::<Vec<_>>(), [0, 2, 6]);
        for wrong in [Value::Int(0), Value::Int(128), Value::Int(-1), Value::Bool(true), Value::Nothing] {
            assert_eq!(Days::from_cell(Some(&wrong)), None, "{wrong:?}");
        }
    }

    #[test]
    fn no_day_and_every_day_are_not_said() {
        assert_eq!((Days::of([]), Days::of(0..7), Days::of([9])), (None, None, None));
        assert!(!Days::of([1]).unwrap().has(8));
    }
}
