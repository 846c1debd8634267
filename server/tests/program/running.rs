//! A real server in a process of its own, and somebody who speaks HTTP with it by hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Long enough for a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Running {
    process: Child,
    output: BufReader<ChildStdout>,
    /// What it said before it listened.
    pub said: Vec<String>,
    pub address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn program(arguments: &[&str], data: &Path) -> Command {
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

pub fn start(arguments: &[&str], data: &Path) -> Running {
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
    pub fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.replace("HOST", &self.address).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n"))
    }

    pub fn pair(&self, code: &str, device: u8) -> String {
        let body = format!("{{\"code\":\"{code}\",\"device\":\"{}\"}}", format!("{device:02x}").repeat(16));
        let length = body.len();
        self.ask(&format!(
            "POST /api/pair HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        ))
    }

    /// Pairs a device and keeps its cookie.
    pub fn cookie(&self, name: &str, device: u8) -> String {
        self.cookie_for(&code_of(&self.said, name), device)
    }

    pub fn cookie_for(&self, code: &str, device: u8) -> String {
        let answer = self.pair(code, device);
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A request without a body, of a paired device.
    pub fn ask_as(&self, request: &str, device: u8, cookie: &str) -> String {
        let device = format!("{device:02x}").repeat(16);
        self.ask(&format!(
            "{request} HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\nopstap-device: {device}\r\ncookie: {cookie}\r\n\r\n"
        ))
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.process.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    pub fn ended(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(since.elapsed() < PATIENCE, "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn stop(mut self) {
        self.signal("TERM");
        assert!(self.ended().success());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert!(!rest.contains("panicked"), "{rest}");
    }
}

pub fn code_of(lines: &[String], name: &str) -> String {
    let line = lines.iter().find(|line| line.starts_with(&format!("{name} "))).unwrap();
    line.split_once("/pair#").unwrap().1.to_owned()
}

pub fn output_of(mut command: Command) -> (bool, Vec<String>, String) {
    let output = command.output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    (output.status.success(), lines, String::from_utf8(output.stderr).unwrap())
}
