//! `GET /api/programme/{circle}/imports`: the imports there were, the newest first, with who and when, and what taking each back would do.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::exchange::past::imports;
use crate::exchange::undo::undo_plan;
use crate::http::error::Problem;
use crate::http::programme::office;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// An import.
#[derive(Serialize, ToSchema)]
pub struct Listed {
    /// Its name.
    name: String,
    /// When, in milliseconds since 1970.
    at: u64,
    /// The name of whoever wrote it; empty when that is not known any more.
    by: String,
    /// How many rows it made or changed.
    rows: usize,
    /// How many rows would go when it is taken back.
    gone: usize,
    /// How many would be put back as they were.
    put_back: usize,
    /// How many stay, since somebody went on with them.
    stay: usize,
}

/// Lists them.
#[utoipa::path(
    get,
    path = "/api/programme/{circle}/imports",
    responses((status = 200, body = Vec<Listed>))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
) -> Result<Json<Vec<Listed>>, Problem> {
    let office = office(&app, signed_in.session, &circle).await?;
    let held = office.holdings().await?;
    let all = imports(&held.records);
    let by: BTreeMap<_, _> = office.names(all.iter().map(|one| one.device).collect()).await?;
    let listed = all.into_iter().map(|one| {
        let plan = undo_plan(&held.records, &one.name);
        Listed {
            at: one.at.0,
            by: by.get(&one.device).cloned().unwrap_or_default(),
            rows: one.rows,
            gone: plan.gone,
            put_back: plan.put_back,
            stay: plan.stay.len(),
            name: one.name,
        }
    });
    Ok(Json(listed.collect()))
}
