//! Transactions, and what is asked within one.

use opstap_sync_client::StoreError;
use wasm_bindgen::JsValue;
use web_sys::{IdbIndex, IdbObjectStore, IdbTransaction};

use super::{Request, failure, first_of, tried};

/// A transaction. Unless it is committed it is rolled back when it is dropped, so that leaving halfway leaves nothing.
///
/// In the middle of one nothing is to be awaited but its own requests: the browser commits by itself what asks nothing more
/// in the turn in which its last request was answered.
pub struct Transaction {
    transaction: IdbTransaction,
    committed: bool,
}

impl Transaction {
    pub(super) const fn new(transaction: IdbTransaction) -> Self {
        Self { transaction, committed: false }
    }

    /// One of the object stores that it was begun with.
    pub fn store(&self, name: &str) -> Result<ObjectStore, StoreError> {
        tried(self.transaction.object_store(name)).map(ObjectStore)
    }

    /// Commits. It answers when the browser says that everything is kept, and fails when any request before it failed.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        #[expect(deprecated, reason = "only in the draft that the bindings were made from")]
        let committing = self.transaction.commit();
        tried(committing)?;
        self.committed = true;
        // A request that fails is followed by an abort, so these two are every way in which it can end.
        let ended = first_of(&self.transaction, &["oncomplete"], "onabort").await;
        ended.map(drop).map_err(|_| self.why().unwrap_or(StoreError::Gone))
    }

    /// Whether the browser was told to commit: from then on nobody but the store knows whether it did.
    pub const fn may_be_committed(&self) -> bool {
        self.committed
    }

    /// What it was rolled back for by the browser: the failure that all others in it follow from.
    pub fn why(&self) -> Option<StoreError> {
        self.transaction.error().map(|error| failure(&error))
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.committed {
            // Refused when the browser did so already.
            let _ = self.transaction.abort();
        }
    }
}

/// An object store within a transaction.
///
/// A range is a key, one of [`between`](super::between) and [`below`](super::below), or `undefined` for everything.
pub struct ObjectStore(IdbObjectStore);

impl ObjectStore {
    /// Keeps a row under a key. It is not awaited, since waiting for each would make a batch ten times slower: requests
    /// are carried out in order, and if one cannot be, the transaction fails when it is committed.
    pub fn put(&self, row: &JsValue, key: &JsValue) -> Result<(), StoreError> {
        tried(self.0.put_with_key(row, key)).map(drop)
    }

    /// Deletes the rows in a range, which is not everything; not awaited either.
    pub fn delete(&self, range: &JsValue) -> Result<(), StoreError> {
        tried(self.0.delete(range)).map(drop)
    }

    /// Asks for the row under a key.
    pub fn get(&self, key: &JsValue) -> Result<Request, StoreError> {
        tried(self.0.get(key)).map(Request::new)
    }

    /// Asks for the rows in a range, in order of their keys.
    pub fn get_all(&self, range: &JsValue) -> Result<Request, StoreError> {
        tried(self.0.get_all_with_key(range)).map(Request::new)
    }

    /// One of its indexes.
    pub fn index(&self, name: &str) -> Result<Index, StoreError> {
        tried(self.0.index(name)).map(Index)
    }

    /// Makes an index; only while a database is upgraded.
    pub fn create_index(&self, name: &str, path: &JsValue) -> Result<(), StoreError> {
        tried(self.0.create_index_with_str_sequence(name, path)).map(drop)
    }

    pub(super) const fn new(store: IdbObjectStore) -> Self {
        Self(store)
    }
}

/// An index of an object store.
pub struct Index(IdbIndex);

impl Index {
    /// Asks for the rows that it has in a range, in order of the index.
    pub fn get_all(&self, range: &JsValue) -> Result<Request, StoreError> {
        tried(self.0.get_all_with_key(range)).map(Request::new)
    }

    /// Asks for the keys of these rows.
    pub fn get_all_keys(&self, range: &JsValue) -> Result<Request, StoreError> {
        tried(self.0.get_all_keys_with_key(range)).map(Request::new)
    }
}
