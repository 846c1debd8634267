//! Keeps other sites out: what changes something must come from a page of this very server.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::http::error::Problem;
use crate::http::state::App;

/// Refuses a `POST`, `PUT` or `DELETE` that a browser sends on behalf of another site.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || comes_from_here(request.headers(), app.public_url()) {
        next.run(request).await
    } else {
        Problem::OtherOrigin.into_response()
    }
}

/// Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`. A program that says neither carries no
/// cookie of somebody else, so it can do no harm here.
fn comes_from_here(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    public_url.is_some_and(|url| url.trim_end_matches('/') == origin) || host.is_some() && host == text(HOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn from(headers: &[(&'static str, &'static str)]) -> bool {
        let headers =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        comes_from_here(&HeaderMap::from_iter(headers), Some("https://opstap.example"))
    }

    #[test]
    fn a_page_of_this_server_may_and_one_of_another_may_not() {
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
        assert!(from(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(from(&[("origin", "https://opstap.example"), ("host", "10.0.0.3:8080")]));
        assert!(!from(&[("origin", "https://elsewhere.example"), ("host", "127.0.0.1:8080")]));
        assert!(!from(&[("origin", "null"), ("host", "127.0.0.1:8080")]));
        assert!(from(&[]));
    }
}
