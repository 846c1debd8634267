//! PostgreSQL keeps the contract, and the service does through it what it must. It needs a database: `cargo xtask test postgres`
//! starts one for itself.

#![expect(clippy::unwrap_used, reason = "these are tests")]

mod busy;
mod cut;
mod database;
mod lost;
mod servers;

use database::open;

opstap_sync_server::storage_suite!(open);
