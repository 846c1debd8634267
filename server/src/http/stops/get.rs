//! `GET /api/stops`: the stops and lines of the region, as they were imported last. What a device has already is not sent again.

use std::io;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use opstap_core::BlobHash;
use sha2::{Digest, Sha256};

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
    let bytes = match tokio::fs::read(&app.stops).await {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(Problem::NoStops),
        read => read?,
    };
    // A weak tag, as the same file goes packed in one way or another.
    let tag = format!("W/\"{}\"", BlobHash(Sha256::digest(&bytes).into()));
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let unchanged = known.flat_map(|list| list.split(',')).any(|known| known.trim() == tag);
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], bytes).into_response()
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}
