//! `GET /api/health`: whether the server works, its database included. For a proxy or a watchdog; it tells nothing of anybody.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::state::App;

/// How long the database may take before the server counts as not well.
const PATIENCE: Duration = Duration::from_secs(5);

/// That all is well.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`.
    status: &'static str,
    /// The version of the program.
    version: &'static str,
}

/// Reads the database once.
#[utoipa::path(
    get,
    path = "/api/health",
    responses((status = 200, body = Health)),
    security(())
)]
pub async fn get(State(app): State<App>) -> Result<Json<Health>, Problem> {
    let read = tokio::time::timeout(PATIENCE, app.service.organisations()).await;
    read.map_err(|_| Problem::Busy)??;
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") }))
}
