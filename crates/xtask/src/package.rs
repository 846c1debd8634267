//! `cargo xtask package`: one binary with the app inside, ready to be copied to a machine.

use std::process::Command;

use crate::app::{self, Speed};
use crate::disk;
use crate::failure::Failure;
use crate::process;
use crate::run;
use crate::setup;
use crate::workspace::Workspace;

/// Makes `target/package/opstap` and prints what it weighs.
pub fn package(workspace: &Workspace) -> Result<(), Failure> {
    setup::for_building(workspace, Speed::Small)?;
    let built = app::build(workspace, Speed::Small)?;
    print!("{}", built.table());
    built.within_budget()?;
    let program = run::build_server(workspace, Speed::Small)?;
    let packaged = workspace.target().join("package").join(program.file_name().unwrap_or_default());
    disk::copy(&program, &packaged)?;
    // Stripped here and not by the profile: another profile would compile every dependency once more.
    process::run(Command::new("strip").arg(&packaged), "stripping the binary")?;
    let bytes = disk::size(&packaged)?;
    println!("{}: {}.{} MB", packaged.display(), bytes / 1_000_000, bytes % 1_000_000 / 100_000);
    Ok(())
}
