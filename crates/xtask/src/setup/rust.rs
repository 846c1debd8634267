//! The parts of the Rust toolchain beyond the compiler itself.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
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
    if sysroot()?.join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
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

/// The compiler with clippy in it, which `cargo clippy` calls.
pub fn clippy_driver() -> Result<PathBuf, Failure> {
    let driver = sysroot()?.join("bin").join(format!("clippy-driver{}", env::consts::EXE_SUFFIX));
    let there = process::is_program(&driver);
    there.then_some(driver).or_else(|| process::find_program(&["clippy-driver"])).ok_or_else(|| {
        Failure::new("clippy is there, but its clippy-driver is neither beside the compiler nor on the PATH.")
    })
}

fn sysroot() -> Result<PathBuf, Failure> {
    let mut ask = Command::new(rustc());
    ask.args(["--print", "sysroot"]);
    Ok(PathBuf::from(process::output(&mut ask, "asking rustc where it is")?.trim()))
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
