//! The parts of the tests, in the order in which they run.

use crate::failure::Failure;

/// One part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// How the code is written down.
    Format,
    /// What the compiler and clippy remark.
    Lint,
    /// Tests that run on the machine itself.
    Unit,
    /// The server's storage and its HTTP on PostgreSQL.
    Postgres,
    /// Inputs drawn by chance, held against what must be so for all.
    Fuzz,
    /// Phones and a server with everything that can go wrong between them.
    Simulation,
    /// A real server killed under load.
    Torture,
    /// Tests that run in a browser as WebAssembly.
    Wasm,
    /// The app as it is served.
    Build,
    /// The journey of several people in a real browser.
    E2e,
    /// What must hold for the repository as a whole.
    Tidy,
}

impl Part {
    /// All parts; the cheap ones that fail most often come first.
    pub const ALL: [Self; 11] = [
        Self::Format,
        Self::Lint,
        Self::Unit,
        Self::Postgres,
        Self::Fuzz,
        Self::Simulation,
        Self::Torture,
        Self::Wasm,
        Self::Build,
        Self::E2e,
        Self::Tidy,
    ];

    /// The word a person types.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Postgres => "postgres",
            Self::Fuzz => "fuzz",
            Self::Simulation => "simulation",
            Self::Torture => "torture",
            Self::Wasm => "wasm",
            Self::Build => "build",
            Self::E2e => "e2e",
            Self::Tidy => "tidy",
        }
    }

    /// What is shown while it runs.
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::Format => "is the code formatted",
            Self::Lint => "compiler and clippy, for the machine and for the browser",
            Self::Unit => "unit, property, suite and HTTP tests",
            Self::Postgres => "the suites of the storage and of HTTP on a PostgreSQL of their own",
            Self::Fuzz => "drawn inputs, for some seconds a target",
            Self::Simulation => "20,000 histories of phones and a server, and mistakes planted in them",
            Self::Torture => "the server killed 20 times under load, on SQLite and on PostgreSQL",
            Self::Wasm => "the wasm tests in headless Chromium",
            Self::Build => "the app within its budget",
            Self::E2e => "the journey in a real browser",
            Self::Tidy => "the repository as a whole",
        }
    }

    /// The part of this name.
    pub fn named(name: &str) -> Result<Self, Failure> {
        Self::ALL.into_iter().find(|part| part.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.into_iter().map(Self::name).collect();
            Failure::new(format!("there is no part `{name}`; the parts are {}.", names.join(", ")))
        })
    }
}
