//! A copy of the database in a folder, and back: a file a table in the text form of COPY, and a list that says what the copy must
//! have. It needs no program of PostgreSQL's.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use deadpool_postgres::Object;
use futures::{SinkExt, TryStreamExt};
use opstap_sync_server::storage::StorageError;
use sha2::{Digest, Sha256};
use tokio_postgres::{Client, Error};

use crate::connection::{connection, pool, read_address};
use crate::life::{BEING_RESTORED, IN_USE, TABLES, tables_of};
use crate::trouble::Trouble;
use crate::{Limits, PostgresStorage, migrations};

/// What a copy must have: its version, then each table with the SHA-256 of its file.
const LIST: &str = "list";
const CHUNK: usize = 64 * 1024;

/// Copies a database as it is at one moment, also while servers work on it, into a folder. Gives `false`, and makes nothing, when it is
/// not in use yet.
///
/// # Errors
/// When the database cannot be read or the copy cannot be written.
pub async fn copy_out(address: &str, folder: &Path) -> Result<bool, StorageError> {
    PostgresStorage::open(address).await?;
    let client = client(address).await?;
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    client.batch_execute(begin).await.map_err(meaning)?;
    if number(&client, "SELECT stage FROM life").await? != IN_USE {
        return Ok(false);
    }
    std::fs::create_dir_all(folder).map_err(unwritten)?;
    let mut list = format!("{}\n", number(&client, "SELECT version FROM schema_version").await?);
    for table in TABLES {
        let mut file = File::create(folder.join(table)).map_err(unwritten)?;
        let mut digest = Sha256::new();
        let rows = client.copy_out(&format!("COPY {table} TO STDOUT")).await.map_err(meaning)?;
        let mut rows = pin!(rows);
        while let Some(bytes) = rows.try_next().await.map_err(meaning)? {
            digest.update(&bytes);
            file.write_all(&bytes).map_err(unwritten)?;
        }
        list.push_str(&format!("{table} {:x}\n", digest.finalize()));
    }
    std::fs::write(folder.join(LIST), list).map_err(unwritten)?;
    Ok(true)
}

/// Puts a copy in the place of whatever is in the database, in one transaction. Servers do not start on it until
/// [`PostgresStorage::restored`] is told.
///
/// # Errors
/// [`StorageError::Corrupt`] when the copy is not whole, [`StorageError::TooNew`] when a newer version made it, and
/// [`StorageError::Unavailable`] when a server works on the database or it fails. Then the database is as it was.
pub async fn copy_in(address: &str, folder: &Path) -> Result<PostgresStorage, StorageError> {
    let version = look_through(folder)?;
    // A database that was never used gets its tables.
    PostgresStorage::open(address).await?;
    let mut client = client(address).await?;
    nobody_else(&client).await?;
    let transaction = client.transaction().await.map_err(meaning)?;
    let tables = TABLES.join(", ");
    transaction.batch_execute(&format!("DROP TABLE {tables}, life, written")).await.map_err(meaning)?;
    migrations::lay_out(&transaction, version).await.map_err(Trouble::in_the_end)?;
    for table in tables_of(version) {
        let rows = transaction.copy_in::<_, Bytes>(&format!("COPY {table} FROM STDIN")).await.map_err(meaning)?;
        let mut rows = pin!(rows);
        let mut file = File::open(folder.join(table)).map_err(unread)?;
        loop {
            let mut bytes = vec![0; CHUNK];
            let length = file.read(&mut bytes).map_err(unread)?;
            bytes.truncate(length);
            if bytes.is_empty() {
                break;
            }
            rows.send(bytes.into()).await.map_err(meaning)?;
        }
        rows.finish().await.map_err(meaning)?;
    }
    transaction.execute("UPDATE life SET stage = $1", &[&BEING_RESTORED]).await.map_err(meaning)?;
    transaction.commit().await.map_err(meaning)?;
    PostgresStorage::open(address).await
}

/// Whether a copy is whole; gives its version.
fn look_through(folder: &Path) -> Result<u32, StorageError> {
    const NOT_WHOLE: StorageError = StorageError::Corrupt("the copy of the database");
    let list = std::fs::read_to_string(folder.join(LIST)).map_err(unread)?;
    let mut lines = list.lines();
    let version = lines.next().and_then(|line| line.parse().ok()).ok_or(NOT_WHOLE)?;
    if version > migrations::newest() {
        return Err(StorageError::TooNew { found: version, known: migrations::newest() });
    }
    for table in tables_of(version) {
        let mut digest = Sha256::new();
        std::io::copy(&mut File::open(folder.join(table)).map_err(unread)?, &mut digest).map_err(unread)?;
        if lines.next() != Some(format!("{table} {:x}", digest.finalize()).as_str()) {
            return Err(NOT_WHOLE);
        }
    }
    Ok(version)
}

async fn nobody_else(client: &Client) -> Result<(), StorageError> {
    let others = "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database() \
                  AND application_name = current_setting('application_name')";
    // Connections of our own that were closed a moment ago may still be listed.
    for _ in 0..20 {
        if number(client, others).await? == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(StorageError::Unavailable("another Opstap is connected to it. Stop that one first".to_owned()))
}

async fn client(address: &str) -> Result<Object, StorageError> {
    let pool = pool(read_address(address)?, 1, Limits::default().patience)?;
    connection(&pool).await.map_err(Trouble::in_the_end)
}

async fn number(client: &Client, question: &str) -> Result<i64, StorageError> {
    client.query_one(question, &[]).await.and_then(|row| row.try_get(0)).map_err(meaning)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn meaning(error: Error) -> StorageError {
    Trouble::of(&error).in_the_end()
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn unwritten(cause: std::io::Error) -> StorageError {
    StorageError::Unavailable(format!("the copy can't be written: {cause}"))
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn unread(cause: std::io::Error) -> StorageError {
    StorageError::Unavailable(format!("the copy can't be read: {cause}"))
}
