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
        let mut taken = Self::take_beside_a_database(folder)?;
        taken.new = taken.begin().map_err(|cause| unusable(folder, cause))?;
        Ok(taken)
    }

    /// Takes the folder for what stands beside a database that is elsewhere.
    ///
    /// # Errors
    /// As [`DataFolder::take`].
    pub fn take_beside_a_database(folder: &Path) -> Result<Self, StartError> {
        let unusable = |cause| unusable(folder, cause);
        fs::create_dir_all(folder).map_err(unusable)?;
        let lock = File::create(folder.join("opstap.lock")).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StartError::InUse { folder: folder.display().to_string() }),
            Err(TryLockError::Error(cause)) => return Err(unusable(cause)),
        }
        Ok(Self { folder: folder.to_owned(), new: false, _lock: lock })
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

    /// Puts another database in the place of this one, which is laid aside in a folder that is named after the life that begins.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn swap_in(&mut self, fresh: &Path, epoch: u64) -> io::Result<Option<PathBuf>> {
        let aside = self.folder.join(format!("before-restore-{epoch}"));
        let had_data = !self.new && self.database().exists();
        if had_data {
            fs::create_dir_all(&aside)?;
            for name in DATABASE.into_iter().filter(|name| self.folder.join(name).exists()) {
                fs::copy(self.folder.join(name), aside.join(name))?;
                File::open(aside.join(name))?.sync_all()?;
            }
        }
        // The old log must not be read into the new database. Until the one rename below the old database stands, so that a start in
        // between never finds none and takes the folder for new.
        for name in ["opstap.db-wal", "opstap.db-shm"] {
            remove(&self.folder.join(name))?;
        }
        File::open(fresh)?.sync_all()?;
        fs::rename(fresh, self.database())?;
        if self.new {
            self.filled()?;
        }
        File::open(&self.folder)?.sync_all()?;
        Ok(had_data.then_some(aside))
    }

    /// Stands there from before the database is made until it is filled.
    fn half_done(&self) -> PathBuf {
        self.folder.join("first-start")
    }

    fn begin(&self) -> io::Result<bool> {
        if self.half_done().exists() {
            remove_database(&self.database())?;
        } else if self.database().exists() {
            return Ok(false);
        }
        File::create(self.half_done())?.sync_all()?;
        File::open(&self.folder)?.sync_all()?;
        Ok(true)
    }
}

fn unusable(folder: &Path, cause: io::Error) -> StartError {
    StartError::Folder { folder: folder.display().to_string(), cause }
}

/// The database, and what SQLite keeps beside it.
const DATABASE: [&str; 3] = ["opstap.db", "opstap.db-wal", "opstap.db-shm"];

/// Removes a database file with what SQLite keeps beside it, where they are.
pub(super) fn remove_database(database: &Path) -> io::Result<()> {
    for end in ["", "-wal", "-shm"] {
        let mut name = database.as_os_str().to_owned();
        name.push(end);
        remove(Path::new(&name))?;
    }
    Ok(())
}

fn remove(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

/// Where the database of a data folder stands.
pub(super) fn database_in(folder: &Path) -> PathBuf {
    folder.join("opstap.db")
}
