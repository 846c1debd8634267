//! Where things are in this repository, and what cargo says is in it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::app::LIST;
use crate::disk;
use crate::failure::Failure;
use crate::process;

/// The packages whose integration tests need a browser.
pub const BROWSER_PACKAGES: [&str; 2] = ["opstap-browser", "opstap-view"];

/// The packages that are served to a browser, and linted as they are there.
pub const WEB_PACKAGES: [&str; 3] = ["opstap-frontend", BROWSER_PACKAGES[0], BROWSER_PACKAGES[1]];

/// The package with the simulation, HTTP and browser tests and the benchmarks.
pub const TESTS_PACKAGE: &str = "opstap-tests";

/// Every native command of the tests chooses the same packages: cargo unites features over what is chosen, and another
/// choice would compile the dependencies again.
pub const ALL_PACKAGES: &str = "--workspace";

/// The repository on this machine.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
    metadata: Value,
}

/// One thing cargo can build: a library, a program or a test.
pub struct Target {
    /// The package it is in.
    pub package: String,
    /// Its own name.
    pub name: String,
    /// What cargo calls its kind: `bin`, `lib`, `test`.
    pub kind: String,
    /// Whether a plain `cargo test` runs it.
    pub tested: bool,
}

impl Workspace {
    /// Finds the repository this tool was built from.
    pub fn find() -> Result<Self, Failure> {
        let package =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root =
            package.ancestors().nth(2).map(Path::to_path_buf).ok_or_else(|| {
                Failure::new("cannot tell where the repository is; start this tool as `cargo xtask`.")
            })?;
        let mut command = process::plain_cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(&root);
        let printed = process::output(&mut command, "asking cargo what is in this repository")?;
        let metadata: Value = serde_json::from_slice(printed.as_bytes())
            .map_err(|cause| Failure::new(format!("cannot read what `cargo metadata` says: {cause}.")))?;
        let target = metadata
            .get("target_directory")
            .and_then(Value::as_str)
            .map(PathBuf::from)
            .ok_or_else(|| Failure::new("`cargo metadata` names no target directory."))?;
        Ok(Self { root, target, metadata })
    }

    /// The folder that holds the workspace's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The sources of the app.
    pub fn frontend(&self) -> PathBuf {
        self.root.join("frontend")
    }

    /// Where native builds go.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Where builds for the browser go: apart, so that they do not wait for native ones.
    pub fn web_target(&self) -> PathBuf {
        env::var_os("OPSTAP_WEB_TARGET").map_or_else(|| self.target.join("web"), PathBuf::from)
    }

    /// The app as it is served.
    pub fn app(&self) -> PathBuf {
        self.target.join("app")
    }

    /// A cargo command in this repository for the machine itself. The server embeds the app found at `OPSTAP_APP_DIR`;
    /// every command names the same folder, since another one would compile the server anew.
    pub fn cargo(&self, subcommand: &str) -> Command {
        let mut command = process::plain_cargo();
        command.arg(subcommand).current_dir(&self.root);
        if let Some(app) = self.built_app() {
            command.env("OPSTAP_APP_DIR", app);
        }
        command
    }

    /// The command that runs native tests of this repository, all that are chosen whatever becomes of the first.
    pub fn native_tests(&self) -> Command {
        let mut command = self.cargo("test");
        command.args([ALL_PACKAGES, "--no-fail-fast"]);
        command
    }

    /// A cargo command in this repository for the browser.
    pub fn web_cargo(&self, subcommand: &str) -> Command {
        let mut command = process::plain_cargo();
        command
            .arg(subcommand)
            .args(["--target", "wasm32-unknown-unknown"])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", self.web_target());
        command
    }

    /// The folder of the served app for whoever compiles the server. Without a built app there is none, and the server
    /// then holds a page that says so.
    fn built_app(&self) -> Option<PathBuf> {
        Some(self.app()).filter(|app| app.join(LIST).is_file())
    }

    /// Everything cargo can build here.
    pub fn targets(&self) -> Vec<Target> {
        let packages = self.metadata.get("packages").and_then(Value::as_array);
        packages.into_iter().flatten().flat_map(targets_of).collect()
    }

    /// Whether the package has a program of this name.
    pub fn has_program(&self, package: &str, name: &str) -> bool {
        self.targets().iter().any(|target| target.package == package && target.name == name && target.kind == "bin")
    }

    /// The version of a dependency in the lock file.
    pub fn locked_version(&self, dependency: &str) -> Result<String, Failure> {
        let lock = disk::read_text(&self.root.join("Cargo.lock"))?;
        version_in_lock(&lock, dependency)
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("Cargo.lock has no package {dependency}.")))
    }

    /// Fails when the library that makes the glue is not of the version the app is compiled with: they only understand
    /// each other when they are the same.
    pub fn same_wasm_bindgen(&self) -> Result<(), Failure> {
        let [app, tool] = ["wasm-bindgen", "wasm-bindgen-cli-support"].map(|name| self.locked_version(name));
        let (app, tool) = (app?, tool?);
        if app == tool {
            return Ok(());
        }
        Err(Failure::new(format!(
            "Cargo.lock has wasm-bindgen {app} and wasm-bindgen-cli-support {tool}; bring them together with `cargo \
             update --precise`."
        )))
    }
}

fn targets_of(package: &Value) -> Vec<Target> {
    let name = text(package, "name");
    let targets = package.get("targets").and_then(Value::as_array);
    targets
        .into_iter()
        .flatten()
        .map(|target| Target {
            package: name.clone(),
            name: text(target, "name"),
            kind: target
                .get("kind")
                .and_then(|kinds| kinds.get(0))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            tested: target.get("test").and_then(Value::as_bool).unwrap_or(false),
        })
        .collect()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn version_in_lock<'lock>(lock: &'lock str, dependency: &str) -> Option<&'lock str> {
    let name = format!("name = \"{dependency}\"");
    let mut lines = lock.lines().skip_while(|line| **line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_locked_dependency_is_found_by_its_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }

    #[test]
    fn this_repository_knows_its_own_targets() {
        let workspace = Workspace::find().unwrap();
        assert!(workspace.has_program("xtask", "xtask"));
        assert!(!workspace.has_program("xtask", "nothing"));
    }
}
