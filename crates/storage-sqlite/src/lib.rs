//! Storage on SQLite, for an organisation on one small machine: one writer thread that commits waiting jobs together, a few readers,
//! everything on disk before a write is answered.

mod connection;
mod migrations;
mod readers;
mod rows;
mod writer;

use std::path::Path;
use std::sync::Arc;

use opstap_sync_server::Storage;
use opstap_sync_server::storage::{Snapshot, StorageError, Txn};
use tokio::sync::oneshot;

use readers::Readers;
use writer::Writer;

/// How many threads read, at the least and at the most; in between as many as the machine has cores. Reads are short and come from the
/// operating system's cache, and each thread keeps memory of its own for a page of a load.
const READERS: [usize; 2] = [2, 4];

/// A database in one file (and the two that SQLite keeps beside it). Clones are the same database; the last one closes it.
#[derive(Clone)]
pub struct SqliteStorage {
    threads: Arc<Threads>,
}

struct Threads {
    // Dropped in this order: connections that close at the same moment would each leave the write-ahead log to the other, so the
    // writer's is the last.
    readers: Readers,
    writer: Writer,
}

impl SqliteStorage {
    /// Opens the database, makes it if there is none, and brings its tables up to this version.
    ///
    /// # Errors
    /// [`StorageError::TooNew`] when a newer version made it, [`StorageError::Corrupt`] when it is no database, and
    /// [`StorageError::Unavailable`] when the file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StorageError> {
        let mut connection = connection::open(path)?;
        migrations::apply(&mut connection)?;
        let writer = Writer::start(connection)?;
        let readers = Readers::start(path, readers())?;
        Ok(Self { threads: Arc::new(Threads { writer, readers }) })
    }
}

fn readers() -> usize {
    let [least, most] = READERS;
    std::thread::available_parallelism().map_or(least, |cores| cores.get().clamp(least, most))
}

/// Copies a database as it is at one moment, also while a server works on it, into a file that is not there yet.
///
/// # Errors
/// When the database cannot be read or the copy cannot be written.
pub fn copy(from: &Path, to: &Path) -> Result<(), StorageError> {
    let connection = connection::open(from)?;
    let Some(to) = to.to_str() else {
        return Err(StorageError::Unavailable("the name of the copy is no text".to_owned()));
    };
    connection.execute("VACUUM INTO ?1", [to]).map(drop).map_err(connection::meaning)
}

/// Looks through a whole database, as before a restore.
///
/// # Errors
/// [`StorageError::Corrupt`] when something in it is not as it should be.
pub fn check(path: &Path) -> Result<(), StorageError> {
    let connection = connection::open(path)?;
    let told: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(connection::meaning)?;
    if told == "ok" { Ok(()) } else { Err(StorageError::Corrupt("the database file")) }
}

/// What stands in for an answer when the thread that was to give it has stopped.
fn stopped<E>(_: E) -> StorageError {
    StorageError::Unavailable("the job was stopped half-way and left nothing".to_owned())
}

impl Storage for SqliteStorage {
    async fn read<R: Send + 'static>(
        &self,
        mut job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        let (reply, answer) = oneshot::channel();
        self.threads.readers.send(Box::new(move |snapshot| {
            // Nobody waits any more when this fails, and there is nobody to tell.
            let _ = reply.send(snapshot.and_then(&mut job));
        }))?;
        answer.await.map_err(stopped)?
    }

    async fn write<R: Send + 'static>(
        &self,
        job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        let (reply, answer) = oneshot::channel();
        self.threads.writer.send(writer::waiting(job, reply))?;
        answer.await.map_err(stopped)?
    }
}
