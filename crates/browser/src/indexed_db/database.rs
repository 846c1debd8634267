//! Databases: opened, brought to a version, closed, deleted.

use js_sys::{Array, Function, Promise, Reflect};
use opstap_sync_client::StoreError;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransactionMode};

use super::{ObjectStore, Request, Transaction, first_of, tried};
use crate::promise::{object, property};

/// Brings a database from a version to the one it is opened with.
pub type Upgrade = fn(&Database, u32) -> Result<(), StoreError>;

/// What to do where there is no database of the name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// It is made.
    Make,
    /// It was thrown away, and an empty one in its place would look as if everything in it had been deleted.
    IsLost,
}

/// The name of an error of our own.
pub(super) const LOST: &str = "Lost";

/// A connection to a database. It closes by itself when another tab deletes the database or brings it to a newer version:
/// that one would wait for ever.
#[derive(Clone)]
pub struct Database(IdbDatabase);

impl Database {
    /// Opens a database, and upgrades it first if it is of an older version. If there is none it is made, or [`StoreError::Lost`]
    /// where it must have been there.
    pub async fn open(name: &str, version: u32, upgrade: Upgrade, absent: Absent) -> Result<Self, StoreError> {
        let request = tried(factory()?.open_with_u32(name, version))?;
        let held = Promise::new(&mut |_, reject| {
            let _ = Reflect::set(&request, &JsValue::from_str("onblocked"), &reject);
        });
        // A task of its own, which goes on when nobody waits any more: a database that came to its version without what
        // belongs in it would stay so, and a connection that does not give way stands in everyone's way.
        let opened = future_to_promise(opening(request, upgrade, absent));
        let opened = JsFuture::from(Promise::race(&Array::of2(&opened, &held))).await;
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
async fn opening(request: IdbOpenDbRequest, upgrade: Upgrade, absent: Absent) -> Result<JsValue, JsValue> {
    let event = first_of(&request, &["onupgradeneeded", "onsuccess"], "onerror").await;
    let event = event.map_err(|_| why(&request))?;
    // Only the event that asks for an upgrade has it.
    if let Some(from) = property(&event, "oldVersion").as_f64() {
        let opened = first_of(&request, &["onsuccess"], "onerror");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small version")]
        let from = from as u32;
        let is_lost = from == 0 && absent == Absent::IsLost;
        if (is_lost || upgrade(&Database(request.result()?.unchecked_into()), from).is_err())
            && let Some(upgrading) = request.transaction()
        {
            // Of a database that was about to be made nothing is left.
            upgrading.abort()?;
        }
        let opened = opened.await;
        if is_lost {
            return Err(object([("name", LOST.into())]).into());
        }
        opened.map_err(|_| why(&request))?;
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

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a failing test may panic anywhere")]
mod tests {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::*;

    wasm_bindgen_test_configure!(run_in_browser);

    const fn nothing(_: &Database, _: u32) -> Result<(), StoreError> {
        Ok(())
    }

    fn a_table(database: &Database, from: u32) -> Result<(), StoreError> {
        if from < 2 { database.create_store("table").map(drop) } else { Ok(()) }
    }

    #[wasm_bindgen_test]
    async fn an_upgrade_that_an_old_window_holds_up_is_said_and_goes_on_when_that_is_closed() {
        let name = "held-up";
        // As an old app that does not give way, or a window that the phone has put to sleep.
        let old = Database::open(name, 1, nothing, Absent::Make).await.unwrap();
        old.0.set_onversionchange(None);
        let held = Database::open(name, 2, a_table, Absent::IsLost).await;
        assert_eq!(held.err(), Some(StoreError::Held));
        old.close();
        let new = Database::open(name, 2, a_table, Absent::IsLost).await.unwrap();
        assert!(new.begin(&["table"], IdbTransactionMode::Readonly).is_ok());
        new.close();
        delete(name).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn an_old_window_gives_way_to_an_upgrade_and_is_told_that_there_is_a_newer_app() {
        let name = "gives-way";
        let old = Database::open(name, 1, nothing, Absent::Make).await.unwrap();
        let new = Database::open(name, 2, a_table, Absent::IsLost).await.unwrap();
        assert!(old.begin(&["table"], IdbTransactionMode::Readonly).is_err());
        assert_eq!(Database::open(name, 1, nothing, Absent::IsLost).await.err(), Some(StoreError::Newer));
        new.close();
        delete(name).await.unwrap();
    }
}
