//! What the operating system says of a program that is measured: seconds of the processor, and memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Ticks of the kernel's clock in a second; Linux has shown 100 to programs for decades.
const TICKS: f64 = 100.0;

/// What `/proc/<pid>/stat` says of one process.
struct Process {
    parent: u32,
    ticks: u64,
}

/// The seconds so far of one process, all its threads together, in steps of a hundredth; 0 where the machine has no `/proc`.
#[must_use]
pub fn seconds_of(pid: u32) -> f64 {
    let line = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat(&line).map_or(0.0, |process| in_seconds(process.ticks))
}

/// The memory a process has now, in bytes; 0 where the machine has no `/proc`.
#[must_use]
pub fn memory(pid: u32) -> u64 {
    status(pid, "VmRSS:")
}

/// The most memory a process ever had, in bytes; 0 where the machine has no `/proc`.
#[must_use]
pub fn peak_memory(pid: u32) -> u64 {
    status(pid, "VmHWM:")
}

fn status(pid: u32, field: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    kibibytes(&text, field).unwrap_or_default().saturating_mul(1_024)
}

fn kibibytes(status: &str, field: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse().ok()
}

#[expect(clippy::cast_precision_loss, reason = "what ran for days is not measured here")]
fn in_seconds(ticks: u64) -> f64 {
    ticks as f64 / TICKS
}

/// The seconds so far of the browser with this profile, all its processes together; 0 where the machine has no `/proc`.
#[must_use]
pub fn seconds_of_browser(profile: &Path) -> f64 {
    let all = processes();
    let profile = format!("--user-data-dir={}", profile.display());
    let mine: Vec<u32> = all.keys().copied().filter(|pid| has_argument(*pid, &profile)).collect();
    let ticks: u64 = all.iter().filter(|(pid, _)| descends(**pid, &mine, &all)).map(|(_, process)| process.ticks).sum();
    in_seconds(ticks)
}

fn processes() -> BTreeMap<u32, Process> {
    let folder = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = folder.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(|pid: u32| Some((pid, stat(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)?))).collect()
}

/// The seconds so far of all processes that this one began and that ended, in steps of a hundredth; 0 where the machine has no `/proc`.
#[must_use]
pub fn seconds_of_ended() -> f64 {
    let line = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = line.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().skip(13).take(2));
    in_seconds(ticks.into_iter().flatten().filter_map(|field| field.parse::<u64>().ok()).sum())
}

/// The name of the program stands in brackets and may hold anything, so fields are counted from behind it.
fn stat(line: &str) -> Option<Process> {
    let (_, rest) = line.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Process { parent: u32::try_from(number(1)?).ok()?, ticks: number(11)? + number(12)? })
}

fn has_argument(pid: u32, argument: &str) -> bool {
    let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    line.split(|byte| *byte == 0).any(|one| one == argument.as_bytes())
}

fn descends(pid: u32, from: &[u32], all: &BTreeMap<u32, Process>) -> bool {
    let mut at = pid;
    while let Some(process) = all.get(&at) {
        if from.contains(&at) {
            return true;
        }
        at = process.parent;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_found_behind_a_name_with_brackets_and_blanks() {
        let line = "7 (a) b (c)) S 3 7 7 0 -1 4194304 100 0 0 0 25 17 0 0 20 0 1 0 100 0 0";
        let process = stat(line).unwrap();
        assert_eq!((process.parent, process.ticks), (3, 42));
        assert!(stat("nonsense").is_none());
    }

    #[test]
    fn memory_is_read_from_its_own_line() {
        let status = "Name:\topstap\nVmHWM:\t   42100 kB\nVmRSS:\t   40000 kB\n";
        assert_eq!(kibibytes(status, "VmHWM:"), Some(42_100));
        assert_eq!(kibibytes(status, "VmSwap:"), None);
    }
}
