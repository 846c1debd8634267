//! How the changes of an edit stand in JSON. Types that JSON has not are objects of their own, so that nothing is lost on the way.

use opstap_core::history::PastChange;
use opstap_core::{RecordId, Value};
use serde::Serialize;
use serde_json::{Value as Json, json};
use utoipa::ToSchema;

/// What an edit does to one record.
#[derive(Serialize, ToSchema)]
pub struct ChangeShown {
    /// The record.
    record: String,
    /// The code of its kind, where the edit says it.
    kind: Option<u16>,
    /// The record above it.
    parent: Option<String>,
    /// Whether the edit makes it.
    made: bool,
    /// Its cells: name, what is set, what it held before.
    cells: Vec<CellShown>,
}

#[derive(Serialize, ToSchema)]
struct CellShown {
    name: String,
    set: Json,
    was: Json,
}

impl From<&PastChange> for ChangeShown {
    fn from(past: &PastChange) -> Self {
        let cells = past.cells.iter();
        Self {
            record: past.record.to_string(),
            kind: past.kind.map(opstap_core::Kind::code),
            parent: past.parent.map(|parent| parent.to_string()),
            made: past.made,
            cells: cells
                .map(|cell| CellShown { name: cell.name.to_string(), set: value(&cell.set), was: value(&cell.was) })
                .collect(),
        }
    }
}

fn value(value: &Value) -> Json {
    let id = |id: &[u8; 16]| RecordId(*id).to_string();
    match value {
        Value::Nothing => Json::Null,
        Value::Bool(yes) => json!(yes),
        Value::Int(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Id(one) => json!({ "id": id(one) }),
        Value::Ids(ids) => json!({ "ids": ids.iter().map(id).collect::<Vec<_>>() }),
        Value::Blob(blob) => {
            json!({ "blob": blob.hash.to_string(), "medium": blob.media as u8, "size": blob.size })
        }
    }
}
