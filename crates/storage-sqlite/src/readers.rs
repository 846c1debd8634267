//! A few threads that read, each with a connection of its own, so that a long load does not hold up a short look.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use opstap_sync_server::storage::{Snapshot, StorageError};
use rusqlite::Connection;

use crate::connection::{self, meaning};
use crate::rows::Rows;

/// A job that answers for itself. It gets the reason instead of a snapshot when none could be had.
pub(crate) type Look = Box<dyn FnOnce(Result<&dyn Snapshot, StorageError>) + Send>;

pub(crate) struct Readers {
    jobs: Option<Sender<Look>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(crate) fn start(path: &Path, threads: usize) -> Result<Self, StorageError> {
        let (jobs, queue) = channel();
        let queue = Arc::new(Mutex::new(queue));
        let threads = (0..threads)
            .map(|_| {
                let (connection, queue) = (connection::open(path)?, Arc::clone(&queue));
                std::thread::Builder::new()
                    .name("opstap-reader".to_owned())
                    .spawn(move || work(&connection, &queue))
                    .map_err(|_| StorageError::Unavailable("no thread to read with".to_owned()))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { jobs: Some(jobs), threads })
    }

    pub(crate) fn send(&self, job: Look) -> Result<(), StorageError> {
        let jobs = self.jobs.as_ref().ok_or(StorageError::TryAgain)?;
        jobs.send(job).map_err(|_| StorageError::Unavailable("the readers have stopped".to_owned()))
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.jobs = None;
        for thread in self.threads.drain(..) {
            if thread.thread().id() != std::thread::current().id() {
                let _ = thread.join();
            }
        }
    }
}

fn work(connection: &Connection, queue: &Mutex<Receiver<Look>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // A transaction, so that all the job sees is of one moment.
        let begun = connection.execute_batch("BEGIN").map_err(meaning);
        let rows = Rows::new(connection);
        // A panic drops the job's sender, which tells whoever waits; this thread goes on.
        let _ = catch_unwind(AssertUnwindSafe(|| job(begun.map(|()| &rows as &dyn Snapshot))));
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("COMMIT");
        }
    }
}
