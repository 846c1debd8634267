//! The database of a server: SQLite in its data folder, or PostgreSQL elsewhere.

use opstap_storage_postgres::PostgresStorage;
use opstap_storage_sqlite::SqliteStorage;
use opstap_sync_server::Storage;
use opstap_sync_server::storage::{Snapshot, StorageError, Txn};

/// One of the two, chosen at the start.
#[derive(Clone)]
pub enum Database {
    /// A file in the data folder.
    Sqlite(SqliteStorage),
    /// A database server.
    Postgres(PostgresStorage),
}

impl Storage for Database {
    async fn read<R: Send + 'static>(
        &self,
        job: impl FnMut(&dyn Snapshot) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        match self {
            Self::Sqlite(storage) => storage.read(job).await,
            Self::Postgres(storage) => storage.read(job).await,
        }
    }

    async fn write<R: Send + 'static>(
        &self,
        job: impl FnMut(&mut dyn Txn) -> Result<R, StorageError> + Send + 'static,
    ) -> Result<R, StorageError> {
        match self {
            Self::Sqlite(storage) => storage.write(job).await,
            Self::Postgres(storage) => storage.write(job).await,
        }
    }
}
