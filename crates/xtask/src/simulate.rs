//! `cargo xtask simulate`: any number of histories, or one of them again.

use crate::failure::Failure;
use crate::process;
use crate::test::{SIMULATION, SIMULATION_PROFILE};
use crate::workspace::Workspace;

/// Which histories to play. The same number is always the same history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Histories {
    /// The number of the first.
    pub first: u64,
    /// How many.
    pub count: u64,
}

/// Plays them; the first that is wrong is made smaller and shown.
pub fn simulate(workspace: &Workspace, histories: Histories) -> Result<(), Failure> {
    let mut command = workspace.cargo("test");
    command
        .args(["--profile", SIMULATION_PROFILE, "--package", SIMULATION, "--", "--nocapture", "whatever_happens"])
        .env("OPSTAP_FIRST", histories.first.to_string())
        .env("OPSTAP_HISTORIES", histories.count.to_string());
    process::run(&mut command, "the simulation")
}
