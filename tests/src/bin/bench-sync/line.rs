//! A connection to the server that stays open and weighs every byte that goes over it, heads included.

use std::io::{self, Read};

use flate2::read::GzDecoder;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Bytes on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// To the server.
    pub up: usize,
    /// From the server.
    pub down: usize,
}

impl Weight {
    /// Both ways.
    pub const fn both(self) -> usize {
        self.up + self.down
    }
}

impl std::ops::AddAssign for Weight {
    fn add_assign(&mut self, more: Self) {
        self.up += more.up;
        self.down += more.down;
    }
}

/// The head of an answer.
pub struct Head {
    lines: Vec<String>,
}

impl Head {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.lines.iter().filter_map(|line| line.split_once(": "));
        named.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn status(&self) -> &str {
        self.lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default()
    }
}

/// The connection.
pub struct Line {
    stream: BufReader<TcpStream>,
    weight: Weight,
}

impl Line {
    /// Connects to `host:port`.
    pub async fn to(host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), weight: Weight::default() })
    }

    /// What went over the line since this was asked last.
    pub fn take_weight(&mut self) -> Weight {
        std::mem::take(&mut self.weight)
    }

    /// Sends a request, in one go, and reads the head of its answer; anything but 200 is an error.
    pub async fn ask(&mut self, head: &str, body: &[u8]) -> io::Result<Head> {
        let request = [head.as_bytes(), body].concat();
        self.weight.up += request.len();
        self.stream.get_mut().write_all(&request).await?;
        let mut lines = Vec::new();
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let head = Head { lines };
        if head.status() == "200" {
            return Ok(head);
        }
        let body = self.body(&head).await.unwrap_or_default();
        Err(io::Error::other(format!("{:?} {}", head.lines, String::from_utf8_lossy(&body))))
    }

    /// Reads the body that belongs to a head, and unpacks it.
    pub async fn body(&mut self, head: &Head) -> io::Result<Vec<u8>> {
        let body = match head.header("content-length") {
            Some(length) => {
                let mut body = vec![0; length.parse().map_err(io::Error::other)?];
                self.stream.read_exact(&mut body).await?;
                self.weight.down += body.len();
                body
            }
            None => {
                let mut body = Vec::new();
                while let Some(chunk) = self.chunk().await? {
                    body.extend(chunk);
                }
                body
            }
        };
        let mut plain = Vec::new();
        match head.header("content-encoding") {
            Some("gzip") => GzDecoder::new(&*body).read_to_end(&mut plain)?,
            Some("br") => brotli::Decompressor::new(&*body, 4_096).read_to_end(&mut plain)?,
            _ => return Ok(body),
        };
        Ok(plain)
    }

    /// The next chunk of a body that comes in chunks; `None` after the last.
    pub async fn chunk(&mut self) -> io::Result<Option<Vec<u8>>> {
        let line = self.line().await?;
        let size = usize::from_str_radix(&line, 16).map_err(io::Error::other)?;
        let mut chunk = vec![0; size + 2];
        self.stream.read_exact(&mut chunk).await?;
        self.weight.down += chunk.len();
        chunk.truncate(size);
        Ok((size > 0).then_some(chunk))
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        if self.stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.weight.down += line.len();
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}
