//! What a report over a year of an organisation takes, and what a professional's device takes to show its first screens: a table to read, not a
//! test.

mod device;
mod ground;
mod year;

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use opstap_tests::browser::Tools;
use opstap_tests::processor;

/// How often each is measured; the table has the median.
const ROUNDS: usize = 5;

/// One line of the table.
struct Row {
    what: String,
    wall: Duration,
    processor: f64,
    bytes: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let tools = Tools::find()?;
    eprintln!("Laying the ground: {} clients, a year each", ground::CLIENTS);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (folder, records) = runtime.block_on(ground::lay())?;
    let mut rows = Vec::new();
    for (report, more) in [
        ("hours", &[][..]),
        ("hours", &["--format", "html"]),
        ("effect", &[]),
        ("effect", &["--format", "json"]),
        ("following", &[]),
    ] {
        rows.push(measure(tools.server(), folder.path(), report, more)?);
    }
    eprintln!("The laptop of a professional of all {} clients", ground::CLIENTS);
    let (held, screens) = runtime.block_on(device::measure(&tools, folder.path()))?;
    print(&rows, records)?;
    Ok(print_screens(&screens, held)?)
}

/// The program from its start to its end, a report in between.
fn measure(program: &Path, folder: &Path, report: &str, more: &[&str]) -> Result<Row, Box<dyn Error>> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let before = (Instant::now(), processor::seconds_of_ended());
        let mut command = Command::new(program);
        command.args(["report", report, "--data"]).arg(folder.join("data")).args(more).stdin(Stdio::null());
        let told = command.stderr(Stdio::inherit()).output()?;
        if !told.status.success() {
            return Err(format!("the report {report} failed").into());
        }
        bytes = told.stdout.len();
        rounds.push((before.0.elapsed(), processor::seconds_of_ended() - before.1));
    }
    rounds.sort_by_key(|round| round.0);
    let (wall, processor) = rounds.get(ROUNDS / 2).copied().ok_or("nothing was measured")?;
    Ok(Row { what: [&[report], more].concat().join(" "), wall, processor, bytes })
}

fn print(rows: &[Row], records: usize) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\nReports over a year of {} clients with {records} records, from the start of the program to its end,",
        ground::CLIENTS
    )?;
    writeln!(out, "median of {ROUNDS}; at most 1 s\n")?;
    writeln!(out, "| report | ms | CPU s | bytes |\n| --- | ---: | ---: | ---: |")?;
    for Row { what, wall, processor, bytes } in rows {
        writeln!(out, "| {what} | {} | {:.2} | {bytes} |", wall.as_millis(), processor)?;
    }
    writeln!(out)
}

fn print_screens(screens: &[String], held: u64) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\nA laptop with {} clients that keeps {held} records, its processor {} times slower: milliseconds until it is painted\n",
        ground::CLIENTS,
        device::THROTTLE
    )?;
    writeln!(out, "| screen | median | least–most | CPU s | target |\n| --- | ---: | ---: | ---: | ---: |")?;
    for row in screens {
        writeln!(out, "{row}")?;
    }
    writeln!(out)
}
