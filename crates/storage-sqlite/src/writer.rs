//! The one thread that writes. It takes every job that waits, runs each in a savepoint of its own, commits them together with one
//! fsync, and only then answers.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use opstap_sync_server::storage::{StorageError, Txn};
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::connection::meaning;
use crate::rows::Rows;

/// The most jobs in one commit, so that the first of them does not wait for ever.
const MOST_TOGETHER: usize = 64;

/// A job that waits for its turn and, after it, for the commit.
pub(crate) trait Waiting: Send {
    /// Runs the job and keeps its result; says whether it ended well.
    fn run(&mut self, txn: &mut dyn Txn) -> bool;

    /// Gives the result, or instead the reason why nothing of it counts.
    fn answer(self: Box<Self>, committed: Result<(), StorageError>);
}

struct Job<R, F> {
    job: F,
    result: Option<Result<R, StorageError>>,
    reply: oneshot::Sender<Result<R, StorageError>>,
}

impl<R, F> Waiting for Job<R, F>
where
    R: Send,
    F: FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send,
{
    fn run(&mut self, txn: &mut dyn Txn) -> bool {
        // A panic in one job must not take the database away from everybody: it counts as a job that was stopped.
        let result = catch_unwind(AssertUnwindSafe(|| (self.job)(txn)));
        self.result = result.ok();
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, committed: Result<(), StorageError>) {
        let result = match (self.result, committed) {
            // A job whose turn never came is lost like one that ended well.
            (Some(Ok(_)) | None, Err(lost)) => Err(lost),
            (Some(result), _) => result,
            // The job panicked: dropping the sender says so.
            (None, Ok(())) => return,
        };
        // Whoever stopped waiting does not want to know.
        let _ = self.reply.send(result);
    }
}

pub(crate) fn waiting<R: Send + 'static>(
    job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    reply: oneshot::Sender<Result<R, StorageError>>,
) -> Box<dyn Waiting> {
    Box::new(Job { job, result: None, reply })
}

pub(crate) struct Writer {
    jobs: Option<Sender<Box<dyn Waiting>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(connection: Connection) -> Result<Self, StorageError> {
        let (jobs, queue) = channel();
        let thread = std::thread::Builder::new()
            .name("opstap-writer".to_owned())
            .spawn(move || work(&connection, &queue))
            .map_err(|_| StorageError::Unavailable("no thread to write with".to_owned()))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(crate) fn send(&self, job: Box<dyn Waiting>) -> Result<(), StorageError> {
        let jobs = self.jobs.as_ref().ok_or(StorageError::TryAgain)?;
        jobs.send(job).map_err(|_| StorageError::Unavailable("the writer has stopped".to_owned()))
    }
}

impl Drop for Writer {
    /// Lets the waiting jobs end and the database close.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            // A job that held the last clone closes the database from within: then there is nobody to wait for.
            && thread.thread().id() != std::thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

fn work(connection: &Connection, queue: &Receiver<Box<dyn Waiting>>) {
    // Whoever wrote before may have ended before it could.
    let mut to_clear = true;
    while let Ok(first) = queue.recv() {
        let mut together = vec![first];
        together.extend(queue.try_iter().take(MOST_TOGETHER - 1));
        let committed = commit_together(connection, &mut together, &mut to_clear);
        // Before anybody is told: what was erased does not stay in the log. A reader may hold it up; then the next commit tries again.
        to_clear = to_clear && (committed.is_err() || !clear_log(connection));
        if committed.is_err() && !connection.is_autocommit() {
            // What cannot even be rolled back is rolled back by SQLite when the next transaction cannot begin.
            let _ = connection.execute_batch("ROLLBACK");
        }
        for job in together {
            job.answer(committed.clone());
        }
    }
}

/// Moves the write-ahead log into the database and empties it; says whether that was possible.
fn clear_log(connection: &Connection) -> bool {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).is_ok_and(|busy: i64| busy == 0)
}

fn commit_together(
    connection: &Connection,
    jobs: &mut [Box<dyn Waiting>],
    erased: &mut bool,
) -> Result<(), StorageError> {
    let execute = |statement| connection.execute_batch(statement).map_err(meaning);
    execute("BEGIN IMMEDIATE")?;
    for job in jobs {
        execute("SAVEPOINT job")?;
        let mut rows = Rows::new(connection);
        let done = job.run(&mut rows);
        *erased |= done && rows.has_erased();
        if !done {
            if connection.is_autocommit() {
                // A full or failing disk made SQLite roll back everything, the jobs before this one too.
                return Err(StorageError::Unavailable("SQLite rolled back".to_owned()));
            }
            execute("ROLLBACK TO job")?;
        }
        execute("RELEASE job")?;
    }
    execute("COMMIT")
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
