//! A wire that counts: it passes HTTP/1.1 on between browser and server as it comes, and notes what each request weighed both ways.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The wire is quiet when nothing was asked for so long.
const QUIET: Duration = Duration::from_secs(3);

/// One request and its answer, heads included.
#[derive(Clone, Debug)]
pub struct Passed {
    /// `GET`, `POST`, `PUT`.
    pub method: String,
    /// The address without its query.
    pub path: String,
    /// Bytes to the server.
    pub up: usize,
    /// Bytes to the browser.
    pub down: usize,
}

/// Every request, as far as it has come: a live line never ends.
type Noted = Arc<Mutex<Vec<Arc<Mutex<Passed>>>>>;

/// The wire, until it is dropped.
pub struct Wire {
    address: String,
    passed: Noted,
    accepting: tokio::task::JoinHandle<()>,
}

impl Wire {
    /// Lays a wire to a server at `host:port`.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn lay(server: String) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let passed = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&passed);
        let accepting = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let (server, noted) = (server.clone(), Arc::clone(&noted));
                tokio::spawn(async move {
                    // A browser drops connections as it likes; that is no trouble.
                    let _ = pass(browser, &server, &noted).await;
                });
            }
        });
        Ok(Self { address, passed, accepting })
    }

    /// Where browsers come: `http://127.0.0.1:40123`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What passed since the last time this was asked.
    #[must_use]
    pub fn take(&self) -> Vec<Passed> {
        let taken = std::mem::take(&mut *held(&self.passed));
        taken.iter().map(|one| held(one).clone()).collect()
    }

    /// What passed so far, left where it is.
    #[must_use]
    pub fn count(&self) -> usize {
        held(&self.passed).len()
    }

    /// How many bytes passed so far, both ways, for requests at such a path.
    #[must_use]
    pub fn bytes_at(&self, is_it: impl Fn(&str) -> bool) -> usize {
        let passed = held(&self.passed);
        passed.iter().map(|one| held(one)).filter(|one| is_it(&one.path)).map(|one| one.up + one.down).sum()
    }

    /// Waits until nothing was asked for a while.
    pub async fn until_quiet(&self) {
        let mut last = (self.count(), Instant::now());
        while last.1.elapsed() < QUIET {
            tokio::time::sleep(Duration::from_millis(50)).await;
            if self.count() != last.0 {
                last = (self.count(), Instant::now());
            }
        }
    }
}

fn held<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// The head of a message: its lines, and how its body is measured.
struct Head {
    bytes: Vec<u8>,
    first: String,
    body: Body,
}

enum Body {
    Length(usize),
    Chunks,
}

async fn pass(browser: TcpStream, server: &str, noted: &Noted) -> io::Result<()> {
    let server = TcpStream::connect(server).await?;
    browser.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_browser, mut to_browser) = browser.into_split();
    let (from_server, mut to_server) = server.into_split();
    let (mut from_browser, mut from_server) = (BufReader::new(from_browser), BufReader::new(from_server));
    while let Some(request) = head(&mut from_browser).await? {
        let mut words = request.first.split(' ');
        let method = words.next().unwrap_or_default().to_owned();
        let path = words.next().unwrap_or_default().split('?').next().unwrap_or_default().to_owned();
        let one = Arc::new(Mutex::new(Passed { method: method.clone(), path, up: 0, down: 0 }));
        held(noted).push(Arc::clone(&one));
        send(&request, &mut from_browser, &mut to_server, |bytes| held(&one).up += bytes).await?;
        let Some(mut answer) = head(&mut from_server).await? else { break };
        let status = answer.first.split(' ').nth(1).unwrap_or_default();
        if method == "HEAD" || status == "304" || status == "204" {
            answer.body = Body::Length(0);
        }
        send(&answer, &mut from_server, &mut to_browser, |bytes| held(&one).down += bytes).await?;
    }
    Ok(())
}

/// Reads a head; nothing when the connection ended before it.
async fn head(from: &mut (impl AsyncBufReadExt + Unpin)) -> io::Result<Option<Head>> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        if from.read_until(b'\n', &mut bytes).await? == 0 {
            return Ok(None);
        }
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut lines = text.split("\r\n");
    let first = lines.next().unwrap_or_default().to_owned();
    let mut body = Body::Length(0);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        match name.to_ascii_lowercase().as_str() {
            "content-length" => body = Body::Length(value.trim().parse().unwrap_or(0)),
            "transfer-encoding" => body = Body::Chunks,
            _ => {}
        }
    }
    Ok(Some(Head { bytes, first, body }))
}

/// Passes a message on and tells its weight as it goes. A stream of chunks is passed on chunk by chunk, since it may never end.
async fn send(
    head: &Head,
    from: &mut (impl AsyncBufReadExt + Unpin),
    to: &mut (impl AsyncWriteExt + Unpin),
    weighs: impl Fn(usize),
) -> io::Result<()> {
    to.write_all(&head.bytes).await?;
    weighs(head.bytes.len());
    match head.body {
        Body::Length(length) => {
            let mut body = vec![0; length];
            from.read_exact(&mut body).await?;
            to.write_all(&body).await?;
            weighs(length);
        }
        Body::Chunks => loop {
            let mut line = Vec::new();
            from.read_until(b'\n', &mut line).await?;
            let size = String::from_utf8_lossy(&line);
            let size = usize::from_str_radix(size.trim().split(';').next().unwrap_or_default(), 16)
                .map_err(|_| io::Error::other("a chunk without a size"))?;
            let mut chunk = vec![0; size + 2];
            from.read_exact(&mut chunk).await?;
            to.write_all(&line).await?;
            to.write_all(&chunk).await?;
            to.flush().await?;
            weighs(line.len() + chunk.len());
            if size == 0 {
                break;
            }
        },
    }
    to.flush().await
}
