//! `PUT /api/blobs/{circle}/{hash}`: the bytes of a photo or sound, from the start or from where an earlier try came to.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use futures::StreamExt;
use opstap_core::{BlobHash, CircleId};
use opstap_sync_server::service::{BlobAccess, BlobArrival, Session};

use crate::blobs::{Sender, Stopped, Upload};
use crate::http::blobs::Named;
use crate::http::error::{Problem, UPLOAD_OFFSET};
use crate::http::signed_in::HandsIn;
use crate::http::state::App;

/// How long the next bytes may take before the connection counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// Takes the bytes. 201 when they are new here, 204 when they were here already.
///
/// Whoever is or was in the circle may bring them: what refers to them may come later, or wait for somebody to let it in. With the header
/// `upload-offset` the bytes are the rest from there, and 409 names the place where the server is; without it they are the whole.
#[utoipa::path(
    put,
    path = "/api/blobs/{circle}/{hash}",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The bytes, from the offset that upload-offset says"),
    responses((status = 201), (status = 204, description = "The bytes were not needed any more")),
    params(("upload-offset" = Option<u64>, Header, description = "From which byte on it goes on"))
)]
pub async fn put(
    State(app): State<App>,
    HandsIn { session }: HandsIn,
    Path(named): Path<Named>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Problem> {
    let (circle, hash) = named.ids()?;
    let offset = offset(&headers)?;
    if !app.service.may_send_blob(session, circle).await? {
        return Err(Problem::NoSuchCircle);
    }
    let sender = Sender { circle, hash, person: session.person.id };
    let most = app.limits.most_blob_bytes;
    let mut pieces = body.into_data_stream();
    let received = match app.blobs.begin(sender, offset, most).await {
        Ok(mut upload) => receive(&mut upload, &mut pieces).await.map(|received| (upload, received)),
        Err(stopped) => Err(stopped),
    };
    match received {
        Ok((upload, Received::All)) => {
            let size = upload.finish().await?;
            enter(&app, session, circle, hash, size).await
        }
        Ok((upload, Received::Part)) => Err(Problem::OtherOffset { have: upload.pause().await? }),
        Err(stopped) => {
            let_pass(pieces, most).await;
            Err(stopped.into())
        }
    }
}

/// Where the bytes begin, if the request says so.
fn offset(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(header) = headers.get(UPLOAD_OFFSET) else {
        return Ok(None);
    };
    let offset = header.to_str().ok().and_then(|text| text.parse().ok());
    offset.map(Some).ok_or(Problem::BodyNotUnderstood("upload-offset as a whole number of bytes"))
}

enum Received {
    All,
    /// The connection was lost on the way; the sender may never read the answer.
    Part,
}

async fn receive(upload: &mut Upload, pieces: &mut BodyDataStream) -> Result<Received, Stopped> {
    loop {
        match tokio::time::timeout(PATIENCE, pieces.next()).await {
            Ok(Some(Ok(piece))) => upload.take(&piece).await?,
            Ok(None) => return Ok(Received::All),
            Ok(Some(Err(_))) | Err(_) => return Ok(Received::Part),
        }
    }
}

/// Lets the rest of a body go by: a browser that is still sending when the connection closes never reads why.
async fn let_pass(mut pieces: BodyDataStream, most: u64) {
    let mut passed = 0;
    while let Ok(Some(Ok(piece))) = tokio::time::timeout(PATIENCE, pieces.next()).await {
        passed += piece.len() as u64;
        if passed > most {
            break;
        }
    }
}

/// Tells the service what stands on disk now.
async fn enter(
    app: &App,
    session: Session,
    circle: CircleId,
    hash: BlobHash,
    size: u32,
) -> Result<StatusCode, Problem> {
    match app.service.blob_arrived(session, circle, hash, size).await? {
        BlobArrival::Kept => Ok(StatusCode::CREATED),
        BlobArrival::AlreadyThere => {
            let held = app.service.read_blob(session, circle, hash).await?;
            if matches!(held, BlobAccess::Readable { held_in, .. } if held_in != circle) {
                // The library has the same bytes and the circle refers to those.
                app.blobs.remove(circle, hash).await?;
            }
            Ok(StatusCode::NO_CONTENT)
        }
        BlobArrival::NotTheirs => Err(Problem::NoSuchCircle),
    }
}
