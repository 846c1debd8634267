//! A device without a screen: it pairs over HTTP and hands in edits, to fill a circle before anything is
//! measured or looked at.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{SystemTime, UNIX_EPOCH};

use opstap_core::model::CircleKind;
use opstap_core::protocol::{Answer, Delivery, MEDIA_TYPE, Request, Verdict, decode_answer, encode_request};
use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Millis, Record, RecordId, Seen, Stamp};
use serde_json::json;

use crate::workload::Draw;

/// The machine's clock.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(u64::try_from(since.as_millis()).unwrap_or_default())
}

/// A device of somebody.
pub struct Device {
    address: String,
    id: DeviceId,
    cookie: String,
    draw: Draw,
    last: Option<Stamp>,
    outbox: Vec<Edit>,
    n: u64,
    /// What it had seen of each circle when it last held it.
    seen: BTreeMap<CircleId, Seen>,
}

/// A client's circle as a device gets it at first.
pub struct Held {
    /// Which.
    pub circle: CircleId,
    /// Everything in it.
    pub records: Vec<Record>,
}

impl Device {
    /// Signs in with a printed link. `seed` tells devices apart.
    pub fn pair(link: &str, seed: u64) -> io::Result<Self> {
        let (base, code) = link.split_once("/pair#").ok_or_else(|| io::Error::other("a link without a code"))?;
        let address =
            base.trim_start_matches("http://").trim_end_matches("/desk").trim_end_matches("/support").to_owned();
        let mut draw = Draw::from_seed(seed);
        let id = DeviceId::new(now(), draw.randomness());
        let (cookie, outbox, seen) = (String::new(), Vec::new(), BTreeMap::new());
        let mut device = Self { address, id, cookie, draw, last: None, outbox, n: 0, seen };
        let body = json!({"code": code, "device": id.to_string()}).to_string();
        let (head, _) = device.post("/api/pair", "application/json", body.as_bytes())?;
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        let cookie = cookie.and_then(|cookie| cookie.split(';').next());
        cookie.ok_or_else(|| io::Error::other("no cookie came with the pairing"))?.clone_into(&mut device.cookie);
        Ok(device)
    }

    /// The circles of clients that this person is in.
    pub fn held(&mut self) -> io::Result<Vec<Held>> {
        let answer = self.sync(Vec::new())?;
        for circle in &answer.circles {
            if let Delivery::Load { number, next: None, .. } = circle.delivery {
                self.seen.insert(circle.circle, Seen { epoch: answer.epoch, number });
            }
        }
        let circles = answer.circles.into_iter().filter(|circle| circle.kind == CircleKind::Client);
        Ok(circles
            .map(|circle| {
                let records = circle.delivery.records().to_vec();
                Held { circle: circle.circle, records }
            })
            .collect())
    }

    /// Opens a circle for a new client of this name, as a professional does.
    pub fn open_circle(&mut self, name: &str) -> io::Result<CircleId> {
        let circle = CircleId::new(now(), self.draw.randomness());
        let body = json!({"circle": circle.to_string(), "name": name}).to_string();
        self.post("/api/circles", "application/json", body.as_bytes())?;
        Ok(circle)
    }

    /// An id for a new record.
    pub fn id(&mut self, at: Millis) -> RecordId {
        RecordId::new(at, self.draw.randomness())
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.draw.below(end)
    }

    /// What it writes from now on is written as if it had seen nothing of any circle.
    pub fn forget_what_it_saw(&mut self) {
        self.seen.clear();
    }

    /// Writes an edit.
    pub fn write(&mut self, circle: CircleId, at: Millis, changes: Vec<Change>) {
        let stamp = Stamp::next(at, self.last, self.id);
        self.last = Some(stamp);
        self.n += 1;
        let name = EditName { device: self.id, n: self.n };
        let seen = self.seen.get(&circle).copied().unwrap_or_default();
        self.outbox.push(Edit { name, stamp, circle, seen, beside: None, changes });
    }

    /// Hands everything in.
    pub fn hand_in(&mut self) -> io::Result<()> {
        while !self.outbox.is_empty() {
            let rest = self.outbox.split_off(self.outbox.len().min(Request::MOST_EDITS));
            let edits = std::mem::replace(&mut self.outbox, rest);
            for (n, verdict) in self.sync(edits)?.verdicts {
                if !matches!(verdict, Verdict::Accepted { .. }) {
                    return Err(io::Error::other(format!("edit {n} got {verdict:?}")));
                }
            }
        }
        Ok(())
    }

    fn sync(&self, edits: Vec<Edit>) -> io::Result<Answer> {
        let waiting = u32::try_from(edits.len()).unwrap_or(u32::MAX);
        let request = Request { edits, waiting, ..Request::of(self.id) };
        let (_, body) = self.post("/api/sync", MEDIA_TYPE, &encode_request(&request))?;
        decode_answer(&body).map_err(|error| io::Error::other(format!("{error:?}")))
    }

    fn post(&self, path: &str, media: &str, body: &[u8]) -> io::Result<(String, Vec<u8>)> {
        let mut stream = TcpStream::connect(&self.address)?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-type: {media}\r\ncontent-length: {}\r\n\
             opstap-device: {}\r\ncookie: {}\r\n\r\n",
            self.address,
            body.len(),
            self.id,
            self.cookie,
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let (head, body) = answer.split_at(end.map_or(answer.len(), |end| end + 4));
        let head = String::from_utf8_lossy(head).into_owned();
        if head.starts_with("HTTP/1.1 20") {
            Ok((head, body.to_vec()))
        } else {
            Err(io::Error::other(format!("{path} answered {head}{}", String::from_utf8_lossy(body))))
        }
    }
}
