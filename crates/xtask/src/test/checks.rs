//! How each part runs: which programs, with what set-up, and what their end means.

use std::path::PathBuf;
use std::process::Command;

use super::in_ci;
use super::part::Part;
use super::report::Outcome;
use super::tally::Tally;
use crate::app::{self, Speed};
use crate::database::{Database, Disk};
use crate::failure::Failure;
use crate::fuzz;
use crate::process;
use crate::run;
use crate::setup::{self, Browser};
use crate::torture;
use crate::workspace::{ALL_PACKAGES, BROWSER_PACKAGES, WEB_PACKAGES, Workspace};

/// Integration tests that are parts of their own.
const APART: [&str; 5] = ["e2e", "fuzz", "postgres", "tidy", "torture"];

/// What clippy is told.
const DENY: [&str; 2] = ["--deny", "warnings"];
const LINT_WEB: &str = "clippy for the browser";

/// The simulator, which is compiled with a profile of its own so that it is quick.
pub const SIMULATION: &str = "opstap-simulation";
pub const SIMULATION_PROFILE: &str = "simulation";

/// Runs parts, and keeps what one made for the next.
pub struct Checks<'workspace> {
    workspace: &'workspace Workspace,
    /// Whether the app was built.
    app: bool,
    /// What clippy said of what is served to a browser, where it was asked while the app was built.
    web_lint: Option<Result<(), Failure>>,
    /// The compiler with clippy in it, where the tests were built by it.
    linting: Option<PathBuf>,
}

/// Why a part did not come to a result.
enum Stopped {
    /// Something is wrong here.
    Broken(Failure),
    /// This machine lacks a browser or a database, and may not install one.
    Lacking(Failure),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Broken(failure)
    }
}

impl<'workspace> Checks<'workspace> {
    /// Nothing has run yet.
    pub fn new(workspace: &'workspace Workspace) -> Self {
        Self { workspace, app: false, web_lint: None, linting: None }
    }

    /// Does the set-up of a part and runs it.
    pub fn run(&mut self, part: Part) -> Outcome {
        let outcome = match part {
            Part::Format => self.format(),
            Part::Lint => self.lint(),
            Part::Unit => self.unit(),
            Part::Postgres => self.postgres(),
            Part::Fuzz => self.fuzz(),
            Part::Simulation => self.simulation(),
            Part::Torture => self.torture(),
            Part::Wasm => self.wasm(),
            Part::Build => self.build(),
            Part::E2e => self.e2e(),
            Part::Tidy => self.tidy(),
        };
        match outcome {
            Ok(outcome) => outcome,
            Err(Stopped::Broken(failure)) => Outcome::Broken(failure.to_string()),
            Err(Stopped::Lacking(failure)) => Outcome::Skipped(failure.to_string()),
        }
    }

    fn format(&self) -> Result<Outcome, Stopped> {
        setup::for_checking()?;
        Ok(without_tests(process::run(self.workspace.cargo("fmt").args(["--all", "--check"]), "cargo fmt")))
    }

    fn lint(&mut self) -> Result<Outcome, Stopped> {
        setup::for_checking()?;
        setup::for_building(self.workspace, Speed::Quick)?;
        let mut native = if in_ci() {
            // All that the other parts run is built here, by a compiler that says what clippy says: checking first and building then
            // would go through every library twice.
            self.linting = Some(setup::clippy_driver()?);
            let mut native = self.native_tests();
            self.choose_targets(&mut native, |_| true).arg("--no-run");
            native
        } else {
            let mut native = self.workspace.cargo("clippy");
            native.arg(ALL_PACKAGES).args(each("--exclude", WEB_PACKAGES)).args(["--all-targets", "--"]).args(DENY);
            native
        };
        let known = self.web_lint.take();
        let mut web = self.lint_for_the_browser();
        // Both, so that one round shows everything there is to mend; at once, since each waits minutes for a library on one core alone.
        let (native, web) = std::thread::scope(|scope| {
            let web = scope.spawn(|| known.unwrap_or_else(|| process::run(&mut web, LINT_WEB)));
            let native = process::run(&mut native, "clippy");
            (native, web.join().unwrap_or_else(|_| Err(Failure::new("clippy for the browser was not run to its end."))))
        });
        if native.is_err() {
            // What clippy refuses can still be tested.
            self.linting = None;
        }
        Ok(without_tests(native.and(web)))
    }

