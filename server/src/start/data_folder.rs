//! The data folder: `opstap.db` with what SQLite keeps beside it, `blobs/`, and a lock against a second server on the same data.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::StartError;

/// The folder, held by this process until it is dropped.
#[derive(Debug)]
pub struct DataFolder {
    folder: PathBuf,
    /// Whether there was no data before.
    new: bool,
    _lock: File,
}

impl DataFolder {
    /// Takes the folder, and makes it where it is not there. What a first start left half-done is cleared: nobody has used it yet.
    ///
    /// # Errors
    /// When the folder cannot be used, or another server holds it.
    pub fn take(folder: &Path) -> Result<Self, StartError> {
        let unusable = |cause| StartError::Folder { folder: folder.display().to_string(), cause };
        fs::create_dir_all(folder).map_err(unusable)?;
        let lock = File::create(folder.join("opstap.lock")).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StartError::InUse { folder: folder.display().to_string() }),
            Err(TryLockError::Error(cause)) => return Err(unusable(cause)),
        }
        let mut taken = Self { folder: folder.to_owned(), new: false, _lock: lock };
        taken.new = taken.begin().map_err(unusable)?;
        Ok(taken)
    }

    /// Whether the server is to be filled; then [`DataFolder::filled`] follows.
    #[must_use]
    pub const fn is_new(&self) -> bool {
        self.new
    }

    /// Says that the first start came to its end.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn filled(&mut self) -> io::Result<()> {
        self.new = false;
        fs::remove_file(self.half_done())?;
        File::open(&self.folder)?.sync_all()
    }

    /// Where the database stands.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        database_in(&self.folder)
    }

    /// Where the blobs stand.
    #[must_use]
    pub fn blobs(&self) -> PathBuf {
        self.folder.join("blobs")
    }

    /// Stands there from before the database is made until it is filled.
    fn half_done(&self) -> PathBuf {
        self.folder.join("first-start")
    }

    fn begin(&self) -> io::Result<bool> {
        if self.half_done().exists() {
            for name in ["opstap.db", "opstap.db-wal", "opstap.db-shm"] {
                match fs::remove_file(self.folder.join(name)) {
                    Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
                    _ => {}
                }
            }
        } else if self.database().exists() {
            return Ok(false);
        }
        File::create(self.half_done())?.sync_all()?;
        File::open(&self.folder)?.sync_all()?;
        Ok(true)
    }
}

/// Where the database of a data folder stands.
pub(super) fn database_in(folder: &Path) -> PathBuf {
    folder.join("opstap.db")
}
