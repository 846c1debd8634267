//! What the server brings: verdicts, and per circle what the device lacks.

use crate::access::View;
use crate::edit::Epoch;
use crate::id::{CircleId, DeviceId, PersonId, RecordId, ServerId};
use crate::model::{CircleKind, Person};
use crate::protocol::{LoadPosition, Verdict};
use crate::record::Record;
use crate::stamp::Millis;
use crate::value::BlobHash;

/// What one circle brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The records above the cursor, in order of number.
    Changes {
        /// As they are now.
        records: Vec<Record>,
        /// Records the person may no longer see; the device drops them and all below.
        gone: Vec<RecordId>,
        /// The number up to which the device now has everything.
        to: u64,
        /// Whether there is more, to ask for at once.
        more: bool,
    },
    /// A page of the whole circle as the person may see it, most needed first, to lay beside what the device holds.
    Load {
        /// The page, in order of (need, id).
        records: Vec<Record>,
        /// Where the next page begins; `None` when the load is complete.
        next: Option<LoadPosition>,
        /// The number fixed at the start of the load: the cursor when it is complete.
        number: u64,
        /// How many records the whole load has, by the server's count, said with the last page.
        count: u64,
    },
}

/// One circle of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircleAnswer {
    /// The circle.
    pub circle: CircleId,
    /// What it is for.
    pub kind: CircleKind,
    /// What the person may see now. When it differs from the cursor's, a load follows and what is no longer allowed goes at once.
    pub view: View,
    /// What it brings.
    pub delivery: Delivery,
}

/// Whose device made stamps that occur in the answer: this is how a record's author is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceOwner {
    /// The device.
    pub device: DeviceId,
    /// Its person.
    pub person: PersonId,
}

/// A blob that records of a circle refer to and the server does not have: whoever has it sends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LackedBlob {
    /// The circle.
    pub circle: CircleId,
    /// The blob.
    pub hash: BlobHash,
}

/// One answer of the sync round trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The server.
    pub server: ServerId,
    /// The life of its data.
    pub epoch: Epoch,
    /// Its clock.
    pub time: Millis,
    /// Who the session's person is.
    pub person: Person,
    /// A verdict per edit of the request, by n.
    pub verdicts: Vec<(u64, Verdict)>,
    /// Every circle of the person that has something to bring, and every circle whose view changed.
    pub circles: Vec<CircleAnswer>,
    /// Circles the device named and the person may see nothing of (any more).
    pub left: Vec<CircleId>,
    /// Whose devices the stamps in this answer are.
    pub owners: Vec<DeviceOwner>,
    /// Blobs the server lacks.
    pub lacking: Vec<LackedBlob>,
}
