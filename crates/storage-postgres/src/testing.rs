//! An empty database for a test: a schema of its own in the database that `OPSTAP_TEST_DATABASE` names, for the tests of this crate and of
//! what stands on it. Without it tests are passed over, but not in CI.

#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "only tests use it, and they have to stop")]

use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Limits, PostgresStorage};
use tokio_postgres::NoTls;

const VARIABLE: &str = "OPSTAP_TEST_DATABASE";

/// A schema that goes when this does.
pub struct Schema {
    address: String,
    name: String,
}

impl Schema {
    /// Makes one; nothing on a machine without a database, unless it has to be there.
    #[must_use]
    pub fn new() -> Option<Self> {
        let made = Self::where_there_is_one();
        assert!(made.is_some() || std::env::var_os("CI").is_none(), "in CI there must be a database: set {VARIABLE}");
        made
    }

    /// Makes one for a test that can also do without.
    #[must_use]
    pub fn where_there_is_one() -> Option<Self> {
        let address = std::env::var(VARIABLE).ok()?;
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("opstap_test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let schema = Self { address, name };
        schema.run(format!("CREATE SCHEMA {}", schema.name));
        Some(schema)
    }

    /// Where a storage finds this schema and nothing else.
    #[must_use]
    pub fn address(&self) -> String {
        let glue = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{glue}application_name={1}&options=-csearch_path%3D{1}", self.address, self.name)
    }

    /// Opens a storage in it.
    pub async fn open(&self, limits: Limits) -> PostgresStorage {
        PostgresStorage::open_within(&self.address(), limits).await.unwrap()
    }

    /// Ends every connection of the storage, whatever it is doing.
    pub fn end_connections(&self) {
        self.run(format!(
            "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity \
             WHERE application_name = '{}' AND pid <> pg_backend_pid()",
            self.name
        ));
    }

    /// Runs a statement from outside, on a thread of its own: a test's may not wait, and `drop` is not async.
    pub fn run(&self, statement: String) {
        let address = self.address();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let (client, connection) = tokio_postgres::connect(&address, NoTls).await.unwrap();
                tokio::spawn(connection);
                client.batch_execute(&statement).await.unwrap();
            });
        });
        thread.join().unwrap();
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        self.run(format!("SET client_min_messages = warning; DROP SCHEMA {} CASCADE", self.name));
    }
}
