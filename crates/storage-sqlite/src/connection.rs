//! A connection with the settings that the contract needs, and what SQLite's errors mean to the service.

use std::path::Path;
use std::time::Duration;

use opstap_sync_server::storage::StorageError;
use rusqlite::{Connection, ErrorCode};

/// How long a connection waits for another process, such as a backup.
const PATIENCE: Duration = Duration::from_secs(5);
/// More than there are statements, so that each is prepared once.
const STATEMENTS: usize = 128;

pub(crate) fn open(path: &Path) -> Result<Connection, StorageError> {
    let connection = Connection::open(path).map_err(meaning)?;
    connection.busy_timeout(PATIENCE).map_err(meaning)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // WAL lets readers go on during a write; FULL means that a commit is on disk, not only handed to the system. What is deleted is
    // overwritten: content that was purged may not be found in the file.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;",
        )
        .map_err(meaning)?;
    Ok(connection)
}

/// SQLite's error as the service can act on it. Only codes are passed on, never values.
#[expect(clippy::needless_pass_by_value, reason = "map_err hands over what it has")]
pub(crate) fn meaning(error: rusqlite::Error) -> StorageError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StorageError::TryAgain,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StorageError::Corrupt("the database file"),
        Some(code) => StorageError::Unavailable(format!("SQLite: {code:?}")),
        None => match error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..) => StorageError::Corrupt("a column"),
            _ => StorageError::Unavailable("SQLite refused a statement".to_owned()),
        },
    }
}
