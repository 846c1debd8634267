//! Somebody with a browser: sends requests to the router with their cookie, and reads the answers.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use opstap_core::protocol::{self, Answer, Delivery, MEDIA_TYPE, Verdict};
use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Millis, Record, RecordId, Seen, Stamp};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::stage::random;

/// A browser with one device in it.
#[derive(Clone)]
pub struct Caller {
    router: Router,
    pub device: DeviceId,
    pub cookie: Option<String>,
    n: u64,
}

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    /// The reply, if its status is this one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    /// Checks that the reply is a problem with this status and code, whole, with a sentence for people and nothing of the inside.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Value {
        let reply = self.expect(status);
        assert_eq!(reply.headers.get(CONTENT_TYPE).unwrap(), "application/problem+json");
        let problem = reply.json();
        assert_eq!(problem["type"], format!("urn:opstap:problem:{code}"));
        assert_eq!(problem["status"], status);
        for part in [&problem["title"], &problem["detail"], &problem["sentence"]["nl"], &problem["sentence"]["en"]] {
            assert!(!part.as_str().unwrap().is_empty(), "{problem}");
        }
        for word in ["Sem", "Marloes", "sqlite", "SQL", "panicked", ".rs"] {
            assert!(!problem.to_string().contains(word), "{problem}");
        }
        problem
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Caller {
    pub fn new(router: Router, device: DeviceId) -> Self {
        Self { router, device, cookie: None, n: 0 }
    }

    /// The begin of a request with device and cookie.
    pub fn request(&self, method: Method, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(path).header("opstap-device", self.device.to_string());
        match &self.cookie {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Sends a request and leaves the answer's body to the caller.
    pub async fn open(&self, path: &str) -> axum::response::Response {
        let request = self.request(Method::GET, path).body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends a request and leaves the answer's body to the caller.
    pub async fn open_with(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn put(&self, path: &str, bytes: &[u8]) -> Reply {
        self.send(self.request(Method::PUT, path).body(Body::from(bytes.to_vec())).unwrap()).await
    }

    /// Tries a code; keeps the cookie as a browser does.
    pub async fn pair(&mut self, code: &str) -> Reply {
        let reply = self.post("/api/pair", &json!({ "code": code, "device": self.device.to_string() })).await;
        if let Some(set) = reply.headers.get(SET_COOKIE) {
            self.cookie = set.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        reply
    }

    /// An edit of this device, the next by name.
    pub fn edit(&mut self, circle: CircleId, at: Millis, changes: Vec<Change>) -> Edit {
        self.n += 1;
        let stamp = Stamp { millis: at, counter: u32::try_from(self.n).unwrap(), device: self.device };
        let name = EditName { device: self.device, n: self.n };
        Edit { name, stamp, circle, seen: Seen::default(), beside: None, changes }
    }

    /// A request of the round trip from the very start.
    pub fn round_trip(&self, edits: Vec<Edit>) -> protocol::Request {
        let waiting = u32::try_from(edits.len()).unwrap();
        protocol::Request { edits, waiting, ..protocol::Request::of(self.device) }
    }

    /// Sends bytes to the sync route.
    pub async fn sync_bytes(&self, bytes: Vec<u8>) -> Reply {
        let request = self.request(Method::POST, "/api/sync").header(CONTENT_TYPE, MEDIA_TYPE);
        self.send(request.body(Body::from(bytes)).unwrap()).await
    }

    /// One round trip.
    pub async fn sync(&self, edits: Vec<Edit>) -> Answer {
        let reply = self.sync_bytes(protocol::encode_request(&self.round_trip(edits))).await.expect(200);
        protocol::decode_answer(&reply.body).unwrap()
    }

    /// The verdict on one edit.
    pub async fn verdict(&self, edit: &Edit) -> Verdict {
        let answer = self.sync(vec![edit.clone()]).await;
        let found = answer.verdicts.iter().find(|(n, _)| *n == edit.name.n);
        found.unwrap().1
    }

    /// Everything this person can see, as it is now.
    pub async fn sees(&self) -> BTreeMap<(CircleId, RecordId), Record> {
        let mut seen = BTreeMap::new();
        for circle in self.sync(Vec::new()).await.circles {
            let records = match circle.delivery {
                Delivery::Changes { records, more, .. } => {
                    assert!(!more, "the tests read whole circles at once");
                    records
                }
                Delivery::Load { records, next, .. } => {
                    assert_eq!(next, None, "the tests read whole circles at once");
                    records
                }
                Delivery::Month { records, .. } => records,
            };
            seen.extend(records.into_iter().map(|record| ((circle.circle, record.id), record)));
        }
        seen
    }
}

/// A new id for a record.
pub fn new_id(at: Millis) -> RecordId {
    RecordId::new(at, random())
}
