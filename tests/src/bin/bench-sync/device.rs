//! A device as the protocol describes it: paired by a link, with a cursor for each circle, packing as the app does.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use flate2::Compression;
use flate2::write::GzEncoder;
use opstap_core::protocol::{
    Answer, Cursor, CursorOf, Delivery, MEDIA_TYPE, Request, Verdict, decode_answer, encode_request,
};
use opstap_core::{CircleId, Day, DeviceId, Edit, Epoch, Millis, Record, Seen};
use opstap_tests::workload::Draw;
use serde_json::json;

use crate::line::{Line, Weight};

/// The machine's clock.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(u64::try_from(since.as_millis()).unwrap_or_default())
}

/// A device of somebody.
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    host: String,
    line: Line,
    cookie: String,
    epoch: Option<Epoch>,
    cursors: BTreeMap<CircleId, Cursor>,
}

/// A request, packed.
pub struct Ready {
    head: String,
    body: Vec<u8>,
    edits: usize,
}

/// What one round trip brought.
pub struct Brought {
    /// The records, of all circles.
    pub records: Vec<Record>,
    /// Whether the server has more.
    pub more: bool,
}

impl Device {
    /// Signs in with a printed link, as a person would.
    pub async fn pair(link: &str, draw: &mut Draw) -> io::Result<Self> {
        let (base, code) = link.split_once("/pair#").ok_or_else(|| io::Error::other("a link without a code"))?;
        let host = base.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
        let id = DeviceId::new(now(), draw.randomness());
        let mut line = Line::to(&host).await?;
        let body = json!({"code": code, "device": id.to_string()}).to_string();
        let head = format!(
            "POST /api/pair HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        let answer = line.ask(&head, body.as_bytes()).await?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        let cookie = cookie.ok_or_else(|| io::Error::other("no cookie came with the pairing"))?.to_owned();
        line.body(&answer).await?;
        line.take_weight();
        Ok(Self { id, host, line, cookie, epoch: None, cursors: BTreeMap::new() })
    }

    /// What went over the wire since this was asked last.
    pub fn take_weight(&mut self) -> Weight {
        self.line.take_weight()
    }

    /// What this device has seen of a circle.
    pub fn seen(&self, circle: CircleId) -> Seen {
        let number = self.cursors.get(&circle).map_or(0, |cursor| cursor.number);
        Seen { epoch: self.epoch.unwrap_or_default(), number }
    }

    /// Hands in edits, in requests of so many, and asks for nothing more than comes along.
    pub async fn push(&mut self, edits: &[Edit], at_a_time: usize) -> io::Result<()> {
        for batch in edits.chunks(at_a_time) {
            self.exchange(batch.to_vec()).await?;
        }
        Ok(())
    }

    /// Asks until the server has no more, and gives all that came.
    pub async fn pull(&mut self) -> io::Result<Vec<Record>> {
        let mut records = Vec::new();
        loop {
            let brought = self.exchange(Vec::new()).await?;
            records.extend(brought.records);
            if !brought.more {
                return Ok(records);
            }
        }
    }

    /// One round trip; an edit that is not accepted is an error.
    pub async fn exchange(&mut self, edits: Vec<Edit>) -> io::Result<Brought> {
        let ready = self.ready(edits)?;
        self.send(&ready).await
    }

    /// Gets a request ready to go.
    pub fn ready(&self, edits: Vec<Edit>) -> io::Result<Ready> {
        let count = edits.len();
        let cursors = self.cursors.iter().map(|(circle, cursor)| CursorOf { circle: *circle, cursor: *cursor });
        let waiting = u32::try_from(edits.len()).unwrap_or(u32::MAX);
        let request = Request { epoch: self.epoch, cursors: cursors.collect(), edits, waiting, ..Request::of(self.id) };
        let mut packed = GzEncoder::new(Vec::new(), Compression::new(6));
        packed.write_all(&encode_request(&request))?;
        let body = packed.finish()?;
        let head = format!(
            "POST /api/sync HTTP/1.1\r\nhost: {}\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-encoding: gzip\r\n\
             content-length: {}\r\naccept: */*\r\naccept-encoding: gzip, deflate, br, zstd\r\nopstap-device: {}\r\n\
             cookie: {}\r\n\r\n",
            self.host,
            body.len(),
            self.id,
            self.cookie
        );
        Ok(Ready { head, body, edits: count })
    }

    /// Sends what is ready and takes what comes.
    pub async fn send(&mut self, ready: &Ready) -> io::Result<Brought> {
        let head = self.line.ask(&ready.head, &ready.body).await?;
        let body = self.line.body(&head).await?;
        let answer = decode_answer(&body).map_err(|error| io::Error::other(format!("{error:?}")))?;
        let accepted = answer.verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Accepted { .. }));
        if accepted.count() != ready.edits {
            return Err(io::Error::other(format!("not all was accepted: {:?}", answer.verdicts)));
        }
        Ok(self.take(answer))
    }

    /// Moves the cursors as `sync-client` does.
    fn take(&mut self, answer: Answer) -> Brought {
        self.epoch = Some(answer.epoch);
        let mut brought = Brought { records: Vec::new(), more: false };
        for circle in answer.circles {
            let before = self.cursors.get(&circle.circle).copied();
            let (cursor, more, records) = match circle.delivery {
                Delivery::Changes { records, to, more, .. } => {
                    let since =
                        circle.figures.map_or(before.map_or(Day(0), |cursor| cursor.since), |figures| figures.before);
                    (Cursor { view: circle.view, number: to, since, load: None }, more, records)
                }
                Delivery::Load { records, next: Some(next), number, .. } => {
                    let held = before.unwrap_or(Cursor { view: circle.view, number, since: Day(0), load: None });
                    (Cursor { load: Some((circle.view, next)), ..held }, true, records)
                }
                Delivery::Load { records, next: None, number, .. } => {
                    let going_on = before.is_some_and(|cursor| cursor.load.is_some());
                    let since = circle.figures.map_or(Day(0), |figures| figures.before);
                    (Cursor { view: circle.view, number, since, load: None }, going_on, records)
                }
                Delivery::Month { .. } => continue,
            };
            self.cursors.insert(circle.circle, cursor);
            brought.more |= more;
            brought.records.extend(records);
        }
        brought
    }

    /// Opens the live stream, on a line of its own.
    pub async fn listen(&self) -> io::Result<Stream> {
        let mut line = Line::to(&self.host).await?;
        let head = format!(
            "GET /api/live?device={} HTTP/1.1\r\nhost: {}\r\naccept: text/event-stream\r\ncookie: {}\r\n\r\n",
            self.id, self.host, self.cookie
        );
        line.ask(&head, b"").await?;
        let mut stream = Stream { line };
        stream.until("open").await?;
        stream.line.take_weight();
        Ok(stream)
    }
}

/// An open live stream.
pub struct Stream {
    line: Line,
}

impl Stream {
    /// Waits until a circle moved; says when that was heard and what the hint weighed.
    pub async fn moved(&mut self) -> io::Result<(Instant, Weight)> {
        self.until("moved").await?;
        Ok((Instant::now(), self.line.take_weight()))
    }

    async fn until(&mut self, word: &str) -> io::Result<()> {
        loop {
            let chunk = self.line.chunk().await?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if String::from_utf8_lossy(&chunk).contains(word) {
                return Ok(());
            }
        }
    }
}