    /// Clippy over what is served to a browser, as it is there.
    fn lint_for_the_browser(&self) -> Command {
        let mut web = self.workspace.web_cargo("clippy");
        web.args(each("--package", WEB_PACKAGES)).arg("--all-features");
        if in_ci() {
            // The tests within the libraries are among those for the machine.
            web.args(["--lib", "--bins", "--test", "*"]);
        } else {
            web.arg("--all-targets");
        }
        web.arg("--").args(DENY);
        web
    }

    fn unit(&self) -> Result<Outcome, Stopped> {
        let mut tests = self.native_tests();
        tests.args(["--exclude", SIMULATION]);
        let (all_held, tally) = counted(self.choose_targets(&mut tests, |name| !APART.contains(&name)))?;
        Ok(with_tests(all_held, tally))
    }

    fn postgres(&self) -> Result<Outcome, Stopped> {
        let programs = setup::postgres::find_or_install().map_err(Stopped::Lacking)?;
        let database = Database::start(&programs, Disk::Quick)?;
        let mut command = self.native_tests();
        command.args(["--test", "postgres", "--test", "http"]).env("OPSTAP_TEST_DATABASE", database.address());
        let (all_held, tally) = counted(&mut command)?;
        Ok(with_tests(all_held, tally))
    }

    fn fuzz(&self) -> Result<Outcome, Stopped> {
        let (all_held, tally) = counted(fuzz::tests(&mut self.native_tests(), None))?;
        Ok(with_tests(all_held, tally))
    }

    fn simulation(&self) -> Result<Outcome, Stopped> {
        let mut command = self.workspace.cargo("test");
        command.args(["--profile", SIMULATION_PROFILE, "--package", SIMULATION, "--", "--nocapture"]);
        let (all_held, tally) = counted(&mut command)?;
        Ok(with_tests(all_held, tally))
    }

    fn torture(&self) -> Result<Outcome, Stopped> {
        let server = self.server_for_tests()?;
        let database = torture::database()?;
        let mut command = self.native_tests();
        torture::tests(&mut command, &server, database.as_ref()).args(["--", "--nocapture", "--test-threads", "1"]);
        let (all_held, tally) = counted(&mut command)?;
        Ok(with_tests(all_held, tally))
    }

    fn wasm(&self) -> Result<Outcome, Stopped> {
        let browser = browser()?;
        setup::for_building(self.workspace, Speed::Quick)?;
        let runner = setup::test_runner(self.workspace, self.native_tests())?;
        let mut command = self.wasm_tests();
        command
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", browser.driver)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
        let (all_held, tally) = counted(&mut command)?;
        Ok(with_tests(all_held, tally))
    }

    fn build(&mut self) -> Result<Outcome, Stopped> {
        setup::for_building(self.workspace, Speed::Small)?;
        let beside = if in_ci() { Some(self.beside_the_app()?) } else { None };
        let (built, web_lint) = std::thread::scope(|scope| {
            let beside = beside.map(|[mut lint, mut tests]| {
                scope.spawn(move || {
                    let said = process::run(&mut lint, LINT_WEB);
                    // Whether these compile is for their own part to tell.
                    let _ = process::run(&mut tests, "building the wasm tests");
                    said
                })
            });
            (app::build(self.workspace, Speed::Small), beside.map(std::thread::ScopedJoinHandle::join))
        });
        // Without an answer the part that wants it asks again.
        self.web_lint = web_lint.and_then(Result::ok);
        let built = built?;
        print!("{}", built.table());
        self.app = true;
        Ok(without_tests(built.within_budget()))
    }

    /// What goes along with the app where a core has nothing to do: the app waits minutes for its largest library, on one core. Clippy and
    /// the tests for the browser share nothing with it but the source.
    fn beside_the_app(&self) -> Result<[Command; 2], Failure> {
        setup::for_checking()?;
        setup::for_building(self.workspace, Speed::Quick)?;
        let mut tests = self.wasm_tests();
        tests.arg("--no-run");
        Ok([self.lint_for_the_browser(), tests].map(|command| process::when_idle(&command)))
    }

