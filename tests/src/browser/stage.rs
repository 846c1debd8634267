//! A server, browsers, and a story told with them in steps.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use super::driver::Chromedriver;
use super::evidence;
use super::missed::{Missed, Step};
use super::person::Person;
use super::server::Server;
use super::window::Window;

/// The programs a story needs.
pub struct Tools {
    server: PathBuf,
    chromedriver: PathBuf,
    chromium: Option<PathBuf>,
    /// The same browser without windows, where there is one: it draws for nobody and takes less of the processor.
    windowless: Option<PathBuf>,
    whole: bool,
}

impl Tools {
    /// Finds them: `OPSTAP_BIN`, `CHROMEDRIVER`, `CHROMIUM` and `CHROMIUM_WINDOWLESS` say where they are, as `cargo xtask` does.
    ///
    /// # Errors
    /// A sentence of what is not there.
    pub fn find() -> Step<Self> {
        let server = env::var_os("OPSTAP_BIN").map(PathBuf::from);
        let server =
            server.ok_or_else(|| Missed::new("OPSTAP_BIN names no server; `cargo xtask test e2e` builds it"))?;
        let chromedriver = env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| on_path("chromedriver"));
        let chromedriver = chromedriver.ok_or_else(|| Missed::new("there is no ChromeDriver on this machine"))?;
        let [chromium, windowless] =
            ["CHROMIUM", "CHROMIUM_WINDOWLESS"].map(|name| env::var_os(name).map(PathBuf::from));
        Ok(Self { server, chromedriver, chromium, windowless, whole: false })
    }

    /// The server's program.
    #[must_use]
    pub fn server(&self) -> &Path {
        &self.server
    }

    /// For a story that needs what only a browser with windows has: notices, and settings of its own.
    #[must_use]
    pub fn with_windows(self) -> Self {
        Self { windowless: None, ..self }
    }

    /// For a story that begins with all of the demonstration, as people see it, and not only its beginning.
    #[must_use]
    pub fn told_whole(self) -> Self {
        Self { whole: true, ..self }
    }

    /// The same for a test: on a laptop without them it is skipped, which is said; in CI that is a failure.
    #[must_use]
    #[expect(clippy::panic, reason = "a test that should run in CI and cannot has failed")]
    pub fn find_or_skip() -> Option<Self> {
        match Self::find() {
            Ok(tools) => Some(tools),
            Err(missed) if in_ci() => panic!("{missed}"),
            Err(missed) => {
                eprintln!("skipped: {missed}.");
                None
            }
        }
    }
}

fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Where a story is played.
pub struct Stage {
    /// The server everybody's browser knows.
    pub server: Server,
    folder: TempDir,
    driver: Chromedriver,
    chromium: Option<PathBuf>,
    people: Vec<Arc<Person>>,
    step: Mutex<String>,
    /// Whether a journey is told, and nothing measured.
    is_told: bool,
}

/// A page of a journey lives for seconds: making its program quicker takes longer than it saves.
const AS_IT_CAME: &str = "--js-flags=--no-wasm-tier-up";

impl Stage {
    /// Starts a server with the demonstration and a ChromeDriver.
    ///
    /// # Errors
    /// When one of them does not start.
    pub fn set(tools: &Tools) -> Step<Self> {
        let folder = tempfile::tempdir()?;
        let start = if tools.whole { Server::start_whole } else { Server::start };
        let server = start(&tools.server, folder.path())?;
        Self::round(tools, server, folder)
    }

    /// Starts a ChromeDriver for a server that runs already.
    ///
    /// # Errors
    /// When it does not start.
    pub fn over(tools: &Tools, server: Server) -> Step<Self> {
        Self::round(tools, server, tempfile::tempdir()?)
    }

    fn round(tools: &Tools, server: Server, folder: TempDir) -> Step<Self> {
        Ok(Self {
            server,
            driver: Chromedriver::start(&tools.chromedriver)?,
            chromium: tools.windowless.clone().or_else(|| tools.chromium.clone()),
            folder,
            people: Vec::new(),
            step: Mutex::new("the beginning".to_owned()),
            is_told: false,
        })
    }

    /// Plays a story on a new stage. When it ends early, what stood on the screens is left in `target/e2e`.
    #[expect(clippy::panic, reason = "this is how a test fails")]
    pub async fn play(tools: &Tools, name: &str, story: impl AsyncFnOnce(&mut Self) -> Step) {
        evidence::forget(name);
        let mut stage = match Self::set(tools) {
            Ok(stage) => stage,
            Err(missed) => panic!("the stage was not set: {missed}"),
        };
        stage.is_told = true;
        let mut told = story(&mut stage).await;
        if told.is_ok() && stage.server.log().contains("panicked") {
            told = Err(Missed::new("the server panicked on the way"));
        }
        let step = stage.step.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let left = match &told {
            Ok(()) => None,
            Err(_) => Some(evidence::leave(name, &stage.server, &stage.people).await),
        };
        stage.clear().await;
        if let (Err(missed), Some(left)) = (told, left) {
            panic!("at “{step}”: {missed}\nscreens and logs are in {}", left.display());
        }
    }

    /// Closes every browser. One that is open when its driver goes keeps the program waiting for ever.
    pub async fn clear(&self) {
        for person in &self.people {
            let _ = person.close().await;
        }
    }

    /// Somebody comes with a browser that was never used; open it to begin.
    pub fn person(&mut self, name: &str, window: Window) -> Arc<Person> {
        let base = self.server.base();
        self.person_by(name, window, base)
    }

    /// The same, for somebody who reaches the server by another address.
    pub fn person_by(&mut self, name: &str, window: Window, base: String) -> Arc<Person> {
        let tools = (self.chromium.clone(), self.driver.address());
        let person = Arc::new(Person::new(name, window, self.folder.path(), tools, base));
        if self.is_told {
            person.tells_the_browser(AS_IT_CAME);
        }
        self.people.push(Arc::clone(&person));
        person
    }

    /// Says where the story is, for whoever reads why it ended.
    pub fn step(&self, step: &str) {
        eprintln!("   {step}");
        step.clone_into(&mut self.step.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// A folder for files of this story.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
