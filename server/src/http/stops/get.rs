//! `GET /api/stops`: the stops and lines of the region, as they were imported last. What a device has already is not sent again.

use std::io;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::gtfs;
use crate::http::as_it_was::whole_or_unchanged;
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Gives the file. It is read each time: an import beside the running server replaces it, and a device asks once a day.
#[utoipa::path(
    get,
    path = "/api/stops",
    responses((status = 200, description = "Stops and lines of the region", body = String, content_type = "text/plain"), (status = 304, description = "As it was"))
)]
pub async fn get(State(app): State<App>, _signed_in: SignedIn, headers: HeaderMap) -> Result<Response, Problem> {
    let bytes = match tokio::fs::read(gtfs::kept(&app.data)).await {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(Problem::NoStops),
        read => read?,
    };
    Ok(whole_or_unchanged(bytes, "text/plain; charset=utf-8", &headers))
}
