//! ChromeDriver on a free port; it ends with the test.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::missed::{Missed, Step};

/// A running ChromeDriver.
pub struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts it.
    ///
    /// # Errors
    /// When it ends before it says at which port it is.
    pub fn start(program: &Path) -> Step<Self> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = process.stdout.take();
        let mut driver = Self { process, port: 0 };
        let mut lines = stdout.map(BufReader::new).into_iter().flat_map(BufRead::lines);
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| port_in(&line));
        driver.port = port.ok_or_else(|| Missed::new("ChromeDriver ended before it listened"))?;
        // Whoever does not read what a program prints makes it wait, once the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(driver)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn port_in(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_stands_in_the_line_that_says_it_started() {
        assert_eq!(port_in("ChromeDriver was started successfully on port 40123."), Some(40123));
        assert_eq!(port_in("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
