//! The data of a server, opened: its folder, its database, and whether they are to be filled.

use opstap_storage_postgres::{FirstStart, PostgresStorage};
use opstap_storage_sqlite::SqliteStorage;

use super::data_folder::database_in;
use super::{DataFolder, StartError};
use crate::database::Database;
use crate::settings::Data;

/// What a server works on, held by this process until it is dropped.
pub(super) struct Opened {
    pub(super) folder: DataFolder,
    pub(super) database: Database,
    /// What a first start in PostgreSQL is held by.
    first: Option<FirstStart>,
}

impl Opened {
    /// Takes the data folder and opens the database; what is not there yet is made.
    pub(super) async fn take(data: &Data) -> Result<Self, StartError> {
        let Some(url) = &data.database_url else {
            let folder = DataFolder::take(&data.data)?;
            let database = Database::Sqlite(SqliteStorage::open(&folder.database())?);
            return Ok(Self { folder, database, first: None });
        };
        let folder = DataFolder::take_beside_a_database(&data.data)?;
        if folder.database().exists() {
            tracing::warn!("the database is elsewhere; opstap.db in the data folder is left as it is");
        }
        tracing::info!("connecting to PostgreSQL; if it is only starting, that takes a moment");
        let storage = PostgresStorage::open(url.reveal()).await?;
        let first = storage.first_start().await?;
        Ok(Self { folder, database: Database::Postgres(storage), first })
    }

    /// Whether the server is to be filled; then [`Opened::filled`] follows.
    pub(super) const fn is_new(&self) -> bool {
        self.folder.is_new() || self.first.is_some()
    }

    /// Says that the first start came to its end.
    pub(super) async fn filled(&mut self) -> Result<(), StartError> {
        if self.folder.is_new() {
            self.folder.filled()?;
        }
        if let Some(first) = self.first.take() {
            first.done().await?;
        }
        Ok(())
    }
}

/// Opens the database of a server that may be running; nothing when there is none yet.
pub(super) async fn open_beside(data: &Data) -> Result<Option<Database>, StartError> {
    if let Some(url) = &data.database_url {
        return Ok(Some(Database::Postgres(PostgresStorage::open(url.reveal()).await?)));
    }
    let database = database_in(&data.data);
    Ok(if database.exists() { Some(Database::Sqlite(SqliteStorage::open(&database)?)) } else { None })
}
