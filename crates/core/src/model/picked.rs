//! Some of a few things, as one number in a cell.

use crate::model::{FromCell, ToCell};
use crate::value::Value;

/// Some of `OF` things, numbered from 0; never none of them. In a cell it is a sum: the first is 1, the second 2, the third 4, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picked<const OF: u8>(u32);

impl<const OF: u8> Picked<OF> {
    /// These; none where there is not one. Numbers out of range are passed over.
    #[must_use]
    pub fn of(things: impl IntoIterator<Item = usize>) -> Option<Self> {
        let sum = things.into_iter().filter(|thing| *thing < usize::from(OF)).fold(0, |sum, thing| sum | 1 << thing);
        Self::from_sum(sum)
    }

    fn from_sum(sum: u32) -> Option<Self> {
        (sum != 0 && sum >> OF == 0).then_some(Self(sum))
    }

    /// Whether a thing is one of them.
    #[must_use]
    pub const fn has(self, thing: usize) -> bool {
        thing < OF as usize && self.0 & (1 << thing) != 0
    }

    /// Their numbers, from the first on.
    pub fn each(self) -> impl Iterator<Item = usize> {
        (0..usize::from(OF)).filter(move |thing| self.has(*thing))
    }

    /// How many stand in both.
    #[must_use]
    pub const fn shared_with(self, other: Self) -> usize {
        (self.0 & other.0).count_ones() as usize
    }
}

impl<const OF: u8> FromCell for Picked<OF> {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(sum)) => u32::try_from(*sum).ok().and_then(Self::from_sum),
            _ => None,
        }
    }
}

impl<const OF: u8> ToCell for Picked<OF> {
    fn to_cell(&self) -> Value {
        Value::Int(i64::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_comes_back_from_its_cell_and_anything_else_is_refused() {
        let picked = Picked::<21>::of([0, 2, 20, 21]).unwrap();
        assert_eq!(picked.to_cell(), Value::Int(1 + 4 + (1 << 20)));
        assert_eq!(Picked::<21>::from_cell(Some(&picked.to_cell())), Some(picked));
        assert_eq!(picked.each().collect::<Vec<_>>(), [0, 2, 20]);
        for wrong in [Value::Int(0), Value::Int(1 << 21), Value::Int(-1), Value::Int(1 << 40), Value::Bool(true)] {
            assert_eq!(Picked::<21>::from_cell(Some(&wrong)), None, "{wrong:?}");
        }
        assert_eq!((Picked::<3>::of([]), Picked::<3>::of([7])), (None, None));
    }

    #[test]
    fn what_two_share_is_counted() {
        let (one, other) = (Picked::<21>::of([1, 4, 9]).unwrap(), Picked::<21>::of([4, 9, 10]).unwrap());
        assert_eq!(one.shared_with(other), 2);
    }
}
