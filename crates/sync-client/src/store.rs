//! The store of a device, as a contract that memory and IndexedDB both keep; `conformance` is its proof.

use opstap_core::access::View;
use opstap_core::protocol::{DeviceOwner, Figures, LetGo};
use opstap_core::{BlobHash, BlobRef, CircleId, Day, Kind, Millis, Record, RecordId};

use crate::held::{
    BlobState, HeldBlob, HeldCircle, HeldDevice, HeldSummary, Pending, RefusedEdit, Revision, SentEdit, Versioned,
};

/// A failure of the store itself, by what can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The device has no room left.
    #[error("the device has no room left")]
    Full,
    /// The connection to the store is gone; a new one may work.
    #[error("the store cannot be reached")]
    Gone,
    /// Something in the store cannot be read.
    #[error("something in the store cannot be read")]
    Corrupt,
    /// The store is no longer there: the browser, or another tab, threw it away. That says nothing about what was in it.
    #[error("the store was thrown away")]
    Lost,
    /// A newer version of the app has taken the store over: this one is to be started again.
    #[error("a newer version of the app has the store")]
    Newer,
    /// An older version of the app has the store open in another window, and does not give way.
    #[error("an older version of the app holds the store")]
    Held,
}

/// Which records of a circle to load. Never all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Those of a kind.
    Kind(Kind),
    /// Those right below a record.
    Below(RecordId),
    /// One.
    One(RecordId),
}

/// What a load brings, all of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The circle, if the device holds it, with its revision (0 if it does not).
    pub circle: Option<HeldCircle>,
    /// The revision of the circle.
    pub revision: Revision,
    /// The confirmed records of the shown generation, each once, in no particular order.
    pub records: Vec<Record>,
    /// The own edits of this circle that are laid over them, in order of n.
    pub pending: Vec<Pending>,
    /// The edits of this circle in the tray, in order of n.
    pub refused: Vec<RefusedEdit>,
}

/// One step of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Sets whose store this is.
    PutDevice(HeldDevice),
    /// Sets where the device is in a circle.
    PutCircle(HeldCircle),
    /// Lets go of a circle: its records of every generation, its state, its figures, its sent edits, and its blobs that need not be sent.
    /// Pending and refused edits stay: they are the person's own.
    PurgeCircle(CircleId),
    /// Writes a confirmed record over what it was.
    PutRecord {
        /// The circle.
        circle: CircleId,
        /// The generation.
        generation: u32,
        /// The record.
        record: Record,
    },
    /// Drops a record and all below it.
    DropBelow {
        /// The circle.
        circle: CircleId,
        /// The generation.
        generation: u32,
        /// The record.
        id: RecordId,
    },
    /// Drops the records of the sections that a view does not cover.
    DropOutside {
        /// The circle.
        circle: CircleId,
        /// The generation.
        generation: u32,
        /// What may be seen.
        view: View,
    },
    /// Drops the logs made before a day, with all below them, and what was deleted before another day.
    DropOld {
        /// The circle.
        circle: CircleId,
        /// The generation.
        generation: u32,
        /// From this day on logs stay.
        logs: Day,
        /// What was deleted from this day on stays.
        deleted: Day,
    },
    /// Drops every record of a generation.
    DropGeneration {
        /// The circle.
        circle: CircleId,
        /// The generation.
        generation: u32,
    },
    /// Keeps an own edit, over one with the same n.
    PutPending(Pending),
    /// Forgets a pending edit.
    DropPending {
        /// Its n.
        n: u64,
    },
    /// Keeps a sent edit.
    PutSent(SentEdit),
    /// Forgets a sent edit.
    DropSent {
        /// Its n.
        n: u64,
    },
    /// Forgets the sent edits whose verdict came before this moment.
    DropSentBefore(Millis),
    /// Lays an edit in the tray.
    PutRefused(RefusedEdit),
    /// Takes an edit out of the tray.
    DropRefused {
        /// Its n.
        n: u64,
    },
    /// Forgets the sent edits and those in the tray that are about any of these records, or make something right below one.
    DropEditsOn {
        /// The circle.
        circle: CircleId,
        /// The records.
        records: Vec<RecordId>,
    },
    /// Notes that something was let go of, to be told to the server.
    PutLetGo(LetGo),
    /// Forgets that note: the server knows.
    DropLetGo(LetGo),
    /// Keeps the figures of a circle over what it was; they go with the circle.
    PutFigures {
        /// The circle.
        circle: CircleId,
        /// The figures.
        figures: Figures,
    },
    /// Keeps the summary of a circle over what it was. It goes with the circle, and with every op that [voids](Op::voids) it.
    PutSummary(HeldSummary),
    /// Remembers whose a device is.
    PutOwner(DeviceOwner),
    /// Keeps a blob with its bytes.
    PutBlob {
        /// The blob.
        blob: HeldBlob,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// Notes that a record refers to a blob; nothing changes if the blob is known.
    WantBlob {
        /// The circle.
        circle: CircleId,
        /// The blob.
        blob: BlobRef,
    },
    /// Changes where a blob is, if its bytes are here; otherwise nothing changes.
    MarkBlob {
        /// The circle.
        circle: CircleId,
        /// The blob.
        hash: BlobHash,
        /// Where it is now: never `Wanted`.
        state: BlobState,
    },
    /// Forgets a blob and its bytes.
    DropBlob {
        /// The circle.
        circle: CircleId,
        /// The blob.
        hash: BlobHash,
    },
}

