//! Problems in the words of FHIR.

use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::fhir::MEDIA_TYPE;
use crate::fhir::outcome::{Why, outcome};
use crate::http::error::Problem;

/// An answer of this interface: a problem is told as an `OperationOutcome`, with what its headers said.
#[must_use]
pub fn in_place_of(response: Response) -> Response {
    let Some(problem) = response.extensions().get::<Problem>() else { return response };
    let status = response.status();
    let sentence = problem.sentence();
    let why = Why { status: status.as_u16(), code: problem.code(), sentence: &sentence, detail: &problem.detail() };
    let body = outcome(&why).to_string();
    let mut headers = response.headers().clone();
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    (status, headers, body).into_response()
}
