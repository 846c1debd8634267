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
    let mut ask = Command::new(rustc());
    ask.args(["--print", "target-libdir", "--target", TRIPLE]);
    let folder = process::output(&mut ask, "asking rustc for the wasm target")?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    announce("Adding the wasm target");
    rustup(&["target", "add", TRIPLE])
}

/// Adds the source of the standard library, which the small build of the app compiles along.
pub fn add_std_source() -> Result<(), Failure> {
    let mut ask = Command::new(rustc());
    ask.args(["--print", "sysroot"]);
    let sysroot = process::output(&mut ask, "asking rustc where it is")?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    announce("Adding the source of the standard library");
    rustup(&["component", "add", "rust-src"])
}

/// Adds a component when the cargo command it brings is not there.
pub fn add_component(component: &str, subcommand: &str) -> Result<(), Failure> {
    if process::succeeds(process::plain_cargo().args([subcommand, "--version"])) {
        return Ok(());
    }
    announce(&format!("Adding {component}"));
    rustup(&["component", "add", component])
}

fn rustc() -> OsString {
    env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"))
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
