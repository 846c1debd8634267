//! `cargo xtask screenshots`: every screen as a picture, for people to look at.

use std::ffi::OsString;

use crate::app::{self, Speed};
use crate::failure::Failure;
use crate::process::{self, announce};
use crate::run;
use crate::setup;
use crate::workspace::{TESTS_PACKAGE, Workspace};

/// Builds app and server and takes the pictures, of all screens or of those named; the program says where they are.
pub fn screenshots(workspace: &Workspace, names: &[OsString]) -> Result<(), Failure> {
    setup::for_building(workspace, Speed::Quick)?;
    app::build(workspace, Speed::Quick)?;
    let server = run::build_server(workspace, Speed::Quick)?;
    let browser = setup::browser::find_or_install()?;
    announce("Taking every screen");
    let mut command = workspace.cargo("run");
    command
        .args(["--package", TESTS_PACKAGE, "--bin", "screenshots", "--"])
        .args(names)
        .env("OPSTAP_BIN", server)
        .env("CHROMIUM", browser.chromium)
        .env("CHROMIUM_WINDOWLESS", browser.windowless)
        .env("CHROMEDRIVER", browser.driver);
    process::run(&mut command, "taking the pictures")
}
