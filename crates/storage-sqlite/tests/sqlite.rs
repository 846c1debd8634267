//! SQLite keeps the contract, and the service does through it what it must.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use opstap_storage_sqlite::SqliteStorage;
use tempfile::TempDir;

fn open() -> (SqliteStorage, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(&folder.path().join("opstap.db")).unwrap();
    (storage, folder)
}

opstap_sync_server::storage_suite!(open);
