//! `GET /api/circles/{circle}/export.zip`: all that somebody may read of a circle in one open file, for the client, who decides for them, and
//! the professionals round them. It is written as it is sent, so that an album of photos takes no memory.

use std::collections::BTreeMap;
use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::stream;
use opstap_core::access::Section;
use opstap_core::model::CircleKind;
use opstap_core::{BlobHash, CircleId, Day, Kind, Record};
use opstap_sync_server::Clock as _;
use opstap_sync_server::service::{BlobAccess, CircleRead, Reach, Session};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::export::{Archive, Fault, For, Held, Parcel, held};
use crate::guidance::instruments::Instruments;
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::lists::Circle;
use crate::world::SystemClock;

/// How many bytes are sent at a time, at the least.
const AT_A_TIME: usize = 64 * 1_024;

/// Gives the file.
#[utoipa::path(
    get,
    path = "/api/circles/{circle}/export.zip",
    responses((status = 200, description = "The file, as docs/export-format.md describes it", body = Vec<u8>, content_type = "application/zip"))
)]
pub async fn get(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path(circle): Path<String>,
) -> Result<Response, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let kinds: Vec<Kind> = Kind::all().collect();
    let read = app.service.read_circles(session, Reach::Circle(circle), &kinds).await?;
    let read = read.into_iter().find(|read| read.kind == CircleKind::Client).ok_or(Problem::NoSuchCircle)?;
    let relation = Circle::new(&read).relation(session.person.id);
    if !read.is_own && !relation.is_some_and(opstap_core::model::Relation::is_professional) {
        return Err(Problem::NotAllowed);
    }
    let files = files(&app, session, &read).await?;
    let given = read.records.iter().map(|record| (circle, Section::of(record.kind))).collect();
    app.service.note_read(session, given).await?;
    let now = SystemClock.now();
    let of = For { person: Some(session.person.id), now };
    let instruments = app.instruments().await?;
    let (sends, comes) = channel(4);
    tokio::task::spawn_blocking(move || {
        let parcel = Parcel { read, files };
        if let Err(fault) = write(&parcel, instruments, of, &sends) {
            tracing::warn!(%fault, "an export was not sent to its end");
            // Who saves it sees that it broke off, and has no half of it.
            let _ = sends.blocking_send(Err(io::Error::other("the export broke off")));
        }
    });
    let headers = [
        (CONTENT_TYPE, "application/zip".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"opstap-{}.zip\"", Day::of(now).written())),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, body(comes)).into_response())
}

/// Where the photos and recordings stand that these records refer to: by the same rights as each by itself.
async fn files(app: &App, session: Session, read: &CircleRead) -> Result<BTreeMap<BlobHash, Held>, Problem> {
    let mut files = BTreeMap::new();
    for hash in read.records.iter().flat_map(Record::blobs).map(|blob| blob.hash) {
        if files.contains_key(&hash) {
            continue;
        }
        if let BlobAccess::Readable { held_in, .. } = app.service.read_blob(session, read.circle, hash).await? {
            files.extend(held(&app.blobs, held_in, hash).await?.map(|held| (hash, held)));
        }
    }
    Ok(files)
}

fn write(parcel: &Parcel, instruments: Instruments, of: For, sends: &Sender<io::Result<Bytes>>) -> Result<(), Fault> {
    let mut archive = Archive::begin(Pieces { sends, waiting: Vec::with_capacity(AT_A_TIME) }, instruments, of)?;
    archive.put("", parcel)?;
    archive.end()
}

fn body(comes: Receiver<io::Result<Bytes>>) -> Body {
    Body::from_stream(stream::unfold(comes, |mut comes| async move { Some((comes.recv().await?, comes)) }))
}

/// Hands on what is written in pieces, as fast as they are taken.
struct Pieces<'a> {
    sends: &'a Sender<io::Result<Bytes>>,
    waiting: Vec<u8>,
}

impl Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= AT_A_TIME {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = Bytes::from(std::mem::replace(&mut self.waiting, Vec::with_capacity(AT_A_TIME)));
        if piece.is_empty() {
            return Ok(());
        }
        self.sends.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
