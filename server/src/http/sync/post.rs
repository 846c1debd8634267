//! `POST /api/sync`: what the device has goes in, verdicts and what it lacks come out. `docs/protocol.md` describes the bytes.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use opstap_core::protocol::{MEDIA_TYPE, WireError, decode_request, encode_answer_as};

use super::packed;
use crate::http::error::Problem;
use crate::http::signed_in::HandsIn;
use crate::http::state::App;

const EXPECTED: &str = "a request of the sync round trip (application/vnd.opstap.sync), perhaps packed with gzip, as docs/protocol.md describes";

/// Takes a request and answers it. A session that somebody ended is heard, and gets verdicts alone.
#[utoipa::path(
    post,
    path = "/api/sync",
    request_body(content = Vec<u8>, content_type = "application/vnd.opstap.sync", description = "A request of the round trip, perhaps packed with gzip; docs/protocol.md describes the bytes"),
    responses((status = 200, description = "The answer of the round trip; docs/protocol.md describes the bytes", body = Vec<u8>, content_type = "application/vnd.opstap.sync"))
)]
pub async fn post(
    State(app): State<App>,
    HandsIn { session }: HandsIn,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let most = app.limits.most_sync_bytes;
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge { most, what: "bytes" },
        _ => Problem::BodyNotUnderstood(EXPECTED),
    })?;
    if headers.get(CONTENT_TYPE).is_none_or(|media| media != MEDIA_TYPE) {
        return Err(Problem::BodyNotUnderstood(EXPECTED));
    }
    let request = decode_request(&body).map_err(|error| match error {
        WireError::TooNew { .. } => Problem::UnknownVersion,
        WireError::TooOld { .. } => Problem::OldVersion,
        WireError::TooLarge { what, most } => Problem::too_large(most, what),
        WireError::Damaged { .. } => Problem::BodyNotUnderstood(EXPECTED),
    })?;
    let wire = request.wire;
    let answer = app.service.sync(session, request).await?;
    app.hints.presence.synced(session.person.id);
    Ok(packed::answer(&headers, encode_answer_as(&answer, wire)))
}
