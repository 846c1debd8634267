//! The npm packages of the browser tests, when `tests/package.json` names any.

use std::path::PathBuf;
use std::process::Command;

use super::browser;
use crate::disk;
use crate::failure::Failure;
use crate::process::{self, announce};
use crate::workspace::Workspace;

/// Installs what `tests/package-lock.json` fixes, unless just that is there already.
pub fn install(workspace: &Workspace) -> Result<(), Failure> {
    let folder = workspace.root().join("tests");
    if !folder.join("package.json").is_file() {
        return Ok(());
    }
    let lock = disk::read(&folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules").join("installed-from.json");
    if disk::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = npm()?;
    announce("Installing the npm packages of the tests");
    let mut command = Command::new(npm);
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    process::run(&mut command, "npm ci")?;
    disk::write(&stamp, &lock)
}

fn npm() -> Result<PathBuf, Failure> {
    if let Some(npm) = process::find_program(&["npm"]) {
        return Ok(npm);
    }
    browser::install_package("npm", "The tests in a browser load packages with npm.")?;
    process::find_program(&["npm"]).ok_or_else(|| Failure::new("npm was installed, but it is not on the PATH."))
}
