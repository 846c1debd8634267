//! What every answer tells the browser not to allow. Answers of the API are no pages: they run nothing at all, and weigh less.

use axum::http::{HeaderName, HeaderValue};

use crate::http::fhir;

/// Only code of our own, nothing inline, no frame around it, no form to elsewhere.
const CONTENT: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; media-src 'self' blob: data:; \
     connect-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// The headers that stand on every answer of the API.
static OF_DATA: [(HeaderName, HeaderValue); 3] = [
    (
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
    (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// The headers that stand on every other answer.
static OF_PAGES: [(HeaderName, HeaderValue); 6] = [
    (HeaderName::from_static("content-security-policy"), HeaderValue::from_static(CONTENT)),
    (HeaderName::from_static("x-content-type-options"), HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("referrer-policy"), HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// The headers for an answer at this path.
pub fn headers(path: &str) -> impl Iterator<Item = (HeaderName, HeaderValue)> + use<> {
    let is_data = path == "/api" || path.starts_with("/api/") || fhir::serves(path);
    let headers: &[(HeaderName, HeaderValue)] = if is_data { &OF_DATA } else { &OF_PAGES };
    headers.iter().cloned()
}
