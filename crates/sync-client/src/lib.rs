//! The engine of a device: keeps what people do before anything is sent, and brings device and server to the same records.
//!
//! No I/O of its own: a [`LocalStore`] keeps, a [`Transport`] carries, a [`Platform`] gives time, randomness and hashes.
//! Everything runs on one thread, natively and in a browser.

#![expect(async_fn_in_trait, reason = "the ports are used on one thread, so their futures need not be Send")]

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod engine;
mod held;
pub mod memory;
mod old;
mod online;
mod pace;
mod plan;
mod platform;
mod store;
pub mod stored;
mod transport;

pub use engine::{
    BlobOutcome, CircleInfo, Counts, Engine, Entry, Listener, Moved, MovedBy, NotKept, NotOpened, Outcome, Pick, Query,
    Ready, RecordState, Synced, ToSumUp, Typed, begin, begin_again,
};
pub use held::{
    AskedLogs, BlobState, HeldBlob, HeldCircle, HeldDevice, HeldSummary, Load, Pending, PendingState, RefusedEdit,
    Revision, SentEdit, Versioned,
};
pub use memory::is_on;
pub use old::too_old;
pub use online::{Delivery, Invitation, LetGoTold, MailAddress, Online, Ruled, SetApart, WaitsIn};
pub use pace::Pace;
pub use plan::{CameOfMonth, Holding, Moment, NotThisStore, Planned, plan};
pub use platform::Platform;
pub use store::{Batch, CommitOutcome, Expected, Loaded, LocalStore, Op, StoreError, Voids, Wanted};
pub use transport::{Fetched, Transport, TransportError};
