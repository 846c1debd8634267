//! `cargo xtask torture`: a real server killed under load as often as somebody likes. What is done to it stands in
//! `tests/tests/torture.rs`.

use std::path::Path;
use std::process::Command;

use crate::app::Speed;
use crate::database::{Database, Disk};
use crate::failure::Failure;
use crate::process::{self, announce};
use crate::run;
use crate::setup;
use crate::workspace::Workspace;

/// Adds to a command of cargo's which tests they are, and what they are done with.
pub fn tests<'command>(
    command: &'command mut Command,
    server: &Path,
    database: Option<&Database>,
) -> &'command mut Command {
    if let Some(database) = database {
        command.env("OPSTAP_TEST_DATABASE", database.address());
    }
    command.args(["--test", "torture"]).env("OPSTAP_BIN", server)
}

/// A database of its own, on a machine where there can be one. Without it only SQLite is tortured.
pub fn database() -> Result<Option<Database>, Failure> {
    match setup::postgres::find_or_install() {
        Ok(programs) => Database::start(&programs, Disk::Durable).map(Some),
        Err(lacking) => {
            eprintln!("xtask: {lacking}");
            Ok(None)
        }
    }
}

/// Kills servers so many times each.
pub fn torture(workspace: &Workspace, kills: u64) -> Result<(), Failure> {
    let server = run::build_server(workspace, Speed::Quick)?;
    let database = database()?;
    announce(&format!("Killing servers, {kills} times each"));
    let mut command = workspace.cargo("test");
    command.args(["--package", crate::workspace::TESTS_PACKAGE]);
    tests(&mut command, &server, database.as_ref()).env("OPSTAP_KILLS", kills.to_string());
    process::run(command.args(["--", "--nocapture", "--test-threads", "1"]), "the torture")
}
