//! A device that speaks HTTP by hand, a connection a request, so that an answer that was cut off is known for what it is.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use opstap_core::access::View;
use opstap_core::model::CircleKind;
use opstap_core::protocol::{
    Answer, Cursor, CursorOf, Delivery, LoadDigest, MEDIA_TYPE, Request, decode_answer, encode_request,
};
use opstap_core::{CircleId, Day, DeviceId, Edit, Epoch, Millis, RecordId};

use super::dice::Dice;

/// Longer than the server is patient with its database.
const PATIENCE: Duration = Duration::from_secs(15);

const NOTHING: Cursor = Cursor { view: View::NOTHING, number: 0, since: Day(0), load: None };

/// One device, paired, and what it holds of the client's circle: the number under which each record came.
#[derive(Clone)]
pub struct Phone {
    address: String,
    pub device: DeviceId,
    cookie: String,
    epoch: Option<Epoch>,
    pub circle: Option<CircleId>,
    pub cursor: Option<Cursor>,
    pub held: BTreeMap<RecordId, u64>,
    beside: BTreeMap<RecordId, u64>,
}

/// The time, as a phone has it.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Millis(u64::try_from(since.as_millis()).unwrap())
}

/// Ten bytes for an id.
pub fn random(dice: &mut Dice) -> [u8; 10] {
    std::array::from_fn(|_| u8::try_from(dice.below(256)).unwrap())
}

impl Phone {
    /// Pairs by the code at the end of a link.
    pub fn pair(address: &str, code: &str, dice: &mut Dice) -> Self {
        let device = DeviceId::new(now(), random(dice));
        let mut phone = Self {
            address: address.to_owned(),
            device,
            cookie: String::new(),
            epoch: None,
            circle: None,
            cursor: None,
            held: BTreeMap::new(),
            beside: BTreeMap::new(),
        };
        let body = format!("{{\"code\":\"{code}\",\"device\":\"{device}\"}}");
        let (head, _) = phone.post("/api/pair", "application/json", body.as_bytes()).unwrap();
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().clone_into(&mut phone.cookie);
        phone
    }

    /// The same device with nothing in it, as after "load everything again".
    pub fn emptied(&self) -> Self {
        Self { cursor: None, held: BTreeMap::new(), beside: BTreeMap::new(), ..self.clone() }
    }

    /// One round trip; what it brings is taken in.
    ///
    /// An error says that no whole answer came: whether the edits counted is not known.
    pub fn sync(&mut self, edits: Vec<Edit>) -> Result<Answer, String> {
        let cursors = self.circle.zip(self.cursor).map(|(circle, cursor)| CursorOf { circle, cursor });
        let request =
            Request { epoch: self.epoch, cursors: cursors.into_iter().collect(), edits, ..Request::of(self.device) };
        let (_, body) = self.post("/api/sync", MEDIA_TYPE, &encode_request(&request))?;
        let answer = decode_answer(&body).map_err(|error| error.to_string())?;
        self.take_in(&answer);
        Ok(answer)
    }

    /// Round trips until there is nothing new.
    pub fn pulls(&mut self) -> Result<(), String> {
        while !self.sync(Vec::new())?.circles.is_empty() {}
        Ok(())
    }

    /// Notes a record that this device made: the verdict tells its number, and it is not sent back.
    pub fn knows(&mut self, record: RecordId, number: u64) {
        self.held.insert(record, number);
    }

    fn take_in(&mut self, answer: &Answer) {
        self.epoch = Some(answer.epoch);
        for brought in answer.circles.iter().filter(|brought| brought.kind == CircleKind::Client) {
            self.circle = Some(brought.circle);
            let since = brought.figures.as_ref().map(|figures| figures.before);
            match &brought.delivery {
                Delivery::Load { records, next, number, count, digest, .. } => {
                    if self.cursor.is_none_or(|cursor| cursor.load.is_none()) {
                        self.beside.clear();
                    }
                    self.beside.extend(records.iter().map(|record| (record.id, record.number)));
                    let before = self.cursor.unwrap_or(NOTHING);
                    self.cursor = Some(match next {
                        Some(position) => Cursor { load: Some((brought.view, *position)), ..before },
                        None => {
                            let held = LoadDigest::of(self.beside.keys().copied());
                            assert_eq!(*digest, held, "the server's digest of a load");
                            assert_eq!(usize::try_from(*count), Ok(self.beside.len()), "the server's count of a load");
                            self.held = std::mem::take(&mut self.beside);
                            Cursor { view: brought.view, number: *number, since: since.unwrap_or_default(), load: None }
                        }
                    });
                }
                Delivery::Changes { records, to, .. } => {
                    let cursor = self.cursor.unwrap();
                    for record in records {
                        assert!(record.number > cursor.number, "changes lie above the cursor");
                        self.held.insert(record.id, record.number);
                    }
                    self.cursor =
                        Some(Cursor { number: *to, since: since.unwrap_or(cursor.since), load: None, ..cursor });
                }
                Delivery::Month { .. } => panic!("nobody asked for old logs"),
            }
        }
    }

    fn post(&self, path: &str, media: &str, body: &[u8]) -> Result<(String, Vec<u8>), String> {
        let said = |error: std::io::Error| error.to_string();
        let mut stream = TcpStream::connect(&self.address).map_err(said)?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(said)?;
        let (address, device, cookie, length) = (&self.address, self.device, &self.cookie, body.len());
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nopstap-device: {device}\r\ncookie: {cookie}\r\n\
             content-type: {media}\r\ncontent-length: {length}\r\n\r\n"
        )
        .into_bytes();
        request.extend(body);
        stream.write_all(&request).map_err(said)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).map_err(said)?;
        let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").ok_or("no whole answer")?;
        let body = answer.split_off(end + 4);
        let head = String::from_utf8(answer).map_err(|error| error.to_string())?;
        if !head.starts_with("HTTP/1.1 200") {
            return Err(head.lines().next().unwrap_or_default().to_owned());
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if length.and_then(|length| length.parse().ok()) != Some(body.len()) {
            return Err("the answer was cut off".to_owned());
        }
        Ok((head, body))
    }
}
