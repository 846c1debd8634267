//! What a person may type after `cargo xtask`, and what it means.

use std::ffi::OsString;

use lexopt::{Arg, Parser, ValueExt};

use crate::app::Speed;
use crate::bench::Benchmark;
use crate::failure::Failure;
use crate::fuzz::Fuzzing;
use crate::simulate::Histories;
use crate::test::Part;

/// What `--help` prints.
pub const HELP: &str = "\
cargo xtask <command>: builds, runs and tests Opstap. Each command does its own set-up; a second call is quick.

  run [--dev] [flags]    Build the app and the server and start it on http://127.0.0.1:8080.
                         Flags such as --empty and --listen go to the server; `run -- --help` lists them.
  test [part...]         Run every check, or only the parts named:
                         format lint unit postgres fuzz simulation torture wasm build
                         e2e tidy
  build [--dev]          Build the app into target/app and print what it weighs.
  package                Make the release binary target/package/opstap, with the app inside.
  simulate [--histories N] [--first K]
                         Play N histories (20000) of phones and a server from number K (1) on.
  torture [--kills N]    Kill the server under load N times (20) on SQLite and on PostgreSQL, and look for what is lost.
  bench <name>           Print a benchmark: wire, app, sync, data, reports or size.
  fuzz [target] [--seconds n]
                         Run the fuzz targets, or only one (codes edits images plans service stamps wire), for so
                         long each: 5 seconds without the flag, 30 with CI=true.
  screenshots [name...]  Take every screen, or only those named, in both languages, light and dark, in two sizes.
  setup                  Only the set-up: the wasm target, build tools, Chromium and its driver.

  --dev                  Build quickly rather than small (no budget is checked).
  --release              Build small; this is what happens without a flag.
  -h, --help             This text.
";

/// One command with what belongs to it.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// Print the help text.
    Help,
    /// Do the set-up of every other command.
    Setup,
    /// Build the app.
    Build(Speed),
    /// Build everything and start the server with these arguments.
    Run {
        /// How to build it.
        speed: Speed,
        /// What the server is told.
        server: Vec<OsString>,
    },
    /// Make the release binary.
    Package,
    /// Run these parts of the tests, in this order.
    Test(Vec<Part>),
    /// Run a benchmark.
    Bench(Benchmark),
    /// Play these histories.
    Simulate(Histories),
    /// Kill servers under load.
    Torture {
        /// How often each.
        kills: u64,
    },
    /// Run fuzz targets.
    Fuzz(Fuzzing),
    /// Take every screen.
    Screenshots(Vec<OsString>),
}

/// Reads the arguments after the name of the program.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Task, Failure> {
    let mut parser = Parser::from_args(arguments);
    let command = match parser.next().map_err(misread)? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Task::Help),
        Some(Arg::Value(command)) => command.string().map_err(misread)?,
        Some(other) => return Err(misread(other.unexpected())),
    };
    match command.as_str() {
        "help" => Ok(Task::Help),
        "setup" => without_more(parser, Task::Setup),
        "build" => build(parser),
        "run" => run(parser),
        "package" => without_more(parser, Task::Package),
        "test" => test(parser),
        "bench" => bench(parser),
        "simulate" => simulate(parser),
        "torture" => torture(parser),
        "fuzz" => fuzz(parser),
        "screenshots" => screenshots(parser),
        other => Err(Failure::new(format!("there is no command `{other}`; `cargo xtask --help` lists them."))),
    }
}

fn screenshots(mut parser: Parser) -> Result<Task, Failure> {
    let mut names = Vec::new();
    while let Some(argument) = parser.next().map_err(misread)? {
        match argument {
            Arg::Value(name) => names.push(name),
            other => return Err(misread(other.unexpected())),
        }
    }
    Ok(Task::Screenshots(names))
}

fn build(mut parser: Parser) -> Result<Task, Failure> {
    let mut speed = Speed::Small;
    while let Some(argument) = parser.next().map_err(misread)? {
        match argument {
            Arg::Long("dev") => speed = Speed::Quick,
            Arg::Long("release") => speed = Speed::Small,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(misread(other.unexpected())),
        }
    }
    Ok(Task::Build(speed))
}

/// All that is not ours goes to the server as it is: only the server knows which of its flags take a value.
fn run(mut parser: Parser) -> Result<Task, Failure> {
    let mut speed = Speed::Small;
    let mut server = Vec::new();
    let mut ours = true;
    for argument in parser.raw_args().map_err(misread)? {
        match argument.to_str() {
            Some("--") if ours => ours = false,
            Some("--dev") if ours => speed = Speed::Quick,
            Some("--release") if ours => speed = Speed::Small,
            Some("-h" | "--help") if ours => return Ok(Task::Help),
            _ => server.push(argument),
        }
    }
    Ok(Task::Run { speed, server })
}

fn test(mut parser: Parser) -> Result<Task, Failure> {
    let mut parts = Vec::new();
    while let Some(argument) = parser.next().map_err(misread)? {
        match argument {
            Arg::Value(name) => parts.push(Part::named(&name.string().map_err(misread)?)?),
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(misread(other.unexpected())),
        }
    }
    if parts.is_empty() {
        parts = Part::ALL.to_vec();
    }
    parts.sort();
    parts.dedup();
    Ok(Task::Test(parts))
}

