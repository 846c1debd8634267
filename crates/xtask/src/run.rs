//! `cargo xtask run`: builds everything and becomes the server.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use crate::app::{self, Speed};
use crate::failure::Failure;
use crate::process::{self, announce};
use crate::setup;
use crate::workspace::Workspace;

/// The package and the program of the server.
pub const SERVER: (&str, &str) = ("opstap-server", "opstap");

/// Builds the app and the server and starts it with these arguments.
pub fn run(workspace: &Workspace, speed: Speed, arguments: &[OsString]) -> Result<(), Failure> {
    setup::for_building(workspace, speed)?;
    let built = app::build(workspace, speed)?;
    if let Err(heavy) = built.within_budget() {
        // Whoever wants to see the app run should; `build` and `test` do stop at this.
        eprintln!("xtask: {heavy}");
    }
    let server = build_server(workspace, speed)?;
    announce("Starting Opstap");
    let mut command = Command::new(server);
    command.args(arguments);
    become_program(command)
}

/// Builds the server with the app inside and tells where it is.
pub fn build_server(workspace: &Workspace, speed: Speed) -> Result<PathBuf, Failure> {
    announce("Building the server");
    let (package, program) = SERVER;
    let mut command = workspace.cargo("build");
    command.args(["--package", package, "--bin", program]);
    let folder = match speed {
        Speed::Small => {
            command.arg("--release");
            "release"
        }
        Speed::Quick => "debug",
    };
    process::run(&mut command, "building the server")?;
    Ok(program_in(workspace, folder))
}

/// Where cargo leaves the server, by the folder of the profile.
pub fn program_in(workspace: &Workspace, folder: &str) -> PathBuf {
    workspace.target().join(folder).join(format!("{}{}", SERVER.1, std::env::consts::EXE_SUFFIX))
}

/// Replaces this process, so that Ctrl-C and SIGTERM reach the server itself.
#[cfg(unix)]
fn become_program(mut command: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let cause = command.exec();
    Err(Failure::new(format!("cannot start the server: {cause}.")))
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<(), Failure> {
    process::run(&mut command, "the server")
}
