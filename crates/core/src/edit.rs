//! An edit: what one person did in one go, in one circle.

use crate::id::{CircleId, DeviceId, PersonId, RecordId};
use crate::record::{Kind, PURGED};
use crate::stamp::Stamp;
use crate::value::{BlobRef, CellName, Value};

/// The name of an edit: it stays the same however often the edit is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditName {
    /// The device that made it.
    pub device: DeviceId,
    /// Rises with every edit of the device and is never used again.
    pub n: u64,
}

/// One life of a server's data: a restore from backup begins a new one, with a higher number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Epoch(pub u64);

/// What the author had seen of the circle when the edit was made: the last complete pull, or an earlier one when they had begun
/// before it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Seen {
    /// The epoch of that pull.
    pub epoch: Epoch,
    /// The circle's number up to which everything was seen.
    pub number: u64,
}

/// One thing an edit does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Makes a record, with all the cells its kind needs.
    Make {
        /// The new record's id.
        id: RecordId,
        /// What it is.
        kind: Kind,
        /// The record above it.
        parent: Option<RecordId>,
        /// Its cells.
        cells: Vec<(CellName, Value)>,
    },
    /// Sets cells of a record that exists.
    Set {
        /// The record.
        id: RecordId,
        /// The cells and their new values.
        cells: Vec<(CellName, Value)>,
    },
}

impl Change {
    /// The record the change is about.
    #[must_use]
    pub const fn record(&self) -> RecordId {
        match self {
            Self::Make { id, .. } | Self::Set { id, .. } => *id,
        }
    }

    /// The cells the change gives a value.
    #[must_use]
    pub fn cells(&self) -> &[(CellName, Value)] {
        match self {
            Self::Make { cells, .. } | Self::Set { cells, .. } => cells,
        }
    }

    /// Whether the change erases a record for good.
    #[must_use]
    pub fn erases(&self) -> bool {
        self.cells().iter().any(|(name, _)| name == PURGED)
    }
}

/// What one person did in one go. Its author is the person of the session that sends it, so it is not in here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its name.
    pub name: EditName,
    /// When it was made.
    pub stamp: Stamp,
    /// The circle it is about.
    pub circle: CircleId,
    /// What the author's device had seen of that circle.
    pub seen: Seen,
    /// Who sat next to the author, such as the client with whom a volunteer changed a plan.
    pub beside: Option<PersonId>,
    /// What it does, in order.
    pub changes: Vec<Change>,
}

impl Edit {
    /// Whether a device brings to a restored server what another device made: the stamp says which.
    #[must_use]
    pub fn is_brought(&self) -> bool {
        self.stamp.device != self.name.device
    }

    /// Whether it brings values that had lost a conflict. Such an edit says it had seen nothing, which nobody could have seen who holds
    /// records: the server keeps its values beside what is there and changes no cell.
    #[must_use]
    pub fn brings_what_lost(&self) -> bool {
        self.is_brought() && self.seen.number == 0
    }

    /// The blobs the edit refers to.
    pub fn blobs(&self) -> impl Iterator<Item = BlobRef> + '_ {
        self.changes.iter().flat_map(Change::cells).filter_map(|(_, value)| value.blob())
    }
}
