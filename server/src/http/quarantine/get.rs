//! `GET /api/quarantine/{circle}`: what waits in a circle, for those who have a say in it.

use axum::Json;
use axum::extract::{Path, State};
use opstap_core::{Change, CircleId, Value};
use opstap_sync_server::storage::QuarantinedEdit;
use serde::Serialize;
use serde_json::{Map, Value as Json_, json};

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// An edit in quarantine.
#[derive(Serialize)]
pub struct Waiting {
    /// The device of its name.
    device: String,
    /// The n of its name.
    n: u64,
    /// The person who made it.
    author: String,
    /// When it arrived, in milliseconds since 1970.
    at: u64,
    /// What somebody made of it; nothing while it waits.
    ruled: Option<Ruled>,
    /// What it does, in order.
    changes: Vec<Json_>,
}

/// What somebody made of an edit.
#[derive(Serialize)]
pub struct Ruled {
    /// The person.
    by: String,
    /// When, in milliseconds since 1970.
    at: u64,
    /// Whether it counts.
    let_in: bool,
}

/// Lists what waits and what was ruled on; nothing for whoever has no say.
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
) -> Result<Json<Vec<Waiting>>, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let kept = app.service.quarantined(signed_in.session, circle).await?;
    Ok(Json(kept.iter().map(waiting).collect()))
}

fn waiting(kept: &QuarantinedEdit) -> Waiting {
    Waiting {
        device: kept.edit.name.device.to_string(),
        n: kept.edit.name.n,
        author: kept.author.to_string(),
        at: kept.at.0,
        ruled: kept.ruled.map(|ruled| Ruled { by: ruled.by.to_string(), at: ruled.at.0, let_in: ruled.let_in }),
        changes: kept.edit.changes.iter().map(change).collect(),
    }
}

fn change(change: &Change) -> Json_ {
    let cells: Map<String, Json_> = change.cells().iter().map(|(name, held)| (name.to_string(), value(held))).collect();
    let record = change.record().to_string();
    match change {
        Change::Make { kind, parent, .. } => {
            let parent = parent.map(|parent| parent.to_string());
            json!({ "makes": record, "kind": kind.code(), "parent": parent, "cells": cells })
        }
        Change::Set { .. } => json!({ "sets": record, "cells": cells }),
    }
}

fn value(value: &Value) -> Json_ {
    match value {
        Value::Nothing => Json_::Null,
        Value::Bool(yes) => json!(yes),
        Value::Int(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Id(id) => json!(opstap_core::RecordId(*id).to_string()),
        Value::Ids(ids) => json!(ids.iter().map(|id| opstap_core::RecordId(*id).to_string()).collect::<Vec<_>>()),
        Value::Blob(blob) => json!({ "blob": blob.hash.to_string(), "size": blob.size }),
    }
}
