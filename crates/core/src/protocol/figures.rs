//! Figures over logs that are too old to be on a device: the server makes them, the device keeps them in the place of the logs.

use crate::age::{Day, Month};
use crate::id::RecordId;

/// In the place of a record, in figures that are about none.
pub const NO_RECORD: RecordId = RecordId([0; 16]);

/// What a figure counts. The codes are the wire's and the stores', and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Runs of a plan that began.
    Runs,
    /// Runs of a plan that were done to the end.
    RunsDone,
    /// Steps of a plan that were done.
    StepsDone,
    /// Steps of a plan at which somebody was asked for help.
    HelpAsked,
    /// Steps of a plan that could not be managed.
    NotManaged,
    /// Practices of a route.
    Practices,
    /// Minutes of practices of a route.
    Minutes,
    /// Answers that a goal went by oneself.
    GoalSelf,
    /// Answers that a goal took a hint.
    GoalHint,
    /// Answers that a goal had to be told.
    GoalTold,
    /// Answers that a goal was shown.
    GoalShown,
    /// Answers that a goal was done together.
    GoalTogether,
    /// Messages. They are about no record: `of` is [`NO_RECORD`].
    Messages,
    /// What was put in the book, about no record either.
    BookEntries,
    /// How often the client arrived by themselves, by route.
    Arrivals,
    /// Something a newer version counts: kept, not understood.
    Unknown(u16),
}

const KNOWN: [(What, u16); 15] = [
    (What::Runs, 1),
    (What::RunsDone, 2),
    (What::StepsDone, 3),
    (What::HelpAsked, 4),
    (What::NotManaged, 5),
    (What::Practices, 10),
    (What::Minutes, 11),
    (What::GoalSelf, 20),
    (What::GoalHint, 21),
    (What::GoalTold, 22),
    (What::GoalShown, 23),
    (What::GoalTogether, 24),
    (What::Messages, 30),
    (What::BookEntries, 31),
    (What::Arrivals, 32),
];

impl What {
    /// Everything this version counts.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(|(what, _)| *what)
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Unknown(code) => code,
            known => KNOWN.iter().find(|(what, _)| *what == known).map_or(0, |(_, code)| *code),
        }
    }

    /// What this code counts.
    #[must_use]
    pub fn from_code(code: u16) -> Self {
        KNOWN.iter().find(|(_, known)| *known == code).map_or(Self::Unknown(code), |(what, _)| *what)
    }
}

/// How often something was so in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The month.
    pub month: Month,
    /// The plan, route or goal it is about, or [`NO_RECORD`].
    pub of: RecordId,
    /// What is counted.
    pub what: What,
    /// How often.
    pub count: u64,
}

/// What the logs of a circle from before a day come to, as far as the person may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Logs made before this day are counted here and leave the device.
    pub before: Day,
    /// The figures, in order of (month, record, what).
    pub rows: Vec<Figure>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_counted_is_found_by_its_code() {
        for what in What::all() {
            assert_eq!(What::from_code(what.code()), what);
        }
        assert_eq!(What::from_code(999), What::Unknown(999));
    }
}
