//! The ways out of a step that does not go, as a supporter sets them.

use crate::model::{FromCell, ToCell};
use crate::value::Value;

/// One way out of a step that does not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Exit {
    /// The same step once more.
    OnceMore = 1,
    /// The step's other way.
    OtherWay = 2,
    /// One of the step's choices.
    Choose = 4,
    /// Asking a person.
    AskHelp = 8,
    /// On to the next step; this one stays not done.
    PassOver = 16,
}

impl Exit {
    /// Every way out, in the order in which they stand on the screen.
    pub const ALL: [Self; 5] = [Self::OnceMore, Self::OtherWay, Self::Choose, Self::AskHelp, Self::PassOver];
}

/// Some ways out; never none of them. In a cell it is a sum: once more 1, another way 2, choose 4, ask help 8, pass over 16.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exits(u8);

/// All ways out.
const ALL: u8 = 0b1_1111;

impl Exits {
    /// What a step has where nobody set anything: all but its choices, which then stand on the step itself.
    pub const USUAL: Self = Self(ALL & !(Exit::Choose as u8));

    /// These ways out; none where there is not one.
    #[must_use]
    pub fn of(exits: impl IntoIterator<Item = Exit>) -> Option<Self> {
        let sum = exits.into_iter().fold(0, |sum, exit| sum | exit as u8);
        (sum != 0).then_some(Self(sum))
    }

    /// Whether this is one of them.
    #[must_use]
    pub const fn has(self, exit: Exit) -> bool {
        self.0 & exit as u8 != 0
    }
}

impl FromCell for Exits {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(sum)) => u8::try_from(*sum).ok().filter(|sum| (1..=ALL).contains(sum)).map(Self),
            _ => None,
        }
    }
}

impl ToCell for Exits {
    fn to_cell(&self) -> Value {
        Value::Int(i64::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_out_stand_in_a_cell_as_their_sum_and_never_as_none() {
        let exits = Exits::of([Exit::OnceMore, Exit::AskHelp]).unwrap();
        assert_eq!(exits.to_cell(), Value::Int(9));
        assert_eq!(Exits::from_cell(Some(&Value::Int(9))), Some(exits));
        assert!(exits.has(Exit::AskHelp) && !exits.has(Exit::Choose));
        for sum in [0, 32, -1, 256] {
            assert_eq!(Exits::from_cell(Some(&Value::Int(sum))), None);
        }
        assert_eq!(Exits::of([]), None);
        assert!(Exit::ALL.iter().all(|exit| Exits::USUAL.has(*exit) == (*exit != Exit::Choose)));
    }
}
