//! `GET /api/health`: whether the server works, its database included. For a proxy or a watchdog; it tells nothing of anybody.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::http::error::Problem;
use crate::http::state::App;

/// How long the database may take before the server counts as not well.
const PATIENCE: Duration = Duration::from_secs(5);

/// Reads the database once.
pub async fn get(State(app): State<App>) -> Result<Json<Value>, Problem> {
    let read = tokio::time::timeout(PATIENCE, app.service.organisations()).await;
    read.map_err(|_| Problem::Busy)??;
    Ok(Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") })))
}
