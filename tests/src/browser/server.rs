//! The server as people run it: a process on data of its own, that is stopped by SIGTERM and started again at the same address.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use super::feed;
use super::missed::{Missed, Step};
use super::until::{Look, until};

/// A server that runs or is stopped; its data stay where they are.
pub struct Server {
    program: PathBuf,
    data: PathBuf,
    log: PathBuf,
    address: String,
    /// Its mail server. At first one that nobody is, so that the app offers mail and none goes.
    mail: SocketAddr,
    /// Where its database is, unless that stands among its data.
    database: Option<String>,
    /// By how many days its clock is ahead.
    days_ahead: u32,
    /// Whether the demonstration is told with the training in it.
    whole: bool,
    process: Option<Child>,
    links: BTreeMap<String, String>,
}

impl Server {
    /// Starts it for the first time, on a free port: with the demonstration, or on what lies in the folder `data` already.
    ///
    /// # Errors
    /// When it ends before it listens.
    pub fn start(program: &Path, folder: &Path) -> Step<Self> {
        Self::start_on(program, folder, None)
    }

    /// The same with all of the demonstration, as people see it: a training is half way, and another is done.
    ///
    /// # Errors
    /// When it ends before it listens.
    pub fn start_whole(program: &Path, folder: &Path) -> Step<Self> {
        let mut server = Self::not_yet(program, folder, None);
        server.whole = true;
        server.run()?;
        Ok(server)
    }

    /// The same on a database elsewhere, if there is an address.
    ///
    /// # Errors
    /// When it ends before it listens.
    pub fn start_on(program: &Path, folder: &Path, database: Option<&str>) -> Step<Self> {
        let mut server = Self::not_yet(program, folder, database);
        server.run()?;
        Ok(server)
    }

    fn not_yet(program: &Path, folder: &Path, database: Option<&str>) -> Self {
        Self {
            program: program.to_owned(),
            data: folder.join("data"),
            log: folder.join("server.log"),
            address: "127.0.0.1:0".to_owned(),
            mail: SocketAddr::from(([127, 0, 0, 1], 9)),
            database: database.map(str::to_owned),
            days_ahead: 0,
            whole: false,
            process: None,
            links: BTreeMap::new(),
        }
    }

    /// Starts it again on the same data and at the same address.
    ///
    /// # Errors
    /// When it ends before it listens.
    pub fn start_again(&mut self) -> Step {
        match self.process {
            Some(_) => Err(Missed::new("the server is running already")),
            None => self.run(),
        }
    }

    /// Sends mail by the mail server at this address, from its next start on.
    pub const fn sends_mail_by(&mut self, address: SocketAddr) {
        self.mail = address;
    }

    /// Has its clock so many days ahead from its next start on.
    pub const fn is_ahead(&mut self, days: u32) {
        self.days_ahead = days;
    }

    /// Stops it as an operator does and waits until it is gone.
    ///
    /// # Errors
    /// When it does not end, or not well.
    pub async fn stop(&mut self) -> Step {
        let Some(process) = self.process.take() else { return Err(Missed::new("the server is stopped already")) };
        let id = process.id().to_string();
        let process = std::cell::RefCell::new(process);
        if !Command::new("kill").args(["-TERM", &id]).status()?.success() {
            return Err(Missed::new("the server was gone before it was told to stop"));
        }
        let status: ExitStatus = until("the server to stop", async || match process.borrow_mut().try_wait() {
            Ok(Some(status)) => Look::Here(status),
            Ok(None) => Look::NotYet("it still runs".to_owned()),
            Err(cause) => Look::NotYet(cause.to_string()),
        })
        .await?;
        if status.success() { Ok(()) } else { Err(Missed::new(format!("the server stopped with {status}"))) }
    }

    /// Makes a backup of its data in a folder that is not there yet, while it runs or not.
    ///
    /// # Errors
    /// When the program makes none.
    pub fn back_up(&self, to: &Path) -> Step {
        self.runs("backup", &["--to".as_ref(), to.as_os_str()])
    }

    /// Puts a backup in the place of its data; it has to be stopped.
    ///
    /// # Errors
    /// When the program does not.
    pub fn restore(&self, from: &Path) -> Step {
        self.runs("restore", &["--from".as_ref(), from.as_os_str()])
    }

    /// For how many days phones may go without word from it.
    ///
    /// # Errors
    /// When the program does not take it.
    pub fn lease(&self, days: u32) -> Step {
        self.runs("lease", &[days.to_string().as_ref()])
    }

    /// Imports the stops and lines of a small feed around [`HERE`](super::HERE), made up for stories, while it runs or not.
    ///
    /// # Errors
    /// When the program does not take it.
    pub fn import_stops(&self) -> Step {
        let zip = self.log.with_file_name("feed.zip");
        feed::write(&zip)?;
        let near = format!("{},{}", feed::HERE.0, feed::HERE.1);
        let with =
            ["import".as_ref(), zip.as_os_str(), "--near".as_ref(), near.as_ref(), "--within".as_ref(), "20".as_ref()];
        self.runs("gtfs", &with)
    }

