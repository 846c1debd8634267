//! Storage on PostgreSQL, for more people than one small machine serves: any number of servers on one database, serialisable
//! transactions that are run again when they got in each other's way, everything on the database's disk before a write is answered.

mod column;
mod connection;
mod copy;
mod jobs;
mod life;
mod migrations;
mod outcome;
mod rows;
#[cfg(feature = "testing")]
pub mod testing;
mod transaction;
mod trouble;
mod turns;

use std::sync::Arc;
use std::time::Duration;

use opstap_sync_server::Storage;
use opstap_sync_server::storage::{Snapshot, StorageError, Txn};

pub use copy::{copy_in, copy_out};
use jobs::Jobs;
pub use life::FirstStart;
use trouble::Trouble;
use turns::Turns;

/// How much of the database one server takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most connections.
    pub connections: usize,
    /// How long a job waits for a connection, for others that change the same, or for a database that starts again.
    pub patience: Duration,
    /// How long a start waits for a database that starts too, or comes back from a crash.
    pub at_the_start: Duration,
}

impl Default for Limits {
    /// A database of its own has a hundred connections; five servers fit.
    fn default() -> Self {
        Self { connections: 16, patience: Duration::from_secs(5), at_the_start: Duration::from_secs(20) }
    }
}

/// A PostgreSQL database. Clones share the connections; the last one closes them.
#[derive(Clone)]
pub struct PostgresStorage {
    jobs: Arc<Jobs>,
}

impl PostgresStorage {
    /// Connects to the database at an address, `postgres://…`, and brings its tables up to this version.
    ///
    /// # Errors
    /// [`StorageError::TooNew`] when a newer version made it, and [`StorageError::Unavailable`] when it cannot be reached or does
    /// not let this program in.
    pub async fn open(address: &str) -> Result<Self, StorageError> {
        Self::open_within(address, Limits::default()).await
    }

    /// The same, with other limits.
    ///
    /// # Errors
    /// As [`PostgresStorage::open`].
    pub async fn open_within(address: &str, limits: Limits) -> Result<Self, StorageError> {
        let pool = connection::pool(connection::read_address(address)?, limits.connections.max(1), limits.patience)?;
        let ends = tokio::time::Instant::now() + limits.at_the_start;
        loop {
            match set_up(&pool).await {
                Ok(()) => break,
                Err(Trouble::Failed(error)) => return Err(error),
                Err(trouble) if tokio::time::Instant::now() >= ends => return Err(trouble.in_the_end()),
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        let jobs = Jobs { pool, turns: Turns::new(), marks: outcome::Marks::default(), patience: limits.patience };
        Ok(Self { jobs: Arc::new(jobs) })
    }
}

async fn set_up(pool: &deadpool_postgres::Pool) -> Result<(), Trouble> {
    let mut connection = connection::connection(pool).await?;
    migrations::apply(&mut connection).await?;
    outcome::sweep_old(&connection).await
}

impl Storage for PostgresStorage {
    async fn read<R: Send + 'static>(
        &self,
        job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        self.jobs.read(job).await
    }

    async fn write<R: Send + 'static>(
        &self,
        job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        self.jobs.write(job).await
    }
}
