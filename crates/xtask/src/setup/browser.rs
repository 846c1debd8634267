//! Chromium and its driver: those on the machine, else from Debian's packages where this person may install them.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::database::is_root;
use crate::failure::Failure;
use crate::process::{self, announce};

/// The browser the tests drive.
pub struct Browser {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// The same without windows, where there is one: it draws for nobody, so journeys take two thirds of the processor's time.
    pub windowless: PathBuf,
    /// The ChromeDriver that belongs to it.
    pub driver: PathBuf,
}

/// Debian's package, and the program in it.
const WINDOWLESS: &str = "chromium-headless-shell";

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Places where a system puts them without adding them to the PATH.
const CHROMIUM_ELSEWHERE: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const DRIVER_ELSEWHERE: [&str; 2] = ["/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"];

/// Finds the browser, or installs it.
pub fn find_or_install() -> Result<Browser, Failure> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if !may_install() {
        return Err(Failure::new(
            "the tests in a browser need Chromium and ChromeDriver. Install both (on Debian or Ubuntu: `sudo apt-get \
             install chromium chromium-driver`), or say where they are with CHROMIUM and CHROMEDRIVER.",
        ));
    }
    announce("Installing Chromium and its driver");
    apt_get(&["update"])?;
    // A machine without a single font would draw no words, and the tests look at the screen.
    apt_get(&["install", "-y", "--no-install-recommends", "chromium", "chromium-driver", "fonts-dejavu-core"])?;
    if apt_get(&["install", "-y", "--no-install-recommends", WINDOWLESS]).is_err() {
        announce("Without it journeys take longer, and go as well");
    }
    find().ok_or_else(|| Failure::new("apt-get installed chromium and chromium-driver, but they are not on the PATH."))
}

/// Installs a Debian package, or says in a sentence that the person has to.
pub fn install_package(package: &str, why: &str) -> Result<(), Failure> {
    if !may_install() {
        return Err(Failure::new(format!("{why} Install {package}.")));
    }
    announce(&format!("Installing {package}"));
    apt_get(&["update"])?;
    apt_get(&["install", "-y", "--no-install-recommends", package])
}

fn find() -> Option<Browser> {
    let named = named_by("CHROMIUM");
    let chromium =
        named.clone().or_else(|| process::find_program(&CHROMIUM)).or_else(|| existing(&[CHROMIUM_ELSEWHERE]))?;
    // Whoever names a browser has that one everywhere.
    let windowless = if named.is_some() { None } else { process::find_program(&[WINDOWLESS]) };
    Some(Browser {
        windowless: windowless.unwrap_or_else(|| chromium.clone()),
        chromium,
        driver: named_by("CHROMEDRIVER")
            .or_else(|| process::find_program(&["chromedriver"]))
            .or_else(|| existing(&DRIVER_ELSEWHERE))?,
    })
}

fn named_by(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| process::is_program(path))
}

fn existing(paths: &[&str]) -> Option<PathBuf> {
    paths.iter().map(PathBuf::from).find(|path| process::is_program(path))
}

fn may_install() -> bool {
    process::find_program(&["apt-get"]).is_some() && is_root()
}

fn apt_get(arguments: &[&str]) -> Result<(), Failure> {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut command, &format!("apt-get {}", arguments.first().copied().unwrap_or_default()))
}
