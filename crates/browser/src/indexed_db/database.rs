//! Databases: opened, brought to a version, closed, deleted.

use js_sys::{Array, Function};
use opstap_sync_client::StoreError;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransactionMode};

use super::{ObjectStore, Request, Transaction, first_of, tried};
use crate::promise::{object, property};

/// Brings a database from a version to the one it is opened with.
pub type Upgrade = fn(&Database, u32) -> Result<(), StoreError>;

/// A connection to a database. It closes by itself when another tab deletes the database or brings it to a newer version:
/// that one would wait for ever.
#[derive(Clone)]
pub struct Database(IdbDatabase);

impl Database {
    /// Opens a database, and makes or upgrades it first if it is not of this version.
    pub async fn open(name: &str, version: u32, upgrade: Upgrade) -> Result<Self, StoreError> {
        let request = tried(factory()?.open_with_u32(name, version))?;
        // A task of its own, which goes on when nobody waits any more: a database that came to its version without what
        // belongs in it would stay so, and a connection that does not give way stands in everyone's way.
        let opened = JsFuture::from(future_to_promise(opening(request, upgrade))).await;
        tried(opened).map(|database| Self(database.unchecked_into()))
    }

    /// Closes the connection, once the transactions that were begun on it have ended.
    pub fn close(&self) {
        self.0.close();
    }

    /// Begins a transaction over these object stores. It throws on a connection that was closed, by whomever.
    ///
    /// Durability is strict: on the disk, not only with the operating system, before a commit answers. The binding for it
    /// counts as unstable, which is why it is called by name.
    pub fn begin(&self, stores: &[&str], mode: IdbTransactionMode) -> Result<Transaction, StoreError> {
        let stores: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = object([("durability", "strict".into())]);
        let begin: Function = property(&self.0, "transaction").unchecked_into();
        let begun: Result<JsValue, JsValue> = begin.call3(&self.0, &stores, &mode.into(), &options);
        tried(begun).map(|transaction| Transaction::new(transaction.unchecked_into()))
    }

    /// Makes an object store; only while the database is upgraded.
    pub fn create_store(&self, name: &str) -> Result<ObjectStore, StoreError> {
        tried(self.0.create_object_store(name)).map(ObjectStore::new)
    }
}

/// Deletes a database, as soon as nobody has it open any more.
pub async fn delete(name: &str) -> Result<(), StoreError> {
    let request = tried(factory()?.delete_database(name))?;
    Request::new(request.unchecked_into()).value().await.map(drop)
}

/// Some private windows have none.
fn factory() -> Result<IdbFactory, StoreError> {
    let window = web_sys::window().ok_or(StoreError::Gone)?;
    tried(window.indexed_db())?.ok_or(StoreError::Gone)
}

/// Waits for the connection; upgrades on the way if the browser says that this is due.
async fn opening(request: IdbOpenDbRequest, upgrade: Upgrade) -> Result<JsValue, JsValue> {
    let event = first_of(&request, &["onupgradeneeded", "onsuccess"], "onerror").await;
    let event = event.map_err(|_| why(&request))?;
    // Only the event that asks for an upgrade has it.
    if let Some(from) = property(&event, "oldVersion").as_f64() {
        let opened = first_of(&request, &["onsuccess"], "onerror");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small version")]
        let from = from as u32;
        if upgrade(&Database(request.result()?.unchecked_into()), from).is_err()
            && let Some(upgrading) = request.transaction()
        {
            upgrading.abort()?;
        }
        opened.await.map_err(|_| why(&request))?;
    }
    let database: IdbDatabase = request.result()?.unchecked_into();
    // The browser's own `close`, so that it works for as long as the connection is there, whoever holds it.
    let close: Function = property(&database, "close").unchecked_into();
    database.set_onversionchange(Some(&close.bind0(&database)));
    Ok(database.into())
}

fn why(request: &IdbOpenDbRequest) -> JsValue {
    property(request, "error")
}
