//! `PUT /api/blobs/{circle}/{hash}`: the bytes of a photo or sound, from the start or from where an earlier try came to.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use futures::StreamExt;
use opstap_core::{BlobHash, CircleId};
use opstap_sync_server::service::{BlobAccess, BlobArrival, Session};

use crate::blobs::{Sender, Upload};
use crate::http::blobs::Named;
use crate::http::error::{Problem, UPLOAD_OFFSET};
use crate::http::signed_in::HandsIn;
use crate::http::state::App;

/// How long the next bytes may take before the connection counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// Takes the bytes. 201 when they are new here, 204 when they were here already.
///
/// Whoever is or was in the circle may bring them: what refers to them may come later, or wait for somebody to let it in.
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
    let mut upload = app.blobs.begin(sender, offset, app.limits.most_blob_bytes).await?;
    match receive(&mut upload, body).await? {
        Received::All => {}
        Received::Part => {
            let have = upload.pause().await?;
            return Err(Problem::OtherOffset { have });
        }
    }
    let size = upload.finish().await?;
    enter(&app, session, circle, hash, size).await
}

/// Where the bytes begin: the header `upload-offset`, or the start.
fn offset(headers: &HeaderMap) -> Result<u64, Problem> {
    let Some(header) = headers.get(UPLOAD_OFFSET) else {
        return Ok(0);
    };
    let offset = header.to_str().ok().and_then(|text| text.parse().ok());
    offset.ok_or(Problem::BodyNotUnderstood("upload-offset as a whole number of bytes"))
}

enum Received {
    All,
    /// The connection was lost on the way; the sender may never read the answer.
    Part,
}

async fn receive(upload: &mut Upload, body: Body) -> Result<Received, Problem> {
    let mut pieces = body.into_data_stream();
    loop {
        match tokio::time::timeout(PATIENCE, pieces.next()).await {
            Ok(Some(Ok(piece))) => upload.take(&piece).await?,
            Ok(None) => return Ok(Received::All),
            Ok(Some(Err(_))) | Err(_) => return Ok(Received::Part),
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
