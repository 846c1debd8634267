//! The program itself: it starts on an empty folder, answers, stops when told, and goes on with the same data.

#![expect(clippy::unwrap_used, reason = "a test that can not read what it tests has to stop")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Long enough for a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Running {
    process: Child,
    output: BufReader<ChildStdout>,
    /// What it said before it listened.
    said: Vec<String>,
    address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opstap"));
    command
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_remove("OPSTAP_LISTEN")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn start(arguments: &[&str], data: &Path) -> Running {
    let mut process = program(arguments, data).args(["--listen", "127.0.0.1:0"]).spawn().unwrap();
    let output = BufReader::new(process.stdout.take().unwrap());
    let mut running = Running { process, output, said: Vec::new(), address: String::new() };
    while running.address.is_empty() {
        let mut line = String::new();
        assert_ne!(running.output.read_line(&mut line).unwrap(), 0, "it ended before it listened: {:?}", running.said);
        match line.strip_prefix("Opstap is at http://") {
            Some(rest) => rest.split_whitespace().next().unwrap().clone_into(&mut running.address),
            None => running.said.push(line.trim_end().to_owned()),
        }
    }
    running
}

impl Running {
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.replace("HOST", &self.address).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n"))
    }

    fn pair(&self, code: &str, device: u8) -> String {
        let body = format!("{{\"code\":\"{code}\",\"device\":\"{}\"}}", format!("{device:02x}").repeat(16));
        let length = body.len();
        self.ask(&format!(
            "POST /api/pair HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.process.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    fn ended(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(since.elapsed() < PATIENCE, "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn stop(mut self) {
        self.signal("TERM");
        assert!(self.ended().success());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert!(!rest.contains("panicked"), "{rest}");
    }
}

fn code_of(lines: &[String], name: &str) -> String {
    let line = lines.iter().find(|line| line.starts_with(&format!("{name} "))).unwrap();
    line.split_once("/pair#").unwrap().1.to_owned()
}

fn output_of(mut command: Command) -> (bool, Vec<String>, String) {
    let output = command.output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    (output.status.success(), lines, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn it_stops_when_told_and_goes_on_with_the_same_data() {
    let folder = tempfile::tempdir().unwrap();
    let first = start(&[], folder.path());
    for name in ["Sem", "Karin", "Youssef", "Marloes", "Tim", "Fatma"] {
        code_of(&first.said, name);
    }
    for (name, place) in
        [("Sem", "/pair#"), ("Karin", "/support/pair#"), ("Youssef", "/support/pair#"), ("Tim", "/desk/pair#")]
    {
        let link = format!("http://{}{place}", first.address);
        assert!(
            first.said.iter().any(|line| line.starts_with(name) && line.contains(&link)),
            "{name}: {:?}",
            first.said
        );
    }
    assert!(first.get("/api/health").contains("\"status\":\"ok\""));
    assert!(first.get("/").contains("<html"));
    let sem = first.pair(&code_of(&first.said, "Sem"), 1);
    let cookie = sem.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    first.stop();

    let second = start(&[], folder.path());
    assert!(second.said.is_empty(), "a second start makes no links: {:?}", second.said);
    let device = "01".repeat(16);
    let me = second.ask(&format!(
        "GET /api/me HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\nopstap-device: {device}\r\ncookie: {cookie}\r\n\r\n"
    ));
    assert!(me.contains("\"name\":\"Sem\""), "{me}");
    second.stop();
}

#[test]
fn an_open_live_stream_does_not_hold_up_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = start(&[], folder.path());
    let sem = running.pair(&code_of(&running.said, "Sem"), 1);
    let cookie = sem.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let mut live = TcpStream::connect(&running.address).unwrap();
    live.set_read_timeout(Some(PATIENCE)).unwrap();
    let device = "01".repeat(16);
    let request =
        format!("GET /api/live?device={device} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\r\n", running.address);
    live.write_all(request.as_bytes()).unwrap();
    let mut begin = [0; 12];
    live.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"HTTP/1.1 200");
    let since = Instant::now();
    running.signal("INT");
    assert!(running.ended().success());
    assert!(since.elapsed() < Duration::from_secs(9), "it waited for the stream until its patience ended");
}

#[test]
fn a_link_is_made_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(&["--empty", "--organisation", "De Brug"], folder.path());
    assert_eq!(running.said.iter().filter(|line| line.contains("/pair#")).count(), 1);
    let (made, lines, _) = output_of(program(&["link", "beheer"], folder.path()));
    assert!(made);
    let answer = running.pair(&code_of(&lines, "Beheer"), 2);
    assert!(answer.contains("\"role\":\"administrator\"") && answer.contains("De Brug"), "{answer}");
    let (made, _, error) = output_of(program(&["link", "Sem"], folder.path()));
    assert!(!made && error.contains("nobody here is called Sem"), "{error}");
    running.stop();
}

#[test]
fn a_second_server_on_the_same_data_says_why_it_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(&["--empty"], folder.path());
    let (started, _, error) = output_of(program(&["--listen", "127.0.0.1:0"], folder.path()));
    assert!(!started && error.contains("another Opstap is running"), "{error}");
    running.stop();
}

#[test]
fn a_first_start_that_was_cut_off_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("first-start"), "").unwrap();
    std::fs::write(folder.path().join("opstap.db"), "half a database").unwrap();
    let running = start(&[], folder.path());
    code_of(&running.said, "Sem");
    running.stop();
    assert!(!folder.path().join("first-start").exists());
}

#[test]
fn help_and_version_say_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let (_, help, _) = output_of(program(&["--help"], folder.path()));
    let help = help.join("\n");
    for setting in ["OPSTAP_LISTEN", "OPSTAP_DATA", "OPSTAP_PUBLIC_URL", "--empty", "--log-format", "--no-qr", "link"] {
        assert!(help.contains(setting), "{setting}: {help}");
    }
    let mut version = Command::new(env!("CARGO_BIN_EXE_opstap"));
    version.arg("--version").stdout(Stdio::piped());
    assert_eq!(output_of(version).1, [format!("opstap {}", env!("CARGO_PKG_VERSION"))]);
}

#[test]
fn settings_from_the_environment_hold_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    start(&["--empty"], folder.path()).stop();
    let mut command = Command::new(env!("CARGO_BIN_EXE_opstap"));
    command
        .args(["link", "Beheer"])
        .env("OPSTAP_DATA", folder.path())
        .env("OPSTAP_PUBLIC_URL", "https://opstap.example");
    let (made, lines, error) = output_of(command);
    assert!(made, "{error}");
    assert!(lines.iter().any(|line| line.contains("https://opstap.example/desk/pair#")), "{lines:?}");
}
