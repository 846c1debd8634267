//! Compiles the programs for the browser and lets wasm-bindgen make their glue.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use super::lay_out::Code;
use super::names::digest;
use super::{Bundle, Speed, slim};
use crate::disk;
use crate::failure::Failure;
use crate::process;
use crate::workspace::Workspace;

const TRIPLE: &str = "wasm32-unknown-unknown";

/// Compiles the programs of all bundles.
pub fn compile(workspace: &Workspace, speed: Speed) -> Result<(), Failure> {
    let mut command = workspace.web_cargo("build");
    command.args(["--package", "opstap-frontend", "--profile", profile(speed).0]);
    for bundle in Bundle::ALL {
        command.args(["--bin", bundle.name()]);
    }
    if speed == Speed::Small {
        for_size(&mut command);
    }
    process::run(&mut command, "building the app")
}

/// What takes bytes off beyond the profile, the standard library included: docs/adr/0005-standard-library-for-size.md.
fn for_size(command: &mut Command) {
    let mut flags: Vec<String> = [
        "-Zunstable-options",
        // A phone shows no messages of panics, so it need not carry them, nor where they happened.
        "-Cpanic=immediate-abort",
        "-Zlocation-detail=none",
        // Two of LLVM's ways to save a loop some work, paid for with more code around it.
        "-Cllvm-args=-disable-lsr -enable-load-pre=false",
    ]
    .map(str::to_owned)
    .into();
    flags.extend(short_paths());
    command
        // These flags are open to nightly compilers only, unless they are asked for by this name.
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
}

/// The profile, and the folder cargo puts its results in.
const fn profile(speed: Speed) -> (&'static str, &'static str) {
    match speed {
        Speed::Small => ("app", "app"),
        Speed::Quick => ("dev", "debug"),
    }
}

/// Code may name the file it is in. Without this the path of the builder's own home would travel to every phone.
fn short_paths() -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        env::var_os("HOME").or_else(|| env::var_os("USERPROFILE")).map(|home| PathBuf::from(home).join(".cargo"))
    });
    let sources = home.map(|home| home.join("registry").join("src"));
    let indexes = sources.as_deref().and_then(|folder| std::fs::read_dir(folder).ok());
    let mut flags: Vec<String> = indexes
        .into_iter()
        .flatten()
        .flatten()
        .map(|index| format!("--remap-path-prefix={}/=", index.path().display()))
        .collect();
    // Another order would be other flags to cargo, and everything would be compiled again.
    flags.sort();
    flags
}

/// The program of a bundle as the browser takes it. Kept beside the hash of what the compiler made, because
/// wasm-bindgen itself is compiled without optimisation and takes seconds.
pub fn bind(workspace: &Workspace, bundle: Bundle, speed: Speed) -> Result<Code, Failure> {
    let target = workspace.web_target();
    let compiled = target.join(TRIPLE).join(profile(speed).1).join(format!("{}.wasm", bundle.name()));
    let folder = target.join("bindgen").join(profile(speed).0).join(bundle.name());
    let stamp = folder.join("made-from.txt");
    let made_from = format!(
        "{} wasm-bindgen {} slim {}\n",
        digest(&disk::read(&compiled)?),
        workspace.locked_version("wasm-bindgen")?,
        slim::VERSION
    );
    if disk::read(&stamp).ok().as_deref() != Some(made_from.as_bytes()) {
        disk::remove(&folder)?;
        generate(&compiled, &folder, bundle, speed)?;
        if speed == Speed::Small {
            make_slim(&folder, bundle)?;
        }
        disk::write(&stamp, made_from.as_bytes())?;
    }
    read(&folder, bundle)
}

fn generate(compiled: &Path, folder: &Path, bundle: Bundle, speed: Speed) -> Result<(), Failure> {
    let quick = speed == Speed::Quick;
    Bindgen::new()
        .web(true)
        .map(|bindgen| {
            bindgen
                .input_path(compiled)
                .out_name(bundle.name())
                .typescript(false)
                // The glue finds its own program, so that a loader has one name to know.
                .omit_default_module_path(false)
                .debug(quick)
                .remove_name_section(!quick)
                .remove_producers_section(!quick)
        })
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|cause| Failure::new(format!("wasm-bindgen cannot make the glue of {}: {cause:#}.", bundle.name())))
}

fn make_slim(folder: &Path, bundle: Bundle) -> Result<(), Failure> {
    let made = read(folder, bundle)?;
    let slim = slim::slim(&made.wasm, &made.glue)?;
    disk::write(&folder.join(format!("{}_bg.wasm", bundle.name())), &slim.wasm)?;
    disk::write(&folder.join(format!("{}.js", bundle.name())), slim.glue.as_bytes())
}

fn read(folder: &Path, bundle: Bundle) -> Result<Code, Failure> {
    let snippets = disk::read_tree(&folder.join("snippets"))?;
    let mut texts = BTreeMap::new();
    for (path, content) in snippets {
        let text = String::from_utf8(content)
            .map_err(|_| Failure::new(format!("the JavaScript in snippets/{path} is no UTF-8.")))?;
        texts.insert(format!("./snippets/{path}"), text);
    }
    Ok(Code {
        wasm: disk::read(&folder.join(format!("{}_bg.wasm", bundle.name())))?,
        glue: disk::read_text(&folder.join(format!("{}.js", bundle.name())))?,
        snippets: texts,
    })
}
