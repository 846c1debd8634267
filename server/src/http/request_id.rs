//! A name for each request, in the log and in the answer, by which a person can report what they saw.

use axum::http::{HeaderName, HeaderValue, Request};
use tower_http::request_id::{MakeRequestId, RequestId};

/// The header with the name.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Makes random names. One that came from outside is not taken over: it would be somebody else's text in our log.
#[derive(Clone, Copy, Debug)]
pub struct RandomRequestId;

impl MakeRequestId for RandomRequestId {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        let name = getrandom::u64().ok()?;
        HeaderValue::from_str(&format!("{name:016x}")).ok().map(RequestId::new)
    }
}
