//! `GET /api/devices`: the devices of whoever asks, so that a lost phone can be told from the one in hand.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// One device.
#[derive(Serialize, ToSchema)]
pub struct Device {
    /// Its id.
    id: String,
    /// Since when, in milliseconds since 1970.
    since: u64,
    /// Since when it is shut out, if it is.
    revoked: Option<u64>,
    /// How many edits waited on it at its last word.
    waiting: u32,
    /// How many refused edits lay in its tray at its last word.
    refused: u32,
    /// Whether it is the one that asks.
    this: bool,
}

/// Lists the devices.
#[utoipa::path(
    get,
    path = "/api/devices",
    responses((status = 200, body = Vec<Device>))
)]
pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Vec<Device>>, Problem> {
    let session = signed_in.session;
    let devices = app.service.devices(session.person.id).await?;
    let listed = devices.into_iter().map(|device| Device {
        id: device.id.to_string(),
        since: device.since.0,
        revoked: device.revoked.map(|at| at.0),
        waiting: device.waiting,
        refused: device.refused,
        this: device.id == session.device,
    });
    Ok(Json(listed.collect()))
}