    /// Adds an instrument of the organisation's own, while it runs or not.
    ///
    /// # Errors
    /// When the program does not take it.
    pub fn add_instrument(&self, file: &Path) -> Step {
        self.runs("instruments", &["add".as_ref(), file.as_os_str()])
    }

    fn runs(&self, what: &str, with: &[&OsStr]) -> Step {
        let mut command = Command::new(&self.program);
        command.arg(what).args(with).arg("--data").arg(&self.data);
        self.name_database(&mut command);
        let output = command.output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() { Ok(()) } else { Err(Missed::new(format!("`opstap {what}` said {said}"))) }
    }

    /// Kills it as a crash does: it hears of nothing and cleans nothing up.
    ///
    /// # Errors
    /// When it does not run.
    pub fn kill(&mut self) -> Step {
        let Some(mut process) = self.process.take() else { return Err(Missed::new("the server is stopped already")) };
        process.kill()?;
        process.wait()?;
        Ok(())
    }

    /// Where it is: `http://127.0.0.1:40123`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The sign-in link that was printed for somebody.
    ///
    /// # Errors
    /// When there is nobody of that name.
    pub fn link(&self, name: &str) -> Step<String> {
        self.links.get(name).cloned().ok_or_else(|| Missed::new(format!("no link was printed for {name}")))
    }

    /// A new sign-in link for somebody, as an operator makes one beside the running server.
    ///
    /// # Errors
    /// When the program makes none.
    pub fn new_link(&self, name: &str) -> Step<String> {
        let printed = self.printed_links(Some(name))?;
        let link = printed.lines().find_map(|line| link_in(line).map(|(_, link)| link.to_owned()));
        link.ok_or_else(|| Missed::new(format!("`opstap link {name}` printed no link: {printed}")))
    }

    /// A new sign-in link for everybody, by name.
    ///
    /// # Errors
    /// When the program makes none.
    pub fn new_links(&self) -> Step<BTreeMap<String, String>> {
        let printed = self.printed_links(None)?;
        Ok(printed.lines().filter_map(link_in).map(|(name, link)| (name.to_owned(), link.to_owned())).collect())
    }

    fn printed_links(&self, name: Option<&str>) -> Step<String> {
        let mut command = Command::new(&self.program);
        command.arg("link").args(name).arg("--data").arg(&self.data).args(["--listen", &self.address]);
        self.name_database(&mut command);
        Ok(String::from_utf8_lossy(&command.output()?.stdout).into_owned())
    }

    /// The id of its process, while it runs.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// What it logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn name_database(&self, command: &mut Command) {
        match &self.database {
            Some(address) => command.env("DATABASE_URL", address),
            None => command.env_remove("DATABASE_URL"),
        };
    }

    fn run(&mut self) -> Step {
        let log = OpenOptions::new().create(true).append(true).open(&self.log)?;
        let mut command = Command::new(&self.program);
        command
            .args(["--listen", &self.address, "--no-qr", "--pair-tries", "100000", "--log", "info", "--data"])
            .arg(&self.data)
            .args(["--smtp-url", &format!("smtp://{}", self.mail), "--mail-from", "opstap@example.test"])
            // The push service of the tests is on this machine.
            .env("OPSTAP_PUSH_ANYWHERE", "true")
            .args(["--days-ahead", &self.days_ahead.to_string()])
            .args((!self.whole).then_some("--beginning"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log);
        // Settings of whoever runs the tests are not those of the tests.
        for setting in ["OPSTAP_PUBLIC_URL", "OPSTAP_EMPTY", "OPSTAP_DATA", "OPSTAP_LISTEN", "OPSTAP_BEHIND_PROXY"] {
            command.env_remove(setting);
        }
        self.name_database(&mut command);
        let mut process = command.spawn()?;
        let stdout = process.stdout.take();
        self.process = Some(process);
        for line in stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines()) {
            let line = line?;
            if let Some(rest) = line.strip_prefix("Opstap is at http://") {
                self.address = rest.split_whitespace().next().unwrap_or_default().to_owned();
                return Ok(());
            }
            if let Some((name, link)) = link_in(&line) {
                self.links.insert(name.to_owned(), link.to_owned());
            }
        }
        Err(Missed::new(format!("the server ended before it listened:\n{}", self.log())))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// The name and the link on a line, where there is one.
fn link_in(line: &str) -> Option<(&str, &str)> {
    let (name, link) = line.split_once(char::is_whitespace)?;
    let link = link.trim();
    (link.starts_with("http") && link.contains("/pair#")).then_some((name, link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_link_is_found_with_its_name_and_a_sentence_is_none() {
        let line = "Sem        http://127.0.0.1:8080/pair#AB12";
        assert_eq!(link_in(line), Some(("Sem", "http://127.0.0.1:8080/pair#AB12")));
        assert_eq!(link_in("Each link signs one browser in, once."), None);
        assert_eq!(link_in(""), None);
    }
}
