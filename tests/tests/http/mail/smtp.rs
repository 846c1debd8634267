//! A mail server of the test's own: speaks as much SMTP (RFC 5321) as it takes to get mail, and keeps what it got.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const PATIENCE: Duration = Duration::from_secs(20);

/// A mail as it came.
#[derive(Debug, Clone)]
pub struct Got {
    pub to: String,
    /// Headers and text, on the wire.
    pub content: String,
}

impl Got {
    /// What stands behind a word that the text has once, up to the end of the line.
    pub fn behind(&self, word: &str) -> String {
        let (_, rest) = self.content.split_once(word).unwrap_or(("", ""));
        rest.lines().next().unwrap_or_default().trim().to_owned()
    }
}

/// The server, with what it got so far.
pub struct MailServer {
    pub address: SocketAddr,
    got: UnboundedReceiver<Got>,
}

impl MailServer {
    /// Answers each mail in turn with one of these codes, then takes every mail.
    pub async fn answering(codes: &[u16]) -> Self {
        Self::at("127.0.0.1:0".parse().unwrap(), codes).await
    }

    /// The same at this address.
    pub async fn at(address: SocketAddr, codes: &[u16]) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, got) = unbounded_channel();
        let codes = Arc::new(Mutex::new(codes.iter().copied().collect::<VecDeque<_>>()));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, sender.clone(), Arc::clone(&codes)));
            }
        });
        Self { address, got }
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The next mail.
    pub async fn gets(&mut self) -> Got {
        tokio::time::timeout(PATIENCE, self.got.recv()).await.unwrap().unwrap()
    }

    /// Nothing comes: as long as anything could, and some more.
    pub async fn gets_nothing(&mut self) {
        let got = tokio::time::timeout(Duration::from_millis(1_000), self.got.recv()).await;
        assert!(got.is_err(), "{got:?}");
    }
}

async fn talk(
    stream: TcpStream,
    sender: UnboundedSender<Got>,
    codes: Arc<Mutex<VecDeque<u16>>>,
) -> std::io::Result<()> {
    let mut stream = BufStream::new(stream);
    let mut to = String::new();
    answer(&mut stream, "220 mail.test").await?;
    loop {
        let line = line(&mut stream).await?;
        match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
            "EHLO" => answer(&mut stream, "250-mail.test\r\n250 8BITMIME").await?,
            "MAIL" => answer(&mut stream, "250 ok").await?,
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                let code = codes.lock().unwrap().pop_front().unwrap_or(250);
                // As real ones do, it says whom it is about: that must not come into a log.
                answer(&mut stream, &format!("{code} <{to}>")).await?;
            }
            "DATA" => {
                answer(&mut stream, "354 go on").await?;
                let mut content = String::new();
                loop {
                    let line = self::line(&mut stream).await?;
                    if line == "." {
                        break;
                    }
                    content.push_str(line.strip_prefix('.').unwrap_or(&line));
                    content.push('\n');
                }
                let _ = sender.send(Got { to: to.clone(), content });
                answer(&mut stream, "250 taken").await?;
            }
            "RSET" | "NOOP" => answer(&mut stream, "250 ok").await?,
            "QUIT" => return answer(&mut stream, "221 bye").await,
            _ => answer(&mut stream, "502 not here").await?,
        }
    }
}

async fn line(stream: &mut BufStream<TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn answer(stream: &mut BufStream<TcpStream>, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await?;
    stream.flush().await
}
