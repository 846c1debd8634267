//! A programme to and from files, for whoever coordinates it.

pub mod about;
pub mod check;
pub mod export;
pub mod import;
pub mod list;
pub mod report;
pub mod undo;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use opstap_core::{CircleId, Day};
use opstap_sync_server::StorageError;
use opstap_sync_server::service::Session;

use crate::database::Database;
use crate::exchange::grid::Unreadable;
use crate::exchange::read::Held;
use crate::exchange::{ExchangeError, Office, held};
use crate::http::error::Problem;
use crate::http::state::App;

/// A file of more bytes than this is imported by the command, beside the server: here it would hold up what people do meanwhile.
pub const MOST_FILE: usize = 5_000_000;

/// The office of this programme, if the session's person coordinates it. For anybody else it is a circle like one that is not there.
async fn office<'a>(app: &'a App, session: Session, circle: &str) -> Result<Office<'a, Database>, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let organisation = app.service.coordinated(session, circle).await?.ok_or(Problem::NoSuchCircle)?;
    Ok(Office::at(&app.service, organisation))
}

/// What a file that was sent holds, or why it is none. Read apart from what serves others, as it may take long.
async fn rows_of(body: Result<Bytes, BytesRejection>) -> Result<Result<Held, Unreadable>, Problem> {
    let bytes = body.map_err(|_| Problem::too_large(MOST_FILE, "bytes"))?;
    tokio::task::spawn_blocking(move || held(&bytes)).await.map_err(Problem::trouble)
}

/// The media type of a spreadsheet.
pub(in crate::http) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file to keep.
pub(in crate::http) fn file(name: &str, ending: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}-{}.{ending}\"", today().written());
    let headers = [
        (CONTENT_TYPE, media.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}

fn today() -> Day {
    use opstap_sync_server::Clock as _;
    Day::of(crate::world::SystemClock.now())
}

impl From<ExchangeError> for Problem {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::Service(error) => error.into(),
            ExchangeError::Storage(StorageError::TryAgain) => Self::Busy,
            // Somebody wrote in the same rows at the same moment.
            why @ (ExchangeError::NotWritten(_) | ExchangeError::PartWritten { .. }) => {
                tracing::info!(%why, "not all was written");
                Self::OtherThanShown
            }
            other => Self::trouble(other),
        }
    }
}
