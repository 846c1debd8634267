//! Rows and keys as JavaScript values. What a thing holds stands in its bytes; beside them only what it is found by.

use js_sys::{Array, Uint8Array};
use opstap_core::protocol::LetGo;
use opstap_core::{BlobHash, CircleId, Millis, RecordId};
use opstap_sync_client::StoreError;
use opstap_sync_client::stored::Stored;
use wasm_bindgen::JsValue;

use crate::promise::{bytes, object, property};

/// The one key of the device's row.
pub const THE_DEVICE: &str = "device";

pub fn binary(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Numbers are exact to 2^53, which neither n nor milliseconds ever reach.
#[expect(clippy::cast_precision_loss, reason = "as the doc says")]
pub fn number(number: u64) -> JsValue {
    JsValue::from_f64(number as f64)
}

pub fn circle_key(circle: CircleId) -> JsValue {
    binary(&circle.0)
}

pub fn record_key(circle: CircleId, generation: u32, id: RecordId) -> JsValue {
    Array::of3(&circle_key(circle), &generation.into(), &binary(&id.0)).into()
}

/// Below every key that begins like this.
pub fn first_record(circle: CircleId, generation: u32) -> JsValue {
    Array::of2(&circle_key(circle), &generation.into()).into()
}

/// Above every key of a circle's generation: an array sorts after any bytes.
pub fn after_records(circle: CircleId, generation: u32) -> JsValue {
    Array::of3(&circle_key(circle), &generation.into(), &Array::new()).into()
}

/// Above every record of a circle.
pub fn after_circle(circle: CircleId) -> JsValue {
    Array::of2(&circle_key(circle), &Array::new()).into()
}

/// Below every record of a circle.
pub fn first_of_circle(circle: CircleId) -> JsValue {
    Array::of1(&circle_key(circle)).into()
}

/// The key of the index [`BY_KIND`](super::schema::BY_KIND).
pub fn kind_key(circle: CircleId, generation: u32, kind: u16) -> JsValue {
    Array::of3(&circle_key(circle), &generation.into(), &kind.into()).into()
}

/// The key of the index [`BY_PARENT`](super::schema::BY_PARENT).
pub fn parent_key(circle: CircleId, generation: u32, parent: RecordId) -> JsValue {
    record_key(circle, generation, parent)
}

pub fn blob_key(circle: CircleId, hash: BlobHash) -> JsValue {
    Array::of2(&circle_key(circle), &binary(&hash.0)).into()
}

/// The bytes of a let-go in the order of its parts.
pub fn let_go_key(let_go: &LetGo) -> JsValue {
    let LetGo { circle, view, at } = let_go;
    binary(&[&circle.0[..], &view.0.to_be_bytes(), &at.0.to_be_bytes()].concat())
}

pub fn record_row(circle: CircleId, generation: u32, record: &opstap_core::Record) -> JsValue {
    let row = object([
        ("c", circle_key(circle)),
        ("g", generation.into()),
        ("k", record.kind.code().into()),
        ("b", binary(&record.to_stored())),
    ]);
    if let Some(parent) = record.parent {
        let _ = js_sys::Reflect::set(&row, &"p".into(), &binary(&parent.0));
    }
    row.into()
}

pub fn edit_row(circle: CircleId, stored: &impl Stored) -> JsValue {
    object([("c", circle_key(circle)), ("b", binary(&stored.to_stored()))]).into()
}

pub fn sent_row(circle: CircleId, at: Millis, stored: &impl Stored) -> JsValue {
    object([("c", circle_key(circle)), ("t", number(at.0)), ("b", binary(&stored.to_stored()))]).into()
}

pub fn revised_row(revision: u64, bytes: &[u8]) -> JsValue {
    object([("r", number(revision)), ("b", binary(bytes))]).into()
}

/// The bytes of a row.
pub fn stored_bytes(row: &JsValue) -> Result<Vec<u8>, StoreError> {
    bytes(property(row, "b")).ok_or(StoreError::Corrupt)
}

/// What a row holds.
pub fn read<T: Stored>(row: &JsValue) -> Result<T, StoreError> {
    T::from_stored(&stored_bytes(row)?)
}

/// What each row holds. A loop, as `collect` into a result is several times its code for each type.
pub fn read_each<T: Stored>(rows: &[JsValue]) -> Result<Vec<T>, StoreError> {
    let mut each = Vec::new();
    for row in rows {
        each.push(read(row)?);
    }
    Ok(each)
}

/// The revision of a row.
pub fn revision(row: &JsValue) -> Result<u64, StoreError> {
    let revision = property(row, "r").as_f64().ok_or(StoreError::Corrupt)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written by `number`")]
    let revision = revision as u64;
    Ok(revision)
}
