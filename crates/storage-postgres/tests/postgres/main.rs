//! PostgreSQL keeps the contract, and the service does through it what it must. It needs a database: `cargo xtask test postgres`
//! starts one for itself.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "these are tests")]

mod busy;
mod copy;
mod cut;
mod first_start;
mod lost;
mod servers;

use opstap_storage_postgres::testing::Schema;
use opstap_storage_postgres::{Limits, PostgresStorage};

/// A storage as the suite wants it, from within a test on a runtime with several threads.
fn open() -> Option<(PostgresStorage, Schema)> {
    let schema = Schema::new()?;
    let opening = schema.open(Limits::default());
    let storage = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(opening));
    Some((storage, schema))
}

opstap_sync_server::storage_suite!(open);
