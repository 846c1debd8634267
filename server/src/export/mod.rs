//! All of a circle in one open file: a ZIP with every record as JSON, the lists as text between commas, photos and recordings as files, and a
//! page on what is what. `docs/export-format.md` describes it.

mod archive;
mod cells;
mod everything;
mod read_me;
mod record;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use opstap_core::{BlobHash, CircleId, Millis, PersonId};
use opstap_sync_server::service::CircleRead;

use crate::blobs::BlobFolder;

pub use archive::{Archive, Fault};
pub use everything::{NotExported, all_of};

/// The version of the form. It rises when what is there gets another meaning or goes; what comes beside it changes nothing.
pub const VERSION: u32 = 1;

/// What goes out of one circle.
#[derive(Debug)]
pub struct Parcel {
    /// What is given of it.
    pub read: CircleRead,
    /// Where the bytes of its photos and recordings stand, of those that the server has.
    pub files: BTreeMap<BlobHash, Held>,
}

/// A photo or recording on the disk.
#[derive(Debug, Clone)]
pub struct Held {
    /// Where.
    pub path: PathBuf,
    /// Its media type.
    pub media_type: &'static str,
}

/// For whom and when.
#[derive(Debug, Clone, Copy)]
pub struct For {
    /// Who takes it along; nobody where it is the organisation.
    pub person: Option<PersonId>,
    /// Now.
    pub now: Millis,
}

/// Where a photo or recording stands. One that is gone from the disk keeps nothing else from going out: it is told as one that is not here.
///
/// # Errors
/// When the disk fails.
pub async fn held(blobs: &BlobFolder, circle: CircleId, hash: BlobHash) -> io::Result<Option<Held>> {
    match blobs.media_type(circle, hash).await {
        Ok(media_type) => Ok(Some(Held { path: blobs.path(circle, hash), media_type })),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            tracing::error!(%circle, %hash, "the bytes of a blob are gone from the disk");
            Ok(None)
        }
        Err(cause) => Err(cause),
    }
}

impl Held {
    /// What a file of such a blob is called.
    #[must_use]
    pub fn name(&self, hash: BlobHash) -> String {
        let ending = match self.media_type {
            "image/jpeg" => "jpg",
            "image/png" => "png",
            "image/webp" => "webp",
            "audio/wav" => "wav",
            "audio/ogg" => "ogg",
            "audio/webm" => "webm",
            "audio/mpeg" => "mp3",
            "audio/mp4" => "m4a",
            _ => "bin",
        };
        format!("files/{hash}.{ending}")
    }
}
