//! The same workload as JSON, written as plainly as one would: only to measure against, nothing speaks it.

use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Record, Value};
use serde_json::{Map, json};
use uuid::Uuid;

/// How an edit is named.
#[derive(Clone, Copy)]
pub enum Naming {
    /// Each edit has a random id of its own.
    Uuid,
    /// The device, said once in a batch, and a number.
    DeviceAndNumber,
}

fn hyphens(id: [u8; 16]) -> String {
    Uuid::from_bytes(id).to_string()
}

fn value(value: &Value) -> serde_json::Value {
    match value {
        Value::Nothing => serde_json::Value::Null,
        Value::Bool(yes) => json!(yes),
        Value::Int(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Id(id) => json!(hyphens(*id)),
        Value::Ids(ids) => ids.iter().map(|id| hyphens(*id)).collect(),
        Value::Blob(blob) => json!(blob.hash.to_string()),
    }
}

/// One step event with nothing round it: what "290 bytes a record" means.
pub fn bare(edit: &Edit) -> String {
    let mut object = Map::new();
    for change in &edit.changes {
        object.insert("id".into(), json!(hyphens(change.record().0)));
        for (name, cell) in change.cells() {
            object.insert(name.to_string(), value(cell));
        }
    }
    serde_json::Value::Object(object).to_string()
}

/// A batch of edits; `uuids` are their names where they have one.
pub fn push(device: DeviceId, circle: CircleId, edits: &[Edit], naming: Naming, uuids: &[Uuid]) -> Vec<u8> {
    let edits: Vec<_> = edits
        .iter()
        .zip(uuids)
        .map(|(edit, uuid)| {
            let mut object = Map::new();
            match naming {
                Naming::Uuid => object.insert("id".into(), json!(uuid.to_string())),
                Naming::DeviceAndNumber => object.insert("n".into(), json!(edit.name.n)),
            };
            object.insert("at".into(), json!([edit.stamp.millis.0, edit.stamp.counter]));
            object.insert("seen".into(), json!([edit.seen.epoch.0, edit.seen.number]));
            let changes = edit.changes.iter().map(|change| {
                let cells: Map<_, _> =
                    change.cells().iter().map(|(name, cell)| (name.to_string(), value(cell))).collect();
                let parent = match change {
                    Change::Make { parent, .. } => parent.map(|id| hyphens(id.0)),
                    Change::Set { .. } => None,
                };
                json!({"make": "step-event", "id": hyphens(change.record().0), "parent": parent, "cells": cells})
            });
            object.insert("changes".into(), changes.collect());
            serde_json::Value::Object(object)
        })
        .collect();
    json!({"device": hyphens(device.0), "circle": hyphens(circle.0), "edits": edits}).to_string().into_bytes()
}

/// A page of records, each with the edit that made it.
pub fn pull(circle: CircleId, records: &[Record], names: &[EditName], naming: Naming, uuids: &[Uuid]) -> Vec<u8> {
    let records: Vec<_> = records
        .iter()
        .zip(names)
        .zip(uuids)
        .map(|((record, name), uuid)| {
            let cells: Map<_, _> =
                record.cells.iter().map(|(name, cell)| (name.to_string(), value(&cell.value))).collect();
            let by = match naming {
                Naming::Uuid => json!(uuid.to_string()),
                Naming::DeviceAndNumber => json!([0, name.n]),
            };
            let at = record.latest().map(|stamp| json!([stamp.millis.0, stamp.counter, 0]));
            json!({
                "kind": "step-event", "id": hyphens(record.id.0), "parent": record.parent.map(|id| hyphens(id.0)),
                "cells": cells, "by": by, "at": at, "number": record.number,
            })
        })
        .collect();
    let devices: Vec<String> = names.first().map(|name| hyphens(name.device.0)).into_iter().collect();
    json!({"devices": devices, "circle": hyphens(circle.0), "records": records}).to_string().into_bytes()
}
