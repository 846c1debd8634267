//! How far a database is. The first start of a server fills it, others that start meanwhile wait for that, and what a first start
//! that was cut off left half-done is cleared. A restore that was cut off is no database to serve from.

use deadpool_postgres::Object;
use opstap_sync_server::storage::StorageError;

use crate::connection::connection;
use crate::trouble::Trouble;
use crate::{PostgresStorage, migrations};

/// Every table that holds what people made.
pub(crate) const TABLES: [&str; 22] = [
    "server",
    "circle",
    "record",
    "edit",
    "unmade",
    "history",
    "quarantine",
    "delivery",
    "blob",
    "mention",
    "erasing",
    "let_go",
    "organisation",
    "person",
    "device",
    "session",
    "invitation",
    "membership",
    "push_key",
    "push",
    "mail",
    "mail_news",
];

/// Of these the ones that a version has: a copy of that version holds no other.
pub(crate) fn tables_of(version: u32) -> Vec<&'static str> {
    let files = migrations::MIGRATIONS.iter().take(usize::try_from(version).unwrap_or(usize::MAX));
    let made: Vec<&str> = files.flat_map(|text| migrations::tables_in(text)).collect();
    TABLES.into_iter().filter(|table| made.contains(table)).collect()
}

/// The stages in the table `life`.
pub(crate) const TO_BE_FILLED: i64 = 0;
pub(crate) const IN_USE: i64 = 1;
pub(crate) const BEING_RESTORED: i64 = 2;

/// Held while a new database is filled. Dropped before [`FirstStart::done`], it leaves the filling to the next start.
pub struct FirstStart {
    connection: Option<Object>,
}

impl PostgresStorage {
    /// Begins the first start; nothing when the database is in use already. Waits while another server is at it.
    ///
    /// # Errors
    /// When the database fails, or is in the middle of a restore.
    pub async fn first_start(&self) -> Result<Option<FirstStart>, StorageError> {
        let pool = &self.jobs.pool;
        let first = FirstStart { connection: Some(connection(pool).await.map_err(Trouble::in_the_end)?) };
        let Some(client) = &first.connection else { return Ok(None) };
        let stage = async {
            client
                .batch_execute("BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
                .await?;
            client.query_one("SELECT stage FROM life FOR UPDATE", &[]).await?.try_get::<_, i64>(0)
        };
        match stage.await.map_err(|error| Trouble::of(&error).in_the_end())? {
            TO_BE_FILLED => {
                let clear = TABLES.map(|table| format!("DELETE FROM {table};")).concat();
                let clearing = connection(pool).await.map_err(Trouble::in_the_end)?;
                clearing.batch_execute(&clear).await.map_err(|error| Trouble::of(&error).in_the_end())?;
                Ok(Some(first))
            }
            IN_USE => Ok(None),
            _ => Err(StorageError::Unavailable(
                "a restore into it did not come to its end; run the restore again".to_owned(),
            )),
        }
    }

    /// Says that what a restore brought is whole, in its new life.
    ///
    /// # Errors
    /// When the database fails; then the restore is to be run again.
    pub async fn restored(&self) -> Result<(), StorageError> {
        let client = connection(&self.jobs.pool).await.map_err(Trouble::in_the_end)?;
        let done = client.execute("UPDATE life SET stage = $1", &[&IN_USE]).await;
        done.map(drop).map_err(|error| Trouble::of(&error).in_the_end())
    }
}

impl FirstStart {
    /// Says that the database is filled.
    ///
    /// # Errors
    /// When the database fails; then the next start fills it anew.
    pub async fn done(mut self) -> Result<(), StorageError> {
        let Some(client) = self.connection.take() else { return Ok(()) };
        let done = client.batch_execute(&format!("UPDATE life SET stage = {IN_USE}; COMMIT")).await;
        drop(Object::take(client));
        done.map_err(|error| Trouble::of(&error).in_the_end())
    }
}

impl Drop for FirstStart {
    fn drop(&mut self) {
        // Its transaction is open: the connection closes rather than goes back to the pool.
        if let Some(connection) = self.connection.take() {
            drop(Object::take(connection));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_cleared_and_copied_but_those_about_the_database_itself() {
        let made = migrations::MIGRATIONS.iter().flat_map(|text| migrations::tables_in(text));
        let mut of_people: Vec<&str> = made.filter(|table| !["life", "written"].contains(table)).collect();
        let mut known = TABLES.to_vec();
        of_people.sort_unstable();
        known.sort_unstable();
        assert_eq!(of_people, known);
    }
}
