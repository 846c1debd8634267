//! The tables' versions: one file each, applied in order, never edited once released.

use opstap_sync_server::storage::StorageError;
use rusqlite::{Connection, TransactionBehavior};

use crate::connection::meaning;

/// Every version's file; the place in the list, from 1, is the version.
const MIGRATIONS: [&str; 6] = [
    include_str!("../migrations/0001_start.sql"),
    include_str!("../migrations/0002_quarantine.sql"),
    include_str!("../migrations/0003_erasing_and_restoring.sql"),
    include_str!("../migrations/0004_watching_and_push.sql"),
    include_str!("../migrations/0005_mail.sql"),
    include_str!("../migrations/0006_following.sql"),
];

/// The newest version.
fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

fn version(connection: &Connection) -> Result<u32, StorageError> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(meaning)
}

/// Brings the tables up to the newest version.
pub(crate) fn apply(connection: &mut Connection) -> Result<(), StorageError> {
    apply_up_to(connection, newest())
}

fn apply_up_to(connection: &mut Connection, last: u32) -> Result<(), StorageError> {
    let found = version(connection)?;
    if found > newest() {
        return Err(StorageError::TooNew { found, known: newest() });
    }
    for (version, migration) in (1..=last).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        // A step and its version in one transaction: half a step never counts.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(meaning)?;
        transaction.execute_batch(migration).map_err(meaning)?;
        transaction.pragma_update(None, "user_version", version).map_err(meaning)?;
        transaction.commit().map_err(meaning)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    /// The files as they were released. When this fails, a released migration was edited: put it back, and write the change as the
    /// next file. A new file gets a new line here.
    const RELEASED: [&str; 6] = [
        "14ee8cf80794e040a8b13368b2c2f0f561c631768f5aed000a4a60a802a4fd82",
        "07158bfa89f4aeb8bbc11f2a65c23bda02c702c671a1125ba8c83b6da8cdcce6",
        "674f5827cc531adbd945fc4f04719a9db0411e2397ec81eeb5dfda6b9ba774df",
        "1e8328460c9a595395525241f2a1109a77c37d739a97d138f1ab69e7a838946e",
        "6cbcfc8545f98f66a5000b7c5b2a48a314c96f6ebd595e0db34731481ace39cd",
        "5b7e90a843829acf264e7e4be3d74748bd2eb59119f5581f56d4b9a35fa7fd0a",
    ];

    fn schema(connection: &Connection) -> Vec<String> {
        let mut statement =
            connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn every_version_leads_to_the_newest() {
        let mut fresh = Connection::open_in_memory().unwrap();
        apply(&mut fresh).unwrap();
        for begin in 0..=newest() {
            let mut connection = Connection::open_in_memory().unwrap();
            apply_up_to(&mut connection, begin).unwrap();
            assert_eq!(version(&connection), Ok(begin));
            apply(&mut connection).unwrap();
            assert_eq!(version(&connection), Ok(newest()));
            assert_eq!(schema(&connection), schema(&fresh), "from version {begin}");
        }
    }

    #[test]
    fn a_released_migration_is_never_edited() {
        let hashes = MIGRATIONS.map(|text| format!("{:x}", Sha256::digest(text)));
        assert_eq!(hashes, RELEASED);
    }

    #[test]
    fn a_database_of_a_newer_version_is_left_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert_eq!(apply(&mut connection), Err(StorageError::TooNew { found: 99, known: newest() }));
        assert!(schema(&connection).is_empty());
    }
}
