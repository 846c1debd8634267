//! PostgreSQL's programs: those on the machine, else from Debian's packages where this person may install them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::browser;
use crate::failure::Failure;
use crate::process;

/// Where Debian and Ubuntu put the programs, in a folder a version; few of them are on the PATH.
const DEBIAN: &str = "/usr/lib/postgresql";
/// What makes a database and what serves it.
pub const NEEDED: [&str; 2] = ["initdb", "postgres"];

/// Finds the folder with the programs, or installs them.
pub fn find_or_install() -> Result<PathBuf, Failure> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let why = "The tests on PostgreSQL need its server programs; POSTGRES_PROGRAMS says in which folder they are.";
    browser::install_package("postgresql", why)?;
    find().ok_or_else(|| Failure::new("apt-get installed postgresql, but its programs are not where Debian puts them."))
}

fn find() -> Option<PathBuf> {
    let named = env::var_os("POSTGRES_PROGRAMS").map(PathBuf::from);
    let on_the_path = process::find_program(&NEEDED[..1]).and_then(|program| program.parent().map(Path::to_path_buf));
    named.into_iter().chain(of_debian()).chain(on_the_path).find(|folder| has_all(folder))
}

fn has_all(folder: &Path) -> bool {
    NEEDED.iter().all(|program| process::is_program(&folder.join(program)))
}

/// The folders of Debian's packages, the newest version first.
fn of_debian() -> Vec<PathBuf> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    folders.sort();
    folders.into_iter().rev().map(|(_, folder)| folder).collect()
}
