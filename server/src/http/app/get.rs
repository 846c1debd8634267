//! Serves the embedded app: compressed as the browser likes it, kept as long as its name allows, and a page for every address inside.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use axum::response::IntoResponse;

use crate::app_files::{self, AppFile};
use crate::http::error::Problem;
use crate::http::fhir;

/// `GET /…` for everything that is not under `/api`. The router adds `HEAD`.
pub async fn get(method: Method, uri: Uri, headers: HeaderMap) -> axum::response::Response {
    if method != Method::GET && method != Method::HEAD {
        return Problem::MethodNotAllowed.into_response();
    }
    let path = uri.path();
    // No address of the FHIR interface is a page of the app.
    if fhir::serves(path) {
        return Problem::NoSuchAddress.into_response();
    }
    match app_files::at(path).or_else(|| app_files::page_for(path)) {
        Some(file) => serve(file, &headers),
        None => Problem::NoSuchAddress.into_response(),
    }
}

/// How a file is packed on the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Packing {
    Brotli,
    Gzip,
    Plain,
}

impl Packing {
    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Plain => "identity",
        }
    }
}

fn serve(file: &AppFile, headers: &HeaderMap) -> Response<Body> {
    let (packing, bytes) = choose(file, headers);
    // Each packing has a tag of its own: a strong tag stands for bytes.
    let tag = format!("\"{}-{}\"", file.hash, packing.name());
    let unchanged = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == tag);
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut whole = Response::new(Body::from(bytes));
        whole.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
        whole.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if packing != Packing::Plain {
            whole.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(packing.name()));
        }
        whole
    };
    let keep = if file.forever { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// The smallest form that the browser takes.
fn choose(file: &AppFile, headers: &HeaderMap) -> (Packing, &'static [u8]) {
    let takes = |packing| takes(headers, packing);
    match (file.br, file.gz) {
        (Some(br), _) if takes(Packing::Brotli) => (Packing::Brotli, br),
        (_, Some(gz)) if takes(Packing::Gzip) => (Packing::Gzip, gz),
        _ => (Packing::Plain, file.raw),
    }
}

/// Whether `Accept-Encoding` names the packing and does not refuse it with `q=0`.
fn takes(headers: &HeaderMap, packing: Packing) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(packing.name()));
            let refused = parts
                .filter_map(|part| part.strip_prefix("q="))
                .any(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
            named && !refused
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: AppFile = AppFile {
        path: "/x.js",
        media_type: "text/javascript",
        hash: "0123",
        forever: true,
        raw: b"plain",
        br: Some(b"br"),
        gz: Some(b"gz"),
    };

    fn asking(accept: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accept))])
    }

    #[test]
    fn a_browser_gets_the_smallest_form_it_takes() {
        assert_eq!(choose(&FILE, &asking("gzip, deflate, br, zstd")).1, b"br");
        assert_eq!(choose(&FILE, &asking("gzip, br;q=0")).1, b"gz");
        assert_eq!(choose(&FILE, &asking("deflate")).1, b"plain");
        assert_eq!(choose(&FILE, &HeaderMap::new()).1, b"plain");
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        let first = serve(&FILE, &asking("br"));
        let tag = first.headers().get(ETAG).cloned().unwrap();
        let mut again = asking("br");
        again.insert(IF_NONE_MATCH, tag.clone());
        let second = serve(&FILE, &again);
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(second.headers().get(VARY).unwrap(), "accept-encoding");
        let mut other_packing = asking("gzip");
        other_packing.insert(IF_NONE_MATCH, tag);
        assert_eq!(serve(&FILE, &other_packing).status(), StatusCode::OK);
    }
}
