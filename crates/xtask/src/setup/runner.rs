//! The program that runs wasm tests in a browser: `tests/wasm-runner`, of the same lock file as the tests themselves.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::process;
use crate::workspace::Workspace;

const RUNNER: &str = "wasm-runner";

/// Builds the runner, by a command for native tests: what it shares with those is compiled once.
pub fn build(workspace: &Workspace, mut native_tests: Command) -> Result<PathBuf, Failure> {
    // Asked for by its test, whose program it is: another choice of targets would be other features of what it rests on.
    process::run(native_tests.args(["--test", "wasm_runner", "--no-run"]), "building the runner of wasm tests")?;
    Ok(workspace.target().join("debug").join(format!("{RUNNER}{}", std::env::consts::EXE_SUFFIX)))
}
