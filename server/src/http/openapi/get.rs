//! `GET /api/openapi.json`: what is served, for programs. Tells nothing of anybody, so nobody has to be signed in.

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::http::openapi::describe::description;
use crate::http::router::described;

/// Made once: it is the same for everybody as long as the program runs.
static DESCRIPTION: LazyLock<String> = LazyLock::new(|| description(&described()).to_string());

/// Gives the description.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    responses((status = 200, description = "This description", body = Object)),
    security(())
)]
pub async fn get() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DESCRIPTION.as_str())
}
