//! A file that devices ask for now and then: what one has already is not sent again.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use opstap_core::BlobHash;
use sha2::{Digest, Sha256};

/// The file, or that it is as the device that asks has it.
pub fn whole_or_unchanged(bytes: Vec<u8>, media_type: &'static str, asked: &HeaderMap) -> Response {
    // A weak tag, as the same file goes packed in one way or another.
    let tag = format!("W/\"{}\"", BlobHash(Sha256::digest(&bytes).into()));
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let unchanged = known.flat_map(|list| list.split(',')).any(|known| known.trim() == tag);
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, HeaderValue::from_static(media_type))], bytes).into_response()
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
