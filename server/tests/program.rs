//! The program itself: it starts on an empty folder, answers, stops when told, and goes on with the same data.

#![expect(clippy::unwrap_used, reason = "a test that can not read what it tests has to stop")]

#[path = "program/backup.rs"]
mod backup;
#[path = "program/everything.rs"]
mod everything;
#[path = "program/exchange.rs"]
mod exchange;
#[path = "program/guidance.rs"]
mod guidance;
#[path = "program/running.rs"]
mod running;
#[path = "program/stops.rs"]
mod stops;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use running::{PATIENCE, code_of, output_of, program, start};

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
    let cookie = first.cookie("Sem", 1);
    first.stop();

    let second = start(&[], folder.path());
    assert!(second.said.is_empty(), "a second start makes no links: {:?}", second.said);
    let me = second.ask_as("GET /api/me", 1, &cookie);
    assert!(me.contains("\"name\":\"Sem\""), "{me}");
    second.stop();
}

#[test]
fn an_open_live_stream_does_not_hold_up_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = start(&[], folder.path());
    let cookie = running.cookie("Sem", 1);
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
