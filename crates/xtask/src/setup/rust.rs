//! The parts of the Rust toolchain beyond the compiler itself.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{self, announce};

const TRIPLE: &str = "wasm32-unknown-unknown";

/// Adds the standard library for WebAssembly. Asks the compiler rather than rustup, since a distribution's Rust may
/// have the target without rustup.
pub fn add_wasm_target() -> Result<(), Failure> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let mut ask = Command::new(rustc);
    ask.args(["--print", "target-libdir", "--target", TRIPLE]);
    let folder = process::output(&mut ask, "asking rustc for the wasm target")?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    announce("Adding the wasm target");
    rustup(&["target", "add", TRIPLE])
}

/// Adds a component when the cargo command it brings is not there.
pub fn add_component(component: &str, subcommand: &str) -> Result<(), Failure> {
    if process::succeeds(process::plain_cargo().args([subcommand, "--version"])) {
        return Ok(());
    }
    announce(&format!("Adding {component}"));
    rustup(&["component", "add", component])
}

fn rustup(arguments: &[&str]) -> Result<(), Failure> {
    if process::find_program(&["rustup"]).is_none() {
        return Err(Failure::new(format!(
            "rustup is not there to run `rustup {}`; install rustup, or get this from where your Rust came from.",
            arguments.join(" ")
        )));
    }
    process::run(Command::new("rustup").args(arguments), "rustup")
}
