//! A real server under the load of eight devices, killed in the middle of it and started again, many times: what it acknowledged it
//! still has, a repeat gets the same verdict, the numbers of a circle have no gaps and no doubles, and every device that follows
//! ends with the same. `OPSTAP_KILLS` says how often; `OPSTAP_BIN` is the server; PostgreSQL is where `OPSTAP_TEST_DATABASE` says.
//!
//! A process that is killed does not lose what it handed to the operating system, so this does not try a loss of power. What a
//! database that forgot would look like is tried by putting an older copy in its place: the checks must find it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a torture says what it endured, and stops when it cannot go on"
)]

mod torture {
    pub mod dice;
    pub mod inspect;
    pub mod ledger;
    pub mod phone;
    pub mod rack;
    pub mod writer;
}

use opstap_storage_postgres::testing::Schema;

use torture::dice::Dice;
use torture::inspect::Inspected;
use torture::rack::{Blow, Rack};

/// The kills of each database in the part `torture`.
const KILLS: usize = 20;

fn kills() -> usize {
    std::env::var("OPSTAP_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

#[test]
fn a_server_on_sqlite_that_is_killed_again_and_again_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut rack = Rack::set(folder.path(), Inspected::sqlite(folder.path()), Dice::thrown());
    for _ in 0..kills() {
        rack.strike(Blow::Server);
    }
    rack.tell("SQLite");
}

#[test]
fn a_server_on_postgresql_that_is_killed_again_and_again_loses_nothing() {
    let Some(schema) = Schema::new() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut rack = Rack::set(folder.path(), Inspected::postgres(&schema.address()), Dice::thrown());
    for n in 1..=kills() {
        rack.strike(match n % 5 {
            2 => Blow::Connection,
            4 => Blow::Database,
            0 => Blow::Both,
            _ => Blow::Server,
        });
    }
    rack.tell("PostgreSQL");
}

#[test]
fn a_database_that_forgot_its_last_moments_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut rack = Rack::set(folder.path(), Inspected::sqlite(folder.path()), Dice::thrown());
    rack.strike(Blow::Server);
    let wrong = rack.strike_and_forget(folder.path());
    for found in ["is not delivered", "another verdict"] {
        assert!(wrong.iter().any(|wrong| wrong.contains(found)), "{found}: {:?}", wrong.first());
    }
}