fn simulate(mut parser: Parser) -> Result<Task, Failure> {
    let mut histories = Histories { first: 1, count: 20_000 };
    while let Some(argument) = parser.next().map_err(misread)? {
        match argument {
            Arg::Long("histories") => histories.count = number(&mut parser)?,
            Arg::Long("first") => histories.first = number(&mut parser)?,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(misread(other.unexpected())),
        }
    }
    Ok(Task::Simulate(histories))
}

fn torture(mut parser: Parser) -> Result<Task, Failure> {
    let mut kills = 20;
    while let Some(argument) = parser.next().map_err(misread)? {
        match argument {
            Arg::Long("kills") => kills = number(&mut parser)?,
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(misread(other.unexpected())),
        }
    }
    Ok(Task::Torture { kills })
}

fn number(parser: &mut Parser) -> Result<u64, Failure> {
    parser.value().and_then(|value| value.parse()).map_err(misread)
}

fn bench(mut parser: Parser) -> Result<Task, Failure> {
    match parser.next().map_err(misread)? {
        Some(Arg::Value(name)) => {
            let benchmark = Benchmark::named(&name.string().map_err(misread)?)?;
            without_more(parser, Task::Bench(benchmark))
        }
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Task::Help),
        Some(other) => Err(misread(other.unexpected())),
        None => Err(Failure::new("say which benchmark: wire, app, sync, data, reports or size.")),
    }
}

fn fuzz(mut parser: Parser) -> Result<Task, Failure> {
    let mut fuzzing = Fuzzing::default();
    while let Some(argument) = parser.next().map_err(misread)? {
        match argument {
            Arg::Value(target) if fuzzing.target.is_none() => fuzzing.target = Some(target.string().map_err(misread)?),
            Arg::Long("seconds") => {
                let seconds = parser.value().and_then(|value| value.parse()).map_err(misread)?;
                fuzzing.seconds = Some(seconds);
            }
            Arg::Short('h') | Arg::Long("help") => return Ok(Task::Help),
            other => return Err(misread(other.unexpected())),
        }
    }
    Ok(Task::Fuzz(fuzzing))
}

fn without_more(mut parser: Parser, task: Task) -> Result<Task, Failure> {
    match parser.next().map_err(misread)? {
        None => Ok(task),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Task::Help),
        Some(other) => Err(misread(other.unexpected())),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn misread(cause: lexopt::Error) -> Failure {
    Failure::new(format!("{cause}; `cargo xtask --help` says what can be asked."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Task, Failure> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn run_keeps_its_own_flag_and_passes_the_others_on_in_order() {
        assert_eq!(
            read("run --empty --dev --listen 127.0.0.1:9000"),
            Ok(Task::Run {
                speed: Speed::Quick,
                server: ["--empty", "--listen", "127.0.0.1:9000"].map(OsString::from).to_vec()
            })
        );
    }

    #[test]
    fn after_two_dashes_everything_is_the_servers() {
        assert_eq!(
            read("run -- --help --dev"),
            Ok(Task::Run { speed: Speed::Small, server: ["--help", "--dev"].map(OsString::from).to_vec() })
        );
    }

    #[test]
    fn test_without_parts_means_all_of_them() {
        assert_eq!(read("test"), Ok(Task::Test(Part::ALL.to_vec())));
    }

    #[test]
    fn named_parts_run_once_and_in_the_fixed_order() {
        assert_eq!(read("test tidy unit tidy"), Ok(Task::Test(vec![Part::Unit, Part::Tidy])));
    }

    #[test]
    fn histories_are_chosen_by_number() {
        let histories = |first, count| Ok(Task::Simulate(Histories { first, count }));
        assert_eq!(read("simulate"), histories(1, 20_000));
        assert_eq!(read("simulate --first 431 --histories 1"), histories(431, 1));
        assert!(read("simulate --histories many").is_err());
    }

    #[test]
    fn a_torture_takes_how_often() {
        assert_eq!(read("torture"), Ok(Task::Torture { kills: 20 }));
        assert_eq!(read("torture --kills 500"), Ok(Task::Torture { kills: 500 }));
        assert!(read("torture --kills").is_err());
    }

    #[test]
    fn fuzzing_takes_a_target_and_a_time_or_neither() {
        let fuzzing =
            |target: Option<&str>, seconds| Ok(Task::Fuzz(Fuzzing { target: target.map(str::to_owned), seconds }));
        assert_eq!(read("fuzz"), fuzzing(None, None));
        assert_eq!(read("fuzz wire --seconds 600"), fuzzing(Some("wire"), Some(600)));
        for line in ["fuzz wire edits", "fuzz --seconds", "fuzz --seconds long", "fuzz --minutes 3"] {
            assert!(read(line).is_err(), "{line} was understood");
        }
    }

    #[test]
    fn an_unknown_word_is_answered_with_a_sentence() {
        for line in ["dance", "test everything", "bench", "bench speed", "build --fast", "setup now"] {
            assert!(read(line).is_err(), "{line} was understood");
        }
    }

    #[test]
    fn screens_can_be_taken_by_name() {
        assert_eq!(read("screenshots"), Ok(Task::Screenshots(Vec::new())));
        assert_eq!(read("screenshots history"), Ok(Task::Screenshots(vec!["history".into()])));
        assert!(read("screenshots --fast").is_err());
    }

    #[test]
    fn help_is_there_from_every_command() {
        for line in ["", "--help", "-h", "help", "build --help", "test --help", "run --help", "setup -h"] {
            assert_eq!(read(line), Ok(Task::Help), "{line}");
        }
    }
}
