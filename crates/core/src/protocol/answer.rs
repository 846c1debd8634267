//! What the server brings: verdicts, and per circle what the device lacks.

use crate::access::View;
use crate::age::Month;
use crate::edit::Epoch;
use crate::id::{CircleId, DeviceId, PersonId, RecordId, ServerId};
use crate::model::{CircleKind, Person};
use crate::protocol::{Figures, LoadDigest, LoadPosition, Verdict};
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
        /// The digest of the whole load, said with the last page.
        digest: LoadDigest,
        /// In the first page after a restore: the number up to which the restored server has what the life before gave, as far as it
        /// knows. What a device holds above it, it offers.
        restored: u64,
    },
    /// Old logs that were asked for.
    Month {
        /// The logs, in order of (need, id), with all that stands below them.
        records: Vec<Record>,
        /// The month.
        month: Month,
        /// After which record to ask on; `None` when this is all.
        next: Option<(u8, RecordId)>,
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
    /// Figures that take the place of logs that are too old to stay; they replace all figures the device has of this circle.
    pub figures: Option<Figures>,
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
    /// For how many days a member's copy may be used without word from the server; the client's own is not bound to it. 0: for ever.
    pub lease: u32,
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
