//! Measurements: an instrument filled in on a day by a person. An aid to see and to talk by; nothing here is added up.

use crate::age::Day;
use crate::id::RecordId;
use crate::instrument::Level;
use crate::model::{FromCell, ToCell, model};
use crate::value::Value;

model! {
    /// What in the life of a client an instrument has a rule for. One for a circle: of two that were made apart the lower id counts.
    Circumstances {
        /// Somebody else was appointed to look after the client's money (bewind).
        financial_guardianship: Option<bool>,
    }
}

model! {
    /// An instrument was filled in. A correction names what it replaces.
    Measurement {
        /// Which version of which instrument, as in its file: `zrm.1`.
        instrument: String,
        /// On which day.
        on: Day,
        /// Whether it was filled in together with the client.
        together: Option<bool>,
        /// Who measured, where that is not who wrote it down.
        by: Option<String>,
        /// A word about it.
        word: Option<String>,
        /// The measurement that this corrects.
        replaces: Option<RecordId>,
        /// The name of the import that wrote it.
        import: Option<String>,
    }
}

model! {
    /// The answer for one domain of an instrument: a level or stage, yes or no, or words, as the instrument has it.
    DomainAnswer {
        /// The code of the domain.
        domain: String,
        /// The level or stage, from 1.
        level: Option<Level>,
        /// Yes or no.
        yes: Option<bool>,
        /// In words, or a word beside the level.
        word: Option<String>,
    }
}

impl FromCell for Level {
    const NEEDED: bool = true;

    fn from_cell(value: Option<&Value>) -> Option<Self> {
        match value {
            Some(Value::Int(number)) => Self::new(u8::try_from(*number).ok()?),
            _ => None,
        }
    }
}

impl ToCell for Level {
    fn to_cell(&self) -> Value {
        Value::Int(i64::from(self.number()))
    }
}
