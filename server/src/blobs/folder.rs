//! The folder with the blobs: `<circle>/<first two digits>/<hash>` for what is complete, `arriving/` for what is on its way.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use opstap_core::{BlobHash, CircleId, PersonId};
use tokio::fs;
use tokio::io::AsyncReadExt;

use crate::blobs::content::{BEGIN, media_type};
use crate::blobs::{Stopped, Upload};

/// How long the beginning of an upload is kept for its sender to go on.
const KEPT: Duration = Duration::from_secs(7 * 86_400);

/// One person sending one blob. What others send under the same name does not mix with it until it is complete and proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sender {
    /// The circle it is for.
    pub circle: CircleId,
    /// Its name.
    pub hash: BlobHash,
    /// Who sends it.
    pub person: PersonId,
}

/// The blobs of this server. Clones share one folder.
#[derive(Debug, Clone)]
pub struct BlobFolder {
    root: PathBuf,
    at_work: Arc<Mutex<HashSet<Sender>>>,
}

impl BlobFolder {
    /// Opens the folder, makes it where it is not there, and clears beginnings that nobody came back for.
    ///
    /// # Errors
    /// When the disk does not allow it.
    pub fn open(root: &Path) -> io::Result<Self> {
        let arriving = root.join("arriving");
        std::fs::create_dir_all(&arriving)?;
        for entry in std::fs::read_dir(arriving)? {
            let entry = entry?;
            let written = entry.metadata()?.modified()?;
            if SystemTime::now().duration_since(written).is_ok_and(|age| age > KEPT) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(Self { root: root.to_owned(), at_work: Arc::default() })
    }

    /// Where a complete blob stands.
    #[must_use]
    pub fn path(&self, circle: CircleId, hash: BlobHash) -> PathBuf {
        let name = hash.to_string();
        let shelf = name.get(..2).unwrap_or_default();
        self.root.join(circle.to_string()).join(shelf).join(&name)
    }

    fn arriving(&self, sender: &Sender) -> PathBuf {
        let name = format!("{}-{}-{}", sender.circle, sender.hash, sender.person);
        self.root.join("arriving").join(name)
    }

    /// How many bytes of the blob its sender has brought so far.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn arrived(&self, sender: &Sender) -> io::Result<u64> {
        Ok(length_of(&self.arriving(sender)).await?.unwrap_or(0))
    }

    /// What a complete blob is.
    ///
    /// # Errors
    /// When it is not here, or the disk fails.
    pub async fn media_type(&self, circle: CircleId, hash: BlobHash) -> io::Result<&'static str> {
        let mut begin = Vec::with_capacity(BEGIN);
        let file = fs::File::open(self.path(circle, hash)).await?;
        file.take(BEGIN as u64).read_to_end(&mut begin).await?;
        Ok(media_type(&begin).unwrap_or("application/octet-stream"))
    }

    /// Takes a blob away that the database does not refer to.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn remove(&self, circle: CircleId, hash: BlobHash) -> io::Result<()> {
        fs::remove_file(self.path(circle, hash)).await
    }

    /// Begins an upload anew, or goes on at `offset` with an earlier one.
    ///
    /// # Errors
    /// When the same person is sending the same blob just now, or `offset` is not where the earlier upload came to.
    pub async fn begin(&self, sender: Sender, offset: Option<u64>, most: u64) -> Result<Upload, Stopped> {
        let turn = Turn::take(&self.at_work, sender).ok_or(Stopped::AtWork)?;
        let have = self.arrived(&sender).await?;
        if offset.is_some_and(|offset| offset != have) {
            return Err(Stopped::OtherOffset { have });
        }
        let offset = offset.unwrap_or(0);
        let paths = (self.arriving(&sender), self.path(sender.circle, sender.hash));
        Upload::open(turn, paths, sender.hash, offset, most).await
    }
}

/// Puts a finished file in its place, so that it is there whole or not at all, also after a power cut.
pub(super) async fn settle(arrived: &Path, place: &Path) -> io::Result<()> {
    fs::File::open(arrived).await?.sync_all().await?;
    if let Some(shelf) = place.parent() {
        fs::create_dir_all(shelf).await?;
        fs::rename(arrived, place).await?;
        fs::File::open(shelf).await?.sync_all().await?;
    }
    Ok(())
}

async fn length_of(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path).await {
        Ok(found) => Ok(Some(found.len())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// The right to write one arriving file: two tabs of one person would mix their bytes.
#[derive(Debug)]
pub(super) struct Turn {
    sender: Sender,
    at_work: Arc<Mutex<HashSet<Sender>>>,
}

impl Turn {
    fn take(at_work: &Arc<Mutex<HashSet<Sender>>>, sender: Sender) -> Option<Self> {
        let free = at_work.lock().unwrap_or_else(PoisonError::into_inner).insert(sender);
        free.then(|| Self { sender, at_work: Arc::clone(at_work) })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        at_work.remove(&self.sender);
    }
}
