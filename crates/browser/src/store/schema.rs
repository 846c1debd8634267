//! What stands in the database, and the steps by which it came to be. A step is never edited once an app with it has gone out.

use js_sys::Array;
use opstap_sync_client::StoreError;
use wasm_bindgen::JsValue;

use crate::indexed_db::Database;

/// The version of the database: the number of steps.
pub const VERSION: u32 = 3;

/// One row, under the key `device`: `r` the revision, `b` its bytes.
pub const DEVICE: &str = "device";
/// By circle: `r` the revision, `b` its bytes.
pub const CIRCLES: &str = "circles";
/// By (circle, generation, id): `c`, `g`, `k` the kind's code, `p` the parent if it has one, `b` its bytes.
pub const RECORDS: &str = "records";
/// By n: `c` the circle, `b` its bytes.
pub const PENDING: &str = "pending";
/// By n: `c` the circle, `t` when the verdict came, `b` its bytes.
pub const SENT: &str = "sent";
/// By n: `c` the circle, `b` its bytes.
pub const REFUSED: &str = "refused";
/// By device: `b` its bytes.
pub const OWNERS: &str = "owners";
/// By (circle, hash): `c`, `s` the state's code, `b` its bytes, which are not the blob's own.
pub const BLOBS: &str = "blobs";
/// By (circle, hash): the blob's own bytes.
pub const BYTES: &str = "bytes";

/// By (circle, view, moment), as bytes: `b` its bytes.
pub const LET_GO: &str = "let-go";
/// By circle: `b` its bytes.
pub const FIGURES: &str = "figures";
/// By circle: `b` its bytes.
pub const SUMMARIES: &str = "summaries";

/// Every object store.
pub const ALL: [&str; 12] =
    [DEVICE, CIRCLES, RECORDS, PENDING, SENT, REFUSED, OWNERS, BLOBS, BYTES, LET_GO, FIGURES, SUMMARIES];

/// Those of version 1.
const FIRST: [&str; 9] = [DEVICE, CIRCLES, RECORDS, PENDING, SENT, REFUSED, OWNERS, BLOBS, BYTES];

/// Of records: (circle, generation, kind).
pub const BY_KIND: &str = "kind";
/// Of records: (circle, generation, parent).
pub const BY_PARENT: &str = "parent";
/// Of edits and blobs: the circle.
pub const BY_CIRCLE: &str = "circle";
/// Of sent edits: when the verdict came.
pub const BY_TIME: &str = "time";
/// Of blobs: the state.
pub const BY_STATE: &str = "state";

/// Brings a database of an earlier version to this one, step by step.
pub fn upgrade(database: &Database, from: u32) -> Result<(), StoreError> {
    if from < 1 {
        first(database)?;
    }
    if from < 2 {
        [LET_GO, FIGURES].into_iter().try_for_each(|name| database.create_store(name).map(drop))?;
    }
    if from < 3 {
        database.create_store(SUMMARIES)?;
    }
    Ok(())
}

/// Version 1.
fn first(database: &Database) -> Result<(), StoreError> {
    for name in FIRST {
        let store = database.create_store(name)?;
        let index = |name, path: &[&str]| store.create_index(name, &key_path(path));
        match name {
            RECORDS => {
                index(BY_KIND, &["c", "g", "k"])?;
                index(BY_PARENT, &["c", "g", "p"])?;
            }
            PENDING | REFUSED => index(BY_CIRCLE, &["c"])?,
            SENT => {
                index(BY_CIRCLE, &["c"])?;
                index(BY_TIME, &["t"])?;
            }
            BLOBS => {
                index(BY_CIRCLE, &["c"])?;
                index(BY_STATE, &["s"])?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// One property is the key itself, several are an array: the two are not the same to IndexedDB.
fn key_path(properties: &[&str]) -> JsValue {
    match properties {
        [one] => JsValue::from_str(one),
        several => several.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into(),
    }
}
