//! Whether a write counts whose connection was lost before the answer to its commit. Each write leaves a mark in its own
//! transaction: whoever then finds the mark knows that it counts, and running it again would count it twice.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use deadpool_postgres::Pool;
use opstap_sync_server::storage::StorageError;
use tokio::time::{Instant, sleep};
use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use crate::column::columns;
use crate::connection::connection;
use crate::transaction::Transaction;
use crate::trouble::{Trouble, is_taken};

const LEAVE: &str = "INSERT INTO written (job) VALUES ($1)";
/// So many marks are swept away together.
const SWEPT_TOGETHER: usize = 256;
/// Between two looks at a database that cannot be reached.
const PAUSE: Duration = Duration::from_millis(100);

/// The mark of one run of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark([u8; 16]);

impl Mark {
    /// Leaves the mark. An error counts at the commit, as every write's does.
    pub(crate) fn leave(self, transaction: &Transaction<'_>) -> Result<(), StorageError> {
        transaction.send(LEAVE, columns![self.0])
    }

    /// Whether the write with this mark counts. To find out, the mark is left again: while that write is still under way in the
    /// database this waits for it, and once it succeeds that write can no longer count.
    pub(crate) async fn counts(self, pool: &Pool, patience: Duration) -> Result<bool, StorageError> {
        let ends = Instant::now() + patience;
        loop {
            let trouble = match connection(pool).await {
                Ok(connection) => match leave_alone(&connection, self).await {
                    Ok(()) => return Ok(false),
                    Err(error) if is_taken(&error) => return Ok(true),
                    Err(error) => Trouble::of(&error),
                },
                Err(trouble) => trouble,
            };
            if Instant::now() >= ends || matches!(trouble, Trouble::Failed(_)) {
                return Err(StorageError::Unavailable("whether the last write counts is not known".to_owned()));
            }
            sleep(PAUSE).await;
        }
    }
}

async fn leave_alone(client: &Client, mark: Mark) -> Result<(), tokio_postgres::Error> {
    client.execute(LEAVE, &[&mark.0.as_slice() as &(dyn ToSql + Sync)]).await.map(|_| ())
}

/// Gives marks, and sweeps away those nobody will look for any more.
#[derive(Default)]
pub(crate) struct Marks {
    done: Mutex<Vec<Vec<u8>>>,
}

impl Marks {
    pub(crate) fn next(&self) -> Result<Mark, StorageError> {
        let mut mark = [0; 16];
        getrandom::fill(&mut mark).map_err(|_| StorageError::Unavailable("no randomness".to_owned()))?;
        Ok(Mark(mark))
    }

    /// Notes that the outcome of a write is known; now and then the marks of many are taken away, beside the work.
    pub(crate) fn sweep(&self, pool: &Pool, mark: Mark) {
        let together = {
            let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push(mark.0.to_vec());
            if done.len() < SWEPT_TOGETHER { return } else { std::mem::take(&mut *done) }
        };
        let pool = pool.clone();
        tokio::spawn(async move {
            if let Ok(connection) = connection(&pool).await {
                // What stays is swept when the next server starts.
                let _ = connection.execute("DELETE FROM written WHERE job = ANY($1)", &[&together]).await;
            }
        });
    }
}

/// Takes away the marks of servers that stopped long ago.
pub(crate) async fn sweep_old(client: &Client) -> Result<(), Trouble> {
    let swept = client.execute("DELETE FROM written WHERE at < now() - INTERVAL '1 day'", &[]).await;
    swept.map(|_| ()).map_err(|error| Trouble::of(&error))
}
