//! What the store asks of IndexedDB, and no more: a database, transactions over it, and requests that can be awaited.
//!
//! An event settles a promise of the browser's own, whose handlers are functions of JavaScript and not closures of ours.
//! So any future here may be dropped at any moment: what comes too late settles a promise that nobody reads. A promise also
//! settles while the transaction of its request still takes requests, which is what makes `await` between two of them work.

mod database;
mod request;
mod transaction;

use js_sys::{Promise, Reflect};
use opstap_sync_client::StoreError;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbKeyRange;

use crate::promise::property;

pub use database::{Absent, Database, delete};
pub use request::Request;
pub use transaction::{ObjectStore, Transaction};

/// The keys from one to another, both included. Where a single key is meant, the key itself does.
pub fn between(lower: &JsValue, upper: &JsValue) -> Result<JsValue, StoreError> {
    tried(IdbKeyRange::bound(lower, upper)).map(JsValue::from)
}

/// The keys below one, without it.
pub fn below(upper: &JsValue) -> Result<JsValue, StoreError> {
    tried(IdbKeyRange::upper_bound_with_open(upper, true)).map(JsValue::from)
}

/// What was thrown, as a failure of the store.
fn tried<T>(result: Result<T, JsValue>) -> Result<T, StoreError> {
    result.map_err(|thrown| failure(&thrown))
}

/// What cannot be told apart here leaves a new connection to be tried.
#[inline(never)]
fn failure(error: &JsValue) -> StoreError {
    match property(error, "name").as_string().as_deref() {
        Some("QuotaExceededError") => StoreError::Full,
        Some("VersionError") => StoreError::Newer,
        Some(database::LOST) => StoreError::Lost,
        // An event has a type and no name.
        None if property(error, "type") == "blocked" => StoreError::Held,
        _ => StoreError::Gone,
    }
}

/// Settles at the first of these events: well at one of `good`, ill at `bad`. It is to be called in the turn in which what
/// the events tell of was begun, since they come in a later one.
#[inline(never)]
fn first_of(target: &JsValue, good: &[&str], bad: &str) -> JsFuture {
    let promise = Promise::new(&mut |resolve, reject| {
        // Setting a handler cannot be refused.
        for name in good {
            let _ = Reflect::set(target, &JsValue::from_str(name), &resolve);
        }
        let _ = Reflect::set(target, &JsValue::from_str(bad), &reject);
    });
    JsFuture::from(promise)
}
