//! `cargo xtask test`: every check of the repository in a fixed order, with one count at the end.

mod checks;
mod part;
mod report;
mod tally;

use std::env;
use std::time::Instant;

use crate::failure::Failure;
use crate::process::announce;
use crate::workspace::Workspace;

pub use checks::{SIMULATION, SIMULATION_PROFILE};
pub use part::Part;
use report::{Outcome, Report};
pub use tally::Tally;

/// Runs these parts, each whatever became of the ones before it, prints a table and one closing line.
pub fn test(workspace: &Workspace, parts: &[Part]) -> Result<(), Failure> {
    let mut checks = checks::Checks::new(workspace);
    let mut report = Report::new(in_ci());
    let mut parts = parts.to_vec();
    if in_ci() {
        // All of them run, whatever fails: with the app built first, the server that holds it is compiled once.
        parts.sort_by_key(|part| match part {
            Part::Format => 0,
            Part::Build => 1,
            _ => 2,
        });
    }
    for part in &parts {
        announce(&format!("{}: {}", part.name(), part.purpose()));
        let started = Instant::now();
        let outcome = checks.run(*part);
        if let Outcome::Broken(reason) | Outcome::Skipped(reason) = &outcome {
            eprintln!("xtask: {reason}");
        }
        report.add(*part, outcome, started.elapsed());
        // Whoever stops the rest, or a machine that does, leaves what was known.
        println!("{}", report.newest());
    }
    print!("\n{}", report.table());
    println!("{}", report.closing_line());
    report.verdict()
}

/// In CI nothing that should have run may pass by not running.
pub fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}
