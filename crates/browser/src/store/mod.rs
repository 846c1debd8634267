//! The store of one person in IndexedDB.

mod commit;
mod read;
mod rows;
mod schema;

use std::cell::RefCell;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::Build;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use opstap_core::protocol::DeviceOwner;
use opstap_core::{BlobHash, CircleId, DeviceId};
use opstap_sync_client::{
    Batch, BlobState, CommitOutcome, HeldBlob, HeldCircle, HeldDevice, Loaded, LocalStore, Pending, RefusedEdit,
    SentEdit, StoreError, Versioned, Wanted,
};

/// The store of one person, in a database named after the id it was paired with.
pub struct Store {
    name: String,
    /// `None` after the browser let go of the connection: a dead one never lives again, so the next use makes a new one.
    connection: RefCell<Option<Database>>,
}

impl Store {
    /// Opens the store with this id, or makes an empty one.
    ///
    /// # Errors
    /// When the browser gives no database, as in some private windows.
    pub async fn open(id: DeviceId) -> Result<Self, StoreError> {
        let store = Self { name: name(id), connection: RefCell::default() };
        store.connect().await?;
        Ok(store)
    }

    /// Deletes the store with this id, as soon as no tab uses it any more.
    pub async fn delete(id: DeviceId) {
        if let Ok(deleting) = Database::delete_by_name(&name(id)) {
            // While another tab has it open the browser waits, and deletes it when that closes.
            let _ = deleting.await;
        }
    }

    /// Closes the connection; the next use makes a new one. For when the page goes away, and a deletion should not wait for it.
    pub fn let_go(&self) {
        if let Some(database) = self.connection.borrow().as_ref() {
            database.clone().close();
        }
    }

    async fn connect(&self) -> Result<Database, StoreError> {
        let database = Database::open(self.name.as_str())
            .with_version(schema::VERSION)
            .with_on_upgrade_needed(|event, database| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small version")]
                let from = event.old_version() as u32;
                schema::upgrade(&database, from)
            })
            .build()
            .map_err(not_open)?
            .await
            .map_err(not_open)?;
        give_way(&database);
        self.connection.replace(Some(database.clone()));
        Ok(database)
    }

    /// A connection on which a transaction can be begun.
    async fn alive(&self) -> Result<Database, StoreError> {
        let present = self.connection.borrow().clone();
        if let Some(database) = present {
            // A dead connection is noticed by nothing sooner than by beginning a transaction; nothing is lost by then.
            if database.transaction(schema::DEVICE).build().is_ok() {
                return Ok(database);
            }
        }
        self.connect().await
    }

    /// Passes a failure on; after one that may be the connection's, the next use makes a new one.
    fn failed(&self, error: &Error) -> StoreError {
        let error = kind_of(error);
        if error == StoreError::Gone {
            self.connection.replace(None);
        }
        error
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.let_go();
    }
}

/// Closes the connection when another tab deletes the store or brings it to a newer version: it would wait for this one for ever.
fn give_way(database: &Database) {
    let Ok(mut changes) = database.version_changes() else { return };
    let database = database.clone();
    wasm_bindgen_futures::spawn_local(async move {
        if changes.recv().await.is_some() {
            database.close();
        }
    });
}

fn name(id: DeviceId) -> String {
    ["opstap-", &id.to_string()].concat()
}

fn reading<'a>(database: &'a Database, stores: &[&str]) -> Result<Transaction<'a>, Error> {
    database.transaction(stores).with_mode(TransactionMode::Readonly).build()
}

/// Strict: on the disk, not only with the operating system, before the tap is said to be kept.
fn writing(database: &Database) -> Result<Transaction<'_>, Error> {
    let mut options = TransactionOptions::new();
    options.set_durability(TransactionDurability::Strict);
    database.transaction(schema::ALL.as_slice()).with_mode(TransactionMode::Readwrite).with_options(options).build()
}

fn kind_of(error: &Error) -> StoreError {
    match error {
        Error::DomException(exception) if is_full(exception) => StoreError::Full,
        Error::Serialisation(_) => StoreError::Corrupt,
        Error::DomException(_) | Error::MissingData(_) | Error::Unknown(_) => StoreError::Gone,
    }
}

fn is_full(exception: &DomException) -> bool {
    web_sys::DomException::from(exception.clone()).name() == "QuotaExceededError"
}

fn not_open(error: OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) => kind_of(&error),
        _ => StoreError::Gone,
    }
}

impl LocalStore for Store {
    async fn device(&self) -> Result<Option<Versioned<HeldDevice>>, StoreError> {
        self.read_device().await
    }

    async fn circles(&self) -> Result<Vec<Versioned<HeldCircle>>, StoreError> {
        self.read_circles().await
    }

    async fn load(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Loaded, StoreError> {
        self.read_records(circle, wanted).await
    }

    async fn pending(&self) -> Result<Vec<Pending>, StoreError> {
        self.read_all(schema::PENDING).await
    }

    async fn sent(&self) -> Result<Vec<SentEdit>, StoreError> {
        self.read_all(schema::SENT).await
    }

    async fn refused(&self) -> Result<Vec<RefusedEdit>, StoreError> {
        self.read_all(schema::REFUSED).await
    }

    async fn owners(&self) -> Result<Vec<DeviceOwner>, StoreError> {
        self.read_all(schema::OWNERS).await
    }

    async fn blobs(&self, state: BlobState) -> Result<Vec<HeldBlob>, StoreError> {
        self.read_blobs(state).await
    }

    async fn blob(&self, circle: CircleId, hash: BlobHash) -> Result<Option<(HeldBlob, Vec<u8>)>, StoreError> {
        self.read_blob(circle, hash).await
    }

    async fn commit(&self, batch: &Batch) -> Result<CommitOutcome, StoreError> {
        self.write(batch).await
    }
}
