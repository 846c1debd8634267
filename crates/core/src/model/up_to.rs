//! Small numbers with a range of their own.

use crate::model::{FromCell, ToCell};
use crate::value::Value;

/// A whole number from 1 up to `MOST`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpTo<const MOST: u8>(u8);

impl<const MOST: u8> UpTo<MOST> {
    /// The number; none where it is out of range.
    #[must_use]
    pub fn of(number: i64) -> Option<Self> {
        u8::try_from(number).ok().filter(|number| (1..=MOST).contains(number)).map(Self)
    }

    /// The number as a count.
    #[must_use]
    pub const fn count(self) -> usize {
        self.0 as usize
    }
}

impl<const MOST: u8> FromCell for UpTo<MOST> {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(number)) => Self::of(*number),
            _ => None,
        }
    }
}

impl<const MOST: u8> ToCell for UpTo<MOST> {
    fn to_cell(&self) -> Value {
        Value::Int(i64::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::check_set;
    use crate::record::Kind;

    #[test]
    fn a_number_comes_back_from_its_cell_and_one_out_of_range_is_none() {
        let five = UpTo::<5>::of(5).unwrap();
        assert_eq!(five.to_cell(), Value::Int(5));
        assert_eq!(UpTo::<5>::from_cell(Some(&five.to_cell())), Some(five));
        for wrong in [Value::Int(0), Value::Int(6), Value::Int(-1), Value::Int(257), Value::Bool(true)] {
            assert_eq!(UpTo::<5>::from_cell(Some(&wrong)), None, "{wrong:?}");
        }
    }

    #[test]
    fn how_often_in_a_row_and_how_many_pictures_keep_to_what_the_protocol_says() {
        for (kind, cell, most) in
            [(Kind::Plan, "mastery", 20), (Kind::Goal, "mastery", 10), (Kind::Preferences, "pictures", 5)]
        {
            let fits = |number| check_set(kind, &[(cell.into(), Value::Int(number))]).is_ok();
            let taken: Vec<_> = (-2..300).filter(|number| fits(*number)).collect();
            assert_eq!(taken, (1..=most).collect::<Vec<_>>(), "{cell}");
        }
    }
}
