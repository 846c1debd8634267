//! The program that runs wasm tests in a browser, built from the crate registry into the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::process::{self, announce};
use crate::workspace::Workspace;

const RUNNER: &str = "wasm-bindgen-test-runner";

/// Finds the runner of the locked version, or installs it; another version would not understand the tests.
pub fn install(workspace: &Workspace) -> Result<PathBuf, Failure> {
    let version = workspace.locked_version("wasm-bindgen")?;
    let tools = workspace.target().join("tools");
    let ours = tools.join("bin").join(format!("{RUNNER}{}", std::env::consts::EXE_SUFFIX));
    let found = [Some(ours.clone()), process::find_program(&[RUNNER])];
    if let Some(runner) = found.into_iter().flatten().find(|runner| is_version(runner, &version)) {
        return Ok(runner);
    }
    announce(&format!("Building {RUNNER} {version}"));
    let mut command = process::plain_cargo();
    command
        .args(["install", "--debug", "--force", "wasm-bindgen-cli", "--bin", RUNNER])
        .args(["--version", &format!("={version}")])
        .arg("--root")
        .arg(&tools)
        .current_dir(workspace.root())
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    process::run(&mut command, "installing wasm-bindgen-cli")?;
    Ok(ours)
}

fn is_version(runner: &Path, version: &str) -> bool {
    Command::new(runner)
        .arg("--version")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version))
}
