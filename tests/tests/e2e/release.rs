//! A new release of the app, seen from a browser: a wire to the server on which, from a moment on, every file of the app has another
//! name, its pages and its worker ask for those, and the names of before are gone.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The wire, until it is dropped.
pub struct Release {
    address: String,
    is_out: Arc<AtomicBool>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Release {
    /// Lays the wire to a server at `http://host:port`; what passes is as it is there.
    pub async fn lay(server: &str) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let server = server.trim_start_matches("http://").to_owned();
        let is_out = Arc::new(AtomicBool::new(false));
        let out = Arc::clone(&is_out);
        let accepting = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let (server, is_out) = (server.clone(), out.load(Ordering::Relaxed));
                tokio::spawn(async move {
                    // A browser drops connections as it likes; that is no trouble.
                    let _ = pass(browser, &server, is_out).await;
                });
            }
        });
        Ok(Self { address, is_out, accepting })
    }

    /// Where browsers come.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on the new version is what the server has.
    pub fn comes_out(&self) {
        self.is_out.store(true, Ordering::Relaxed);
    }
}

impl Drop for Release {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// One request and its answer; the connection ends with them.
async fn pass(mut browser: TcpStream, server: &str, is_out: bool) -> io::Result<()> {
    let Some((head, rest)) = head_of(&mut browser).await? else { return Ok(()) };
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let is_app = first.starts_with("GET ") && !first.starts_with("GET /api/");
    let first = if is_out { renamed(first) } else { first.to_owned() };
    let mut told = first + "\r\n";
    for line in lines.filter(|line| !line.is_empty()) {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let packed = is_app && matches!(name.as_str(), "accept-encoding" | "if-none-match");
        if name != "connection" && !packed {
            told += &format!("{line}\r\n");
        }
    }
    told += "connection: close\r\n\r\n";
    let mut up = TcpStream::connect(server).await?;
    up.write_all(told.as_bytes()).await?;
    up.write_all(&rest).await?;
    if !is_app || !is_out {
        tokio::io::copy_bidirectional(&mut browser, &mut up).await?;
        return Ok(());
    }
    let Some((head, mut body)) = head_of(&mut up).await? else { return Ok(()) };
    up.read_to_end(&mut body).await?;
    if let Ok(text) = std::str::from_utf8(&body) {
        body = new(text).into_bytes();
    }
    let kept = |line: &&str| !line.to_ascii_lowercase().starts_with("content-length") && !line.is_empty();
    let mut answer = head.split("\r\n").filter(kept).collect::<Vec<_>>().join("\r\n");
    answer += &format!("\r\ncontent-length: {}\r\n\r\n", body.len());
    browser.write_all(answer.as_bytes()).await?;
    browser.write_all(&body).await?;
    browser.shutdown().await
}

/// The head of a message, and what came behind it already.
async fn head_of(stream: &mut TcpStream) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut read = Vec::new();
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let rest = read.split_off(end + 4);
            return Ok(Some((String::from_utf8_lossy(&read).into_owned(), rest)));
        }
        let mut piece = [0; 4_096];
        match stream.read(&mut piece).await? {
            0 => return Ok(None),
            length => read.extend_from_slice(piece.get(..length).unwrap_or_default()),
        }
    }
}

/// A file of the app in its new version: other names, another version for the worker, and a mark to know its pages by.
fn new(text: &str) -> String {
    let text = renamed(text).replace("\"version\":\"", "\"version\":\"new-");
    text.replace("<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"><meta name=\"release\" content=\"new\">")
}

/// The same text with every hash in the name of a file turned round, so that turning it once more gives the old one.
fn renamed(text: &str) -> String {
    let mut renamed = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('-') {
        let (before, after) = rest.split_at(at + 1);
        renamed += before;
        let hash: String = after.chars().take_while(char::is_ascii_hexdigit).collect();
        rest = after.split_at(hash.len()).1;
        if hash.len() == 8 && rest.starts_with('.') {
            renamed.extend(hash.chars().rev());
        } else {
            renamed += &hash;
        }
    }
    renamed + rest
}

#[test]
fn a_name_that_is_turned_round_twice_is_the_old_one() {
    let page = "<script src=\"/loader-0123abcd.js\" data-x=\"/a-b-12345678.wasm\"> rel-12345678x - 2026-11-28";
    assert_eq!(renamed(page), page.replace("0123abcd", "dcba3210").replace("12345678.", "87654321."));
    assert_eq!(renamed(&renamed(page)), page);
}
