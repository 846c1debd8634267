//! What an import would write, and how it is shown before it is.

use std::fmt;

use opstap_core::Change;

use super::{Fault, Spot};
use crate::exchange::plan::Becomes;

/// A row of the file, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Where it stands.
    pub spot: Spot,
    /// The client, as the file calls them.
    pub client: String,
    /// What becomes of it.
    pub becomes: Becomes,
    /// What it says.
    pub says: String,
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let becomes = match self.becomes {
            Becomes::New => "new",
            Becomes::Changed => "changed",
            Becomes::Same => "unchanged",
        };
        write!(f, "{}, {}, {becomes}: {}", self.spot, self.client, self.says)
    }
}

/// What an import would write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What becomes of each row, in the order of the file.
    pub rows: Vec<Planned>,
    /// What happens beside that, in sentences.
    pub notes: Vec<String>,
    /// What does not go beside what is there.
    pub faults: Vec<Fault>,
    /// What belongs together, with whose circle it is for, by place among the parties.
    pub acts: Vec<(usize, Vec<Change>)>,
}

impl Plan {
    /// How many rows become this.
    #[must_use]
    pub fn count(&self, becomes: Becomes) -> usize {
        self.rows.iter().filter(|row| row.becomes == becomes).count()
    }
}
