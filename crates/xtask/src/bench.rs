//! `cargo xtask bench`: benchmarks that print a table. They measure a release build and never fail for being slow.

use crate::app::{self, Speed};
use crate::failure::Failure;
use crate::process::{self, announce};
use crate::run;
use crate::setup;
use crate::workspace::{TESTS_PACKAGE, Workspace};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Benchmark {
    /// Bytes on the wire, of the ways an edit could be written.
    Wire,
    /// How soon the app paints, lists today's plans and answers a tap; what a first visit and a first sync weigh.
    App,
    /// What the sync takes of the server's processor, memory and the wire.
    Sync,
    /// What a week of a client's phone weighs on the wire.
    Data,
    /// What reports over a year of an organisation take.
    Reports,
    /// What each bundle weighs.
    Size,
}

impl Benchmark {
    const ALL: [Self; 6] = [Self::Wire, Self::App, Self::Sync, Self::Data, Self::Reports, Self::Size];

    /// The word a person types.
    const fn name(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::App => "app",
            Self::Sync => "sync",
            Self::Data => "data",
            Self::Reports => "reports",
            Self::Size => "size",
        }
    }

    /// The benchmark of this name.
    pub fn named(name: &str) -> Result<Self, Failure> {
        Self::ALL.into_iter().find(|benchmark| benchmark.name() == name).ok_or_else(|| {
            Failure::new(format!("there is no benchmark `{name}`; there are wire, app, sync, data, reports and size."))
        })
    }
}

/// Builds what the benchmark measures and runs it.
pub fn bench(workspace: &Workspace, benchmark: Benchmark) -> Result<(), Failure> {
    if benchmark == Benchmark::Size {
        setup::for_building(workspace, Speed::Small)?;
        print!("{}", app::build(workspace, Speed::Small)?.table());
        return Ok(());
    }
    let program = format!("bench-{}", benchmark.name());
    if !workspace.has_program(TESTS_PACKAGE, &program) {
        return Err(Failure::new(format!("the package {TESTS_PACKAGE} has no program {program} to run.")));
    }
    let mut command = workspace.cargo("run");
    command.args(["--release", "--package", TESTS_PACKAGE, "--bin", &program]);
    if matches!(benchmark, Benchmark::App | Benchmark::Sync | Benchmark::Data | Benchmark::Reports) {
        setup::for_building(workspace, Speed::Small)?;
        app::build(workspace, Speed::Small)?;
        command.env("OPSTAP_BIN", run::build_server(workspace, Speed::Small)?);
        let browser = setup::browser::find_or_install()?;
        command.env("CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.driver);
    }
    announce(&format!("Measuring: {}", benchmark.name()));
    process::run(&mut command, "the benchmark")
}
