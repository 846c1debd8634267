//! `GET /fhir/metadata`: what the FHIR interface serves. Tells nothing of anybody, so nobody has to be signed in.

use axum::extract::State;
use axum::response::Response;
use opstap_core::Day;
use opstap_sync_server::Clock as _;

use super::{answer, base};
use crate::fhir::capability::statement;
use crate::http::state::App;
use crate::world::SystemClock;

/// Gives the statement.
#[utoipa::path(
    get,
    path = "/fhir/metadata",
    responses((status = 200, description = "A CapabilityStatement", body = Object, content_type = "application/fhir+json")),
    security(())
)]
pub async fn get(State(app): State<App>) -> Response {
    answer(&statement(&base(&app), Day::of(SystemClock.now())))
}
