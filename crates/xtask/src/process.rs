//! Starting other programs, and saying in a sentence which one stopped.

use std::env;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// Says on standard error what is being done now.
pub fn announce(what: &str) {
    eprintln!("== {what}");
}

/// The cargo that started this tool, so that the toolchain is the same all the way down.
pub fn plain_cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    // What cargo told this tool of its own package is a change to some build scripts: half of the server would be built again each time
    // somebody calls cargo themselves in between.
    command.env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Runs a program to its end; `doing` completes the sentence when it stops without success.
pub fn run(command: &mut Command, doing: &str) -> Result<(), Failure> {
    let status = command.status().map_err(|cause| cannot_start(command, &cause))?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{doing} stopped with {status}."))) }
}

/// The same command, at work only where a processor has nothing else to do.
pub fn when_idle(command: &Command) -> Command {
    let mut nice = Command::new("nice");
    nice.args(["-n", "19"]).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => nice.env(name, value),
            None => nice.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        nice.current_dir(folder);
    }
    nice
}

/// What a program prints; its messages on standard error are shown as they come.
pub fn output(command: &mut Command, doing: &str) -> Result<String, Failure> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|cause| cannot_start(command, &cause))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(Failure::new(format!("{doing} stopped with {}.", output.status)))
    }
}

/// Whether a program can be started and ends with success; prints nothing.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a program, passes on what it prints and shows each line to `notice`; tells whether it ended with success.
pub fn run_noticing(command: &mut Command, mut notice: impl FnMut(&str)) -> Result<bool, Failure> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|cause| cannot_start(command, &cause))?;
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|bytes| bytes > 0) {
            // A closed terminal is no reason to stop counting.
            let _ = std::io::stdout().write_all(&line);
            notice(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    let status = child.wait().map_err(|cause| cannot_start(command, &cause))?;
    Ok(status.success())
}

/// The first of these programs that is on the PATH.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names
        .iter()
        .find_map(|name| env::split_paths(&path).map(|folder| folder.join(name)).find(|program| is_program(program)))
}

/// Whether there is a file at this place that could be started.
pub fn is_program(path: &Path) -> bool {
    path.is_file()
}

fn cannot_start(command: &Command, cause: &std::io::Error) -> Failure {
    Failure::new(format!("cannot start {}: {cause}.", command.get_program().to_string_lossy()))
}
