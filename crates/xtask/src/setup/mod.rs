//! What has to be on a machine before a command can do its work. Each step looks first and is quick the second time.

pub mod browser;
mod packages;
pub mod postgres;
mod runner;
mod rust;

use std::path::PathBuf;
use std::process::Command;

use crate::app::Speed;
use crate::failure::Failure;
use crate::process::announce;
use crate::workspace::Workspace;

pub use browser::Browser;

/// All of it, as `cargo xtask setup` does.
pub fn everything(workspace: &Workspace) -> Result<(), Failure> {
    for_building(workspace, Speed::Small)?;
    for_checking()?;
    let runner = test_runner(workspace, workspace.native_tests())?;
    let browser = browser::find_or_install()?;
    let postgres = postgres::find_or_install()?;
    packages::install(workspace)?;
    let found = [&runner, &browser.chromium, &browser.driver, &postgres].map(|path| path.display().to_string());
    announce(&format!("Ready: {}", found.join(", ")));
    Ok(())
}

/// What building the app takes.
pub fn for_building(workspace: &Workspace, speed: Speed) -> Result<(), Failure> {
    workspace.same_wasm_bindgen()?;
    rust::add_wasm_target()?;
    match speed {
        Speed::Small => rust::add_std_source(),
        Speed::Quick => Ok(()),
    }
}

/// What format and lint checks take.
pub fn for_checking() -> Result<(), Failure> {
    rust::add_component("rustfmt", "fmt")?;
    rust::add_component("clippy", "clippy")
}

/// The compiler with clippy in it.
pub fn clippy_driver() -> Result<PathBuf, Failure> {
    rust::clippy_driver()
}

/// What runs wasm tests in a browser: the runner of exactly the version the tests are compiled with.
pub fn test_runner(workspace: &Workspace, native_tests: Command) -> Result<PathBuf, Failure> {
    runner::build(workspace, native_tests)
}

/// What the tests load from npm.
pub fn npm_packages(workspace: &Workspace) -> Result<(), Failure> {
    packages::install(workspace)
}
