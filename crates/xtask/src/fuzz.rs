//! `cargo xtask fuzz`: the fuzz targets for as long as somebody likes. What they are stands in `tests/tests/fuzz.rs`.

use std::env;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{self, announce};
use crate::test::{Tally, in_ci};
use crate::workspace::Workspace;

/// The seconds for each target unless somebody says otherwise, on a laptop and in CI.
const SECONDS: (u64, u64) = (5, 30);

/// What to fuzz.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fuzzing {
    /// Only the targets of this name.
    pub target: Option<String>,
    /// How long each.
    pub seconds: Option<u64>,
}

/// Adds to a command of cargo's which tests they are, and how long each target has.
pub fn tests(command: &mut Command, seconds: Option<u64>) -> &mut Command {
    let (quickly, in_earnest) = SECONDS;
    let seconds = seconds.unwrap_or(if in_ci() { in_earnest } else { quickly });
    command.args(["--test", "fuzz"]).env("OPSTAP_FUZZ_SECONDS", seconds.to_string())
}

/// Runs targets and shows how many inputs each held against its law.
pub fn fuzz(workspace: &Workspace, fuzzing: &Fuzzing) -> Result<(), Failure> {
    let mut command = workspace.native_tests();
    tests(&mut command, fuzzing.seconds).args(["--", "--nocapture"]);
    if let Some(target) = &fuzzing.target {
        command.arg(format!("fuzz::{target}::"));
    }
    if env::var_os("BOLERO_RANDOM_SEED").is_some() {
        announce("Fuzzing, beginning with the input of the seed");
    } else {
        announce("Fuzzing");
    }
    let mut tally = Tally::default();
    let all_held = process::run_noticing(&mut command, |line| tally += Tally::from_line(line))?;
    if !all_held {
        return Err(Failure::new(
            "an input did not hold. Set the BOLERO_RANDOM_SEED that stands above it to begin with that input again.",
        ));
    }
    match &fuzzing.target {
        Some(target) if tally.passed == 0 => Err(Failure::new(format!("there is no fuzz target `{target}`."))),
        None if tally.passed == 0 => Err(Failure::new("not one fuzz target ran.")),
        _ => Ok(()),
    }
}