    fn wasm_tests(&self) -> Command {
        let mut command = self.workspace.web_cargo("test");
        command.args(each("--package", BROWSER_PACKAGES)).arg("--no-fail-fast");
        command
    }

    fn e2e(&self) -> Result<Outcome, Stopped> {
        let browser = browser()?;
        setup::npm_packages(self.workspace)?;
        if !self.app {
            setup::for_building(self.workspace, Speed::Small)?;
            app::build(self.workspace, Speed::Small)?;
        }
        let server = self.server_for_tests()?;
        let mut command = self.native_tests();
        command
            .args(["--test", "e2e", "--", "--test-threads", &browsers_at_once().to_string()])
            .env("OPSTAP_BIN", server)
            .env("CHROMIUM", browser.chromium)
            .env("CHROMIUM_WINDOWLESS", browser.windowless)
            .env("CHROMEDRIVER", browser.driver);
        let (all_held, tally) = counted(&mut command)?;
        Ok(with_tests(all_held, tally))
    }

    fn tidy(&self) -> Result<Outcome, Stopped> {
        let (all_held, tally) = counted(self.native_tests().args(["--test", "tidy"]))?;
        Ok(with_tests(all_held, tally))
    }

    /// Chooses what has tests, by name: all at once would build the app's bundles for this machine too, and the app itself once more than
    /// its tests need. Of the integration tests those that are wanted.
    fn choose_targets<'command>(
        &self,
        tests: &'command mut Command,
        wanted: impl Fn(&str) -> bool,
    ) -> &'command mut Command {
        tests.arg("--lib");
        for target in self.workspace.targets().into_iter().filter(|target| target.tested) {
            let native = !BROWSER_PACKAGES.contains(&target.package.as_str());
            match target.kind.as_str() {
                "bin" => tests.args(["--bin", &target.name]),
                "test" if native && wanted(&target.name) => tests.args(["--test", &target.name]),
                _ => continue,
            };
        }
        tests
    }

    fn native_tests(&self) -> Command {
        let mut command = self.workspace.native_tests();
        if let Some(driver) = &self.linting {
            // As `cargo clippy` calls it. What it was called with is part of what was built: every command says the same.
            command.env("RUSTC_WORKSPACE_WRAPPER", driver);
            command.env("CLIPPY_ARGS", "--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
        }
        command
    }

    /// The server with the served app inside, as the tests of the program have it: all it rests on is compiled already.
    fn server_for_tests(&self) -> Result<PathBuf, Failure> {
        process::run(self.native_tests().args(["--test", "program", "--no-run"]), "building the server")?;
        Ok(run::program_in(self.workspace, "debug"))
    }
}

fn browser() -> Result<Browser, Stopped> {
    setup::browser::find_or_install().map_err(Stopped::Lacking)
}

/// Journeys at the same time: people and browsers mostly wait for each other, so one more than there are cores keeps the machine at work.
fn browsers_at_once() -> usize {
    1 + std::thread::available_parallelism().map_or(1, usize::from)
}

fn each<const N: usize>(flag: &'static str, packages: [&'static str; N]) -> impl Iterator<Item = &'static str> {
    packages.into_iter().flat_map(move |package| [flag, package])
}

fn counted(command: &mut Command) -> Result<(bool, Tally), Failure> {
    let mut tally = Tally::default();
    let all_held = process::run_noticing(command, |line| tally += Tally::from_line(line))?;
    Ok((all_held, tally))
}

fn without_tests(result: Result<(), Failure>) -> Outcome {
    match result {
        Ok(()) => Outcome::Held(Tally::default()),
        Err(failure) => {
            eprintln!("xtask: {failure}");
            Outcome::Failed(Tally::default())
        }
    }
}

/// A part with tests that ran none did not hold: a moved or misnamed test would otherwise pass unseen.
fn with_tests(all_held: bool, tally: Tally) -> Outcome {
    if !all_held {
        Outcome::Failed(tally)
    } else if tally.passed == 0 {
        Outcome::Broken("not one test ran.".to_owned())
    } else {
        Outcome::Held(tally)
    }
}
