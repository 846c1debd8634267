//! A line to the database that can be cut at the worst moment: when a commit is on its way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio_postgres::config::Host;

/// Where the next commit is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the database hears of it.
    Before = 1,
    /// After the database has done it, before anybody hears.
    After = 2,
}

/// A line on a port of its own.
pub struct Line {
    pub address: String,
    cut: Arc<AtomicU8>,
}

impl Line {
    /// A line to where this address leads.
    pub async fn to(address: &str) -> Self {
        let config: tokio_postgres::Config = address.parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let cut = Arc::new(AtomicU8::new(0));
        let line = Self { address: along(address, port), cut: Arc::clone(&cut) };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let port = config.get_ports().first().copied().unwrap_or(5432);
                let cut = Arc::clone(&cut);
                match config.get_hosts().first().unwrap() {
                    Host::Unix(folder) => {
                        let server = UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await.unwrap();
                        tokio::spawn(carry(client, server, cut));
                    }
                    Host::Tcp(name) => {
                        let server = TcpStream::connect((name.as_str(), port)).await.unwrap();
                        tokio::spawn(carry(client, server, cut));
                    }
                }
            }
        });
        line
    }

    /// Cuts the line at the next commit, once.
    pub fn cut_next_commit(&self, cut: Cut) {
        self.cut.store(cut as u8, Ordering::SeqCst);
    }

    pub fn was_cut(&self) -> bool {
        self.cut.load(Ordering::SeqCst) == 0
    }
}

/// The same address with another host and port.
fn along(address: &str, port: u16) -> String {
    let (who, rest) = address.rsplit_once('@').unwrap();
    let (_, database) = rest.split_once('/').unwrap();
    format!("{who}@127.0.0.1:{port}/{database}")
}

async fn carry(client: TcpStream, server: impl AsyncRead + AsyncWrite + Unpin, cut: Arc<AtomicU8>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let (mut question, mut answer) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            length = from_client.read(&mut question) => {
                let Ok(length @ 1..) = length else { return };
                let bytes = &question[..length];
                let is_commit = bytes.windows(6).any(|word| word == b"COMMIT");
                let how = if is_commit { cut.swap(0, Ordering::SeqCst) } else { 0 };
                if how == Cut::Before as u8 {
                    return;
                }
                to_server.write_all(bytes).await.unwrap();
                if how == Cut::After as u8 {
                    hear_that_it_ended(&mut from_server).await;
                    return;
                }
            }
            length = from_server.read(&mut answer) => {
                let Ok(length @ 1..) = length else { return };
                if to_client.write_all(&answer[..length]).await.is_err() { return }
            }
        }
    }
}

/// Reads answers until the database says that no transaction is open any more. One reading is not enough: what was sent together is
/// answered one by one, and a database that misses its reader half-way leaves the commit undone.
async fn hear_that_it_ended(from_server: &mut (impl AsyncRead + Unpin)) {
    const READY_AND_IDLE: &[u8] = b"Z\0\0\0\x05I";
    let mut heard = Vec::new();
    while !heard.windows(READY_AND_IDLE.len()).any(|word| word == READY_AND_IDLE) {
        let Ok(1..) = from_server.read_buf(&mut heard).await else { return };
    }
}
