//! `GET` and `HEAD /api/blobs/{circle}/{hash}`: a photo or sound, whole or in part, for whoever may read what refers to it.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use opstap_sync_server::service::BlobAccess;
use tower_http::services::ServeFile;

use crate::blobs::Sender;
use crate::http::blobs::Named;
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Sends the bytes. Where they are not here (yet), the 404 says in `upload-offset` how many this person has brought so far.
#[utoipa::path(
    get,
    path = "/api/blobs/{circle}/{hash}",
    responses((status = 200, description = "A photo or sound, under its own media type", body = Vec<u8>, content_type = "application/octet-stream"), (status = 206, description = "The part of it that was asked for", body = Vec<u8>, content_type = "application/octet-stream"))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(named): Path<Named>,
    request: Request,
) -> Result<Response, Problem> {
    let (circle, hash) = named.ids()?;
    let person = signed_in.session.person.id;
    match app.service.read_blob(signed_in.session, circle, hash).await? {
        BlobAccess::Readable { held_in, .. } => {
            let media_type = app.blobs.media_type(held_in, hash).await?;
            let mut file = ServeFile::new(app.blobs.path(held_in, hash));
            let sent = file.try_call(request).await?;
            if sent.status() == StatusCode::RANGE_NOT_SATISFIABLE {
                return Err(Problem::NoSuchRange);
            }
            if sent.status() == StatusCode::NOT_FOUND {
                return Err(Problem::trouble("the bytes of a blob are gone from the disk"));
            }
            let mut response = sent.map(Body::new).into_response();
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
            // The phone keeps photos in its own store, which lets go when a consent ends; a browser's cache would not.
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(response)
        }
        BlobAccess::Lacking | BlobAccess::Hidden => {
            let have = app.blobs.arrived(&Sender { circle, hash, person }).await?;
            Err(Problem::NoSuchBlob { have })
        }
    }
}
