//! `GET /api/quarantine`: in which circles something waits for whoever asks.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// A circle in which something waits.
#[derive(Serialize, ToSchema)]
pub struct WaitsIn {
    /// The circle.
    circle: String,
    /// How many edits.
    waiting: usize,
    /// When the newest came, in milliseconds since 1970.
    latest: u64,
}

/// Lists the circles; nothing for whoever has no say anywhere.
#[utoipa::path(
    get,
    path = "/api/quarantine",
    responses((status = 200, body = Vec<WaitsIn>))
)]
pub async fn list(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Vec<WaitsIn>>, Problem> {
    let waiting = app.service.quarantine_waiting(signed_in.session).await?;
    let listed = waiting.into_iter().map(|(circle, waiting, latest)| WaitsIn {
        circle: circle.to_string(),
        waiting,
        latest: latest.0,
    });
    Ok(Json(listed.collect()))
}