/// Of which circle an op makes the summary void.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voids {
    /// Of none: what it changes is in no summary.
    None,
    /// Of this one.
    Of(CircleId),
    /// Of that of the pending edit with this n, if there is one.
    OfPending(u64),
    /// Of that of the edit in the tray with this n, if there is one.
    OfRefused(u64),
}

impl Op {
    /// Of which circle it makes the summary void. Asked in one place for every store, and of every op, so that nothing stays behind of what
    /// may no longer be seen.
    #[must_use]
    pub const fn voids(&self) -> Voids {
        match self {
            Self::PutCircle(held) => Voids::Of(held.circle),
            Self::PurgeCircle(circle)
            | Self::PutRecord { circle, .. }
            | Self::DropBelow { circle, .. }
            | Self::DropOutside { circle, .. }
            | Self::DropOld { circle, .. }
            | Self::DropGeneration { circle, .. }
            | Self::DropEditsOn { circle, .. }
            | Self::PutFigures { circle, .. } => Voids::Of(*circle),
            Self::PutPending(pending) => Voids::Of(pending.edit.circle),
            Self::PutRefused(refused) => Voids::Of(refused.edit.circle),
            Self::DropPending { n } => Voids::OfPending(*n),
            Self::DropRefused { n } => Voids::OfRefused(*n),
            // Blobs are in no summary, nor are edits that count: those are in the records.
            Self::PutDevice(_)
            | Self::PutSent(_)
            | Self::DropSent { .. }
            | Self::DropSentBefore(_)
            | Self::PutLetGo(_)
            | Self::DropLetGo(_)
            | Self::PutSummary(_)
            | Self::PutOwner(_)
            | Self::PutBlob { .. }
            | Self::WantBlob { .. }
            | Self::MarkBlob { .. }
            | Self::DropBlob { .. } => Voids::None,
        }
    }
}

/// The state a batch was planned on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// The revision of the device, where the batch touches it.
    pub device: Option<Revision>,
    /// The revision of each circle the batch touches; 0 for one that is not held.
    pub circles: Vec<(CircleId, Revision)>,
}

/// Changes that are made together or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The state they were planned on.
    pub expected: Expected,
    /// The changes, in order.
    pub ops: Vec<Op>,
}

/// What came of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum CommitOutcome {
    /// All of it is on disk.
    Committed,
    /// Something it was planned on has moved meanwhile; nothing was done. It is to be planned again.
    Moved,
}

/// The store of one person on one device.
///
/// The contract. [`commit`](Self::commit) is atomic and durable: when it answers `Committed` everything is on disk and every
/// later read sees it, after a crash too; when it answers `Moved` or an error nothing has changed. It first compares every
/// revision in [`Batch::expected`] with the stored one, and afterwards each of these has risen by one; a commit changes no
/// revision it does not name. A circle that is not held has revision 0, and begins again at 0 after a purge. Ops take effect
/// in order, and a later op sees the earlier ones. A summary is kept only while the circle is held and has the revision and the number of
/// pending edits that it was made of, else the commit answers `Moved` too; keeping one changes no revision. Each read is of one moment. Confirmed records live by (circle, generation,
/// id), and a read of records sees only the generation in the circle's [`HeldCircle::generation`]; of a circle that is not held
/// there are none. Pending, sent and refused edits live by n, apart from the records: nothing done to records touches them.
/// Several tabs may use the same store at once. Dropping a future may leave its commit done or not done, never half.
pub trait LocalStore {
    /// Whose store this is; `None` in a store that was never begun, or was lost.
    async fn device(&self) -> Result<Option<Versioned<HeldDevice>>, StoreError>;

    /// Every circle held.
    async fn circles(&self) -> Result<Vec<Versioned<HeldCircle>>, StoreError>;

    /// Records of a circle, with the own edits that are laid over them.
    async fn load(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Loaded, StoreError>;

    /// Every pending edit, in order of n.
    async fn pending(&self) -> Result<Vec<Pending>, StoreError>;

    /// Every sent edit that is still kept, in order of n.
    async fn sent(&self) -> Result<Vec<SentEdit>, StoreError>;

    /// The tray, in order of n.
    async fn refused(&self) -> Result<Vec<RefusedEdit>, StoreError>;

    /// What was let go of and not told yet, in order of (circle, view, at).
    async fn let_go(&self) -> Result<Vec<LetGo>, StoreError>;

    /// The figures of a circle, if it has some.
    async fn figures(&self, circle: CircleId) -> Result<Option<Figures>, StoreError>;

    /// The summaries of all circles that have one, in one read and in no particular order. One that cannot be read is none.
    async fn summaries(&self) -> Result<Vec<HeldSummary>, StoreError>;

    /// Whose the devices are that made the stamps in the records.
    async fn owners(&self) -> Result<Vec<DeviceOwner>, StoreError>;

    /// Every blob in this state, without its bytes.
    async fn blobs(&self, state: BlobState) -> Result<Vec<HeldBlob>, StoreError>;

    /// A blob's bytes, if they are here.
    async fn blob(&self, circle: CircleId, hash: BlobHash) -> Result<Option<(HeldBlob, Vec<u8>)>, StoreError>;

    /// Makes all changes of the batch, or none.
    async fn commit(&self, batch: &Batch) -> Result<CommitOutcome, StoreError>;
}
