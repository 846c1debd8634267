//! The tables' versions: one file each, applied in order, never edited once released.

use opstap_sync_server::storage::StorageError;
use tokio_postgres::{Client, Transaction};

use crate::trouble::Trouble;

/// Every version's file; the place in the list, from 1, is the version.
pub(crate) const MIGRATIONS: [&str; 4] = [
    include_str!("../migrations/0001_start.sql"),
    include_str!("../migrations/0002_watching_and_push.sql"),
    include_str!("../migrations/0003_mail.sql"),
    include_str!("../migrations/0004_following.sql"),
];

/// The tables that a migration makes.
pub(crate) fn tables_in(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split_whitespace().next())
}

/// The newest version.
pub(crate) fn newest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// Brings the tables up to the newest version. Servers that start together wait for each other, or run this again.
pub(crate) async fn apply(client: &mut Client) -> Result<(), Trouble> {
    apply_up_to(client, newest()).await
}

/// Makes the tables of one version where there are none, for what a copy of that version holds.
pub(crate) async fn lay_out(transaction: &Transaction<'_>, version: u32) -> Result<(), Trouble> {
    let meaning = |error: tokio_postgres::Error| Trouble::of(&error);
    for migration in MIGRATIONS.iter().take(usize::try_from(version).unwrap_or(usize::MAX)) {
        transaction.batch_execute(migration).await.map_err(meaning)?;
    }
    let version = i64::from(version);
    transaction.execute("UPDATE schema_version SET version = $1", &[&version]).await.map(drop).map_err(meaning)
}

async fn apply_up_to(client: &mut Client, last: u32) -> Result<(), Trouble> {
    let table = "CREATE TABLE IF NOT EXISTS schema_version (one BIGINT PRIMARY KEY CHECK (one = 1), version BIGINT NOT NULL); \
                 INSERT INTO schema_version (one, version) VALUES (1, 0) ON CONFLICT (one) DO NOTHING";
    client.batch_execute(table).await.map_err(|error| Trouble::of(&error))?;
    while step(client, last).await? {}
    Ok(())
}

/// Applies the next version; `false` when there is none. A step and its version in one transaction: half a step never counts.
async fn step(client: &mut Client, last: u32) -> Result<bool, Trouble> {
    let meaning = |error: tokio_postgres::Error| Trouble::of(&error);
    let transaction = client.transaction().await.map_err(meaning)?;
    let row = transaction.query_one("SELECT version FROM schema_version FOR UPDATE", &[]).await.map_err(meaning)?;
    let found: i64 = row.try_get(0).map_err(meaning)?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found > newest() {
        return Err(Trouble::Failed(StorageError::TooNew { found, known: newest() }));
    }
    let next = usize::try_from(found).ok().and_then(|place| MIGRATIONS.get(place)).filter(|_| found < last);
    let Some(migration) = next else { return Ok(false) };
    transaction.batch_execute(migration).await.map_err(meaning)?;
    let version = i64::from(found + 1);
    transaction.execute("UPDATE schema_version SET version = $1", &[&version]).await.map_err(meaning)?;
    transaction.commit().await.map_err(meaning)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    /// The files as they were released. When this fails, a released migration was edited: put it back, and write the change as the
    /// next file. A new file gets a new line here.
    const RELEASED: [&str; 4] = [
        "86eefc778bbcc0ab42df8ae7b03cb40ebbb4c074e6571f2d0baa2bf54b6c1802",
        "6527864c9bb7770cbd37d5b0392428668eaaae63625518df5ea5d410967d956a",
        "c00b2cbf729bd06157a53eecf0aee9a4dbea05b6770fee82411a93b59590ef66",
        "ac44c13d098fbfdd347f8612aee3f02648b5ccd4273372c0541cac1fe319abac",
    ];

    #[test]
    fn a_released_migration_is_never_edited() {
        let hashes = MIGRATIONS.map(|text| format!("{:x}", Sha256::digest(text)));
        assert_eq!(hashes, RELEASED);
    }

    #[test]
    fn migrations_are_plain_sql_that_other_databases_of_this_kind_know() {
        for word in [
            "SERIAL",
            "SEQUENCE",
            "GENERATED",
            "TRIGGER",
            "FUNCTION",
            "REFERENCES",
            "CREATE TYPE",
            "EXTENSION",
            "NULLS NOT",
        ] {
            assert!(!MIGRATIONS.iter().any(|text| text.to_uppercase().contains(word)), "{word}");
        }
    }
}
