//! The store of one person in IndexedDB.

mod commit;
mod read;
mod rows;
mod schema;

use std::cell::RefCell;

use opstap_core::protocol::{DeviceOwner, Figures, LetGo};
use opstap_core::{BlobHash, CircleId, DeviceId};
use opstap_sync_client::{
    Batch, BlobState, CommitOutcome, HeldBlob, HeldCircle, HeldDevice, HeldSummary, Loaded, LocalStore, Pending,
    RefusedEdit, SentEdit, StoreError, Versioned, Wanted,
};
use web_sys::IdbTransactionMode;

use crate::indexed_db::{self, Absent, Database, Transaction};

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
        Self::opened(id, Absent::Make).await
    }

    /// Opens the store with this id, which must be there.
    ///
    /// # Errors
    /// [`StoreError::Lost`] when it is not.
    pub async fn find(id: DeviceId) -> Result<Self, StoreError> {
        Self::opened(id, Absent::IsLost).await
    }

    async fn opened(id: DeviceId, absent: Absent) -> Result<Self, StoreError> {
        let store = Self { name: name(id), connection: RefCell::default() };
        store.connect(absent).await?;
        Ok(store)
    }

    /// Deletes the store with this id, as soon as no tab uses it any more.
    pub async fn delete(id: DeviceId) {
        // While another tab has it open the browser waits, and deletes it when that closes.
        let _ = indexed_db::delete(&name(id)).await;
    }

    /// Closes the connection; the next use makes a new one. For when the page goes away, and a deletion should not wait for it.
    pub fn let_go(&self) {
        if let Some(database) = self.connection.borrow().as_ref() {
            database.close();
        }
    }

    async fn connect(&self, absent: Absent) -> Result<Database, StoreError> {
        let database = Database::open(&self.name, schema::VERSION, schema::upgrade, absent).await?;
        // Two that found the connection dead at once make two new ones; what was begun on the first goes on to its end.
        if let Some(earlier) = self.connection.replace(Some(database.clone())) {
            earlier.close();
        }
        Ok(database)
    }

    async fn reading(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, IdbTransactionMode::Readonly).await
    }

    async fn writing(&self) -> Result<Transaction, StoreError> {
        self.begin(&schema::ALL, IdbTransactionMode::Readwrite).await
    }

    async fn begin(&self, stores: &[&str], mode: IdbTransactionMode) -> Result<Transaction, StoreError> {
        // A dead connection is noticed by nothing sooner than by beginning a transaction; nothing is lost by then.
        if let Some(Ok(begun)) = self.connection.borrow().as_ref().map(|database| database.begin(stores, mode)) {
            return Ok(begun);
        }
        // Whoever threw the store away meanwhile did not delete what was in it: it is not made anew here, empty.
        self.connect(Absent::IsLost).await?.begin(stores, mode)
    }

    /// Reads, and once more on a new connection if the one there was died under the question.
    async fn reads<T>(&self, ask: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match ask().await {
                Err(StoreError::Gone) if tries < 2 => drop(self.failed(StoreError::Gone)),
                read => return read.map_err(|error| self.failed(error)),
            }
        }
    }

    /// Passes a failure on; after one that may be the connection's, the next use makes a new one.
    fn failed(&self, error: StoreError) -> StoreError {
        if error == StoreError::Gone
            && let Some(database) = self.connection.take()
        {
            database.close();
        }
        error
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.let_go();
    }
}

fn name(id: DeviceId) -> String {
    ["opstap-", &id.to_string()].concat()
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

    async fn let_go(&self) -> Result<Vec<LetGo>, StoreError> {
        self.read_all(schema::LET_GO).await
    }

    async fn figures(&self, circle: CircleId) -> Result<Option<Figures>, StoreError> {
        self.read_figures(circle).await
    }

    async fn summaries(&self) -> Result<Vec<HeldSummary>, StoreError> {
        self.read_summaries().await
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
