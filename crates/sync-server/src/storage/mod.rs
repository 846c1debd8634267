//! What the service asks of a database, as one contract that every back end keeps.
//!
//! # The contract
//!
//! - **Visibility.** A job works on one consistent snapshot. A write job sees its own writes at once; no other job sees any of them
//!   until the job has ended well and is committed, and from then on every job that begins sees all of them.
//! - **Order.** Write jobs behave as if they ran one after another. Two jobs that move the counter of one circle never both read
//!   the same counter: [`WriteCircle::lock_circle`] makes the second wait, or makes it run again.
//! - **Atomicity.** A job that gives an error, or panics, leaves nothing behind, whatever it had written before.
//! - **Durability.** When the future of a write gives `Ok`, what was written survives a loss of power.
//! - **Again.** A job may be run more than once before its result counts (a serialisation failure, a lost connection), so it keeps
//!   nothing outside itself but its result. Only the last run counts.
//! - **Cancellation.** Dropping the future of a write does not say whether the job ran; it never leaves half of it.
//!
//! Keys begin with the circle wherever a row belongs to one, so that circles can be spread over machines.

mod blobs;
mod circle;
mod codes;
mod identity;
mod mail;
mod push;

pub use blobs::{BlobRow, ReadBlobs, WriteBlobs};
pub use circle::{
    CircleRow, Delivered, Displaced, EditRow, Fate, LetGoRow, QuarantinedEdit, ReadCircle, Ruled, Unmade, WriteCircle,
};
pub use codes::{fate_code, fate_from_code, stamp_bytes, verdict_code, verdict_from_code};
pub use identity::{
    DeviceRow, InvitationRow, OrganisationRow, PersonRow, ReadIdentity, ServerRow, SessionRow, WriteIdentity,
};
pub use mail::{MailRow, ReadMail, WriteMail};
pub use push::{PushRow, ReadPush, WritePush};

/// Why storage could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// Nothing was done; the same job may succeed later.
    #[error("the storage is busy; try again")]
    TryAgain,
    /// The storage cannot be reached or written (a full or failing disk, a stopped database): somebody has to look.
    #[error("the storage does not work: {0}")]
    Unavailable(String),
    /// What is stored cannot be read back: restore from a backup.
    #[error("stored data cannot be read: {0}")]
    Corrupt(&'static str),
    /// The database was made by a newer version of this program: start that version.
    #[error("the database has schema {found}, this program knows {known}")]
    TooNew {
        /// The schema of the database.
        found: u32,
        /// The newest schema this program knows.
        known: u32,
    },
}

/// A consistent picture of the database.
pub trait Snapshot: ReadCircle + ReadIdentity + ReadBlobs + ReadPush + ReadMail {}
impl<T: ReadCircle + ReadIdentity + ReadBlobs + ReadPush + ReadMail> Snapshot for T {}

/// A transaction: a snapshot with this job's own writes over it.
pub trait Txn: Snapshot + WriteCircle + WriteIdentity + WriteBlobs + WritePush + WriteMail {}
impl<T: Snapshot + WriteCircle + WriteIdentity + WriteBlobs + WritePush + WriteMail> Txn for T {}

/// A database, as the contract above describes it. Cheap to clone: clones are the same database.
pub trait Storage: Clone + Send + Sync + 'static {
    /// Runs a job that only reads, on one consistent snapshot.
    ///
    /// # Errors
    /// The job's own, or that the storage cannot be read.
    fn read<R: Send + 'static>(
        &self,
        job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> impl Future<Output = Result<R, StorageError>> + Send;

    /// Runs a job in a transaction; resolves after it is durable.
    ///
    /// # Errors
    /// The job's own, or that the storage cannot be written. Then nothing of the job remains.
    fn write<R: Send + 'static>(
        &self,
        job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> impl Future<Output = Result<R, StorageError>> + Send;
}
