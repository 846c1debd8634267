//! `GET /api/history/{circle}/{record}`: what people did to a record and to what is below it, for whoever may read it.

use axum::Json;
use axum::extract::{Path, State};
use opstap_core::history::PastEdit;
use opstap_core::{CircleId, RecordId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::changes::ChangeShown;
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// One edit. Device, moment and counter are its stamp.
#[derive(Serialize, ToSchema)]
pub struct Past {
    /// The device it was made on.
    device: String,
    /// When, in milliseconds since 1970.
    at: u64,
    /// Which of that millisecond.
    counter: u32,
    /// Whose device that is; nobody's for what the server itself made.
    by: Option<String>,
    /// What it did.
    changes: Vec<ChangeShown>,
}

/// Lists the edits, newest first.
#[utoipa::path(
    get,
    path = "/api/history/{circle}/{record}",
    responses((status = 200, body = Vec<Past>))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((circle, record)): Path<(String, String)>,
) -> Result<Json<Vec<Past>>, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchAddress)?;
    let record: RecordId = record.parse().map_err(|_| Problem::NoSuchAddress)?;
    let history = app.service.history(signed_in.session, circle, record).await?;
    Ok(Json(history.ok_or(Problem::NoSuchAddress)?.iter().map(past).collect()))
}

fn past(edit: &PastEdit) -> Past {
    Past {
        device: edit.stamp.device.to_string(),
        at: edit.stamp.millis.0,
        counter: edit.stamp.counter,
        by: edit.by.map(|person| person.to_string()),
        changes: edit.changes.iter().map(ChangeShown::from).collect(),
    }
}
