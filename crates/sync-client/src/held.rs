//! What a device holds besides records: who it is, where it is in each circle, and its own edits on their way.

use opstap_core::access::View;
use opstap_core::model::{CircleKind, Person};
use opstap_core::protocol::{LoadDigest, LoadPosition, Reason};
use opstap_core::{BlobRef, CircleId, Day, DeviceId, Edit, Epoch, Millis, Month, ServerId, Stamp};

/// Rises with every commit that names its subject, so that a plan made on an older state is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Revision(pub u64);

/// Something stored, with the revision it had when read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versioned<T> {
    /// What was stored.
    pub value: T,
    /// Its revision.
    pub revision: Revision,
}

/// Whose store this is and how it stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldDevice {
    /// The id the store was paired with. It names the session and never changes.
    pub store: DeviceId,
    /// The id under which edits are made; a cloned phone takes a new one.
    pub device: DeviceId,
    /// The one person the store belongs to.
    pub person: Person,
    /// The n of the next edit. Never used again, not even under a new device id.
    pub next_n: u64,
    /// The server, once it answered.
    pub server: Option<ServerId>,
    /// The life of the server's data in which the cursors were given.
    pub epoch: Option<Epoch>,
    /// What to add to the device's clock, in milliseconds, to have the server's.
    pub clock_offset: i64,
    /// When the server last answered, by its own clock.
    pub in_touch: Millis,
    /// For how many days members' copies may be used without word from the server; 0 for ever.
    pub lease: u32,
}

/// A load that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// The view under which it is loaded.
    pub view: View,
    /// How far it has come.
    pub position: LoadPosition,
    /// The generation in which its pages are laid, beside the one that is shown.
    pub generation: u32,
    /// How many records it has brought.
    pub received: u64,
    /// Which: their digest.
    pub digest: LoadDigest,
}

/// Where a device is in one circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldCircle {
    /// The circle.
    pub circle: CircleId,
    /// What it is for.
    pub kind: CircleKind,
    /// The view under which the shown records are held.
    pub view: View,
    /// The number up to which everything is held.
    pub number: u64,
    /// The generation that screens see.
    pub generation: u32,
    /// A load under way.
    pub load: Option<Load>,
    /// Whether the circle was ever held as a whole. Until then what is there is shown as it comes, most needed first.
    pub complete: bool,
    /// The highest stamp met in the circle.
    pub highest: Option<Stamp>,
    /// The day from which on the logs are held; what is older is held as figures.
    pub since: Day,
    /// Old logs that were asked for, if there are any, to be let go of after a while.
    pub asked: Option<AskedLogs>,
}

/// Old logs that a person asked for and that are held for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedLogs {
    /// The first month of which they are here.
    pub from: Month,
    /// The day on which they were asked for last.
    pub on: Day,
}

impl AskedLogs {
    /// For how many days they are held.
    pub const KEPT: u32 = 7;
}

/// How far an edit of the device's own has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingState {
    /// It has not been sent, or no verdict came.
    Waiting,
    /// It counts, with this number, but the records that hold it have not all come yet: it stays on the screen until they have.
    Accepted {
        /// The number in its circle.
        number: u64,
        /// The stamp under which it counts: its own, or the server's when its own was too far ahead.
        stamp: Stamp,
        /// When the verdict came, by the corrected clock.
        at: Millis,
    },
}

/// An edit of the device's own that is laid over the confirmed records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The edit as it was made: what is sent once more must be the same.
    pub edit: Edit,
    /// How far it has come.
    pub state: PendingState,
}

/// An edit that counts and whose records have come: kept 35 days, for a restore of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentEdit {
    /// The edit.
    pub edit: Edit,
    /// When the verdict came, by the corrected clock.
    pub at: Millis,
}

impl SentEdit {
    /// How long a sent edit is kept, in milliseconds: 35 days.
    pub const KEPT: u64 = 35 * 86_400_000;
}

/// An edit that does not count, in the tray: to read, export or send again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEdit {
    /// The edit.
    pub edit: Edit,
    /// Why.
    pub reason: Reason,
    /// When the verdict came, by the corrected clock.
    pub at: Millis,
}

/// What the records of a circle come to for whoever follows it, kept so that nobody reads them all for a list of circles. Only a cache: it
/// goes in the commit in which anything of the circle changes, and is made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSummary {
    /// The circle.
    pub circle: CircleId,
    /// The revision of the circle that it was made of.
    pub revision: Revision,
    /// How many pending edits the circle had then.
    pub pending: u32,
    /// What it says; the store does not look into it.
    pub bytes: Vec<u8>,
}

/// Where a blob is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlobState {
    /// A record refers to it; the bytes are not here yet.
    Wanted,
    /// Here, and the server has not said it has it.
    ToSend,
    /// Here and on the server.
    Here,
}

/// A blob the device knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HeldBlob {
    /// Its circle.
    pub circle: CircleId,
    /// What it is.
    pub blob: BlobRef,
    /// Where it is.
    pub state: BlobState,
}
