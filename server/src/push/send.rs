//! Sending: who listens hears of a message by the live stream; a phone whose app is closed by its push service.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use opstap_core::PersonId;
use opstap_sync_server::storage::PushRow;
use opstap_sync_server::{Clock, Service, Storage};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::address::{Address, is_public};
use super::key::PushKey;
use super::sealed::seal;
use super::turns::Turns;
use crate::live::LiveHints;
use crate::world::SystemClock;

/// How many push services are spoken to at once.
const AT_ONCE: usize = 16;
/// For how long a push service keeps it for a phone that is off, in seconds.
const KEPT: &str = "86400";
/// How often it is tried.
const TRIES: u32 = 4;

/// How long is waited for what.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How long somebody who listens gets to fetch the message, before a stream that only seems open is not believed.
    pub listener: Duration,
    /// For an answer of a push service.
    pub answer: Duration,
    /// Before the second try; twice as long before each after it.
    pub again: Duration,
    /// The longest wait that a push service may ask for.
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { listener: seconds(10), answer: seconds(15), again: seconds(5), longest: seconds(300) }
    }
}

/// Finds the addresses behind a name, and keeps to those on the internet.
#[derive(Clone)]
struct Outside {
    anywhere: bool,
}

impl tower::Service<Name> for Outside {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, io::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let anywhere = self.anywhere;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<_> = found.filter(|address| anywhere || is_public(address.ip())).collect();
            Ok(found.into_iter())
        })
    }
}

/// What sends. Cheap to clone.
#[derive(Clone)]
pub struct Sender {
    client: Client<HttpsConnector<HttpConnector<Outside>>, Full<Bytes>>,
    key: Arc<PushKey>,
    anywhere: bool,
    pace: Pace,
    /// How much goes out at once: waiting takes none of it.
    room: Arc<Semaphore>,
    people: Turns<PersonId>,
    devices: Turns<String>,
}

/// What a push service made of it.
enum Outcome {
    Taken,
    /// There is no such subscription any more.
    Gone,
    /// Later, perhaps after so long.
    Later(Option<Duration>),
    /// It will not be taken, however often.
    Refused(StatusCode),
}

impl Sender {
    /// Sends under this key. `anywhere` lets it reach what stands beside the server, for tests on one machine.
    #[must_use]
    pub fn new(key: Arc<PushKey>, anywhere: bool, pace: Pace) -> Self {
        let mut plain = HttpConnector::new_with_resolver(Outside { anywhere });
        // The rule on addresses, not this, says where plain HTTP may go.
        plain.enforce_http(false);
        plain.set_connect_timeout(Some(pace.answer));
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(plain);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        let room = Arc::new(Semaphore::new(AT_ONCE));
        Self { client, key, anywhere, pace, room, people: Turns::default(), devices: Turns::default() }
    }

    /// Tells every device of a person that there is a message, unless one of them fetches it, and of what comes meanwhile.
    async fn tell<S: Storage>(self, service: Service<S>, hints: LiveHints, person: PersonId) {
        while let Some(came) = self.people.next(&person) {
            if hints.presence.is_listening(person) {
                tokio::time::sleep(self.pace.listener).await;
                if hints.presence.has_synced_since(person, came) {
                    continue;
                }
            }
            self.people.covers(&person);
            match service.pushes(person).await {
                // Side by side: one that cannot be reached holds up no other.
                Ok(rows) => rows.into_iter().for_each(|row| self.begin_device(&service, row)),
                Err(cause) => tracing::warn!(%cause, "nobody was told of a message"),
            }
        }
    }

    /// By its address: a device that has another one by now is told there, whatever becomes of the first.
    fn begin_device<S: Storage>(&self, service: &Service<S>, row: PushRow) {
        if self.devices.begins(&row.endpoint, Instant::now()) {
            let (sender, service) = (self.clone(), service.clone());
            tokio::spawn(async move {
                while sender.devices.next(&row.endpoint).is_some() {
                    sender.tell_device(&service, &row).await;
                }
            });
        }
    }

    async fn tell_device<S: Storage>(&self, service: &Service<S>, row: &PushRow) {
        let mut wait = self.pace.again;
        for tried in 1..=TRIES {
            let outcome = {
                // It closes never; without it more would go at once.
                let _turn = self.room.acquire().await;
                // The same notice tells of all that came until here.
                self.devices.covers(&row.endpoint);
                self.send(row).await
            };
            let asked = match outcome {
                Outcome::Taken => return,
                Outcome::Gone => {
                    if let Err(cause) = service.is_gone(row).await {
                        tracing::warn!(%cause, "a push subscription that is gone is still kept");
                    }
                    return;
                }
                Outcome::Refused(status) => {
                    return tracing::warn!(status = status.as_u16(), "a push service took no message");
                }
                Outcome::Later(asked) => asked,
            };
            if tried < TRIES {
                tokio::time::sleep(asked.unwrap_or(wait).min(self.pace.longest)).await;
                wait *= 2;
            }
        }
        tracing::info!(tries = TRIES, "a push service could not be reached");
    }

    async fn send(&self, row: &PushRow) -> Outcome {
        let bad = Outcome::Refused(StatusCode::BAD_REQUEST);
        let Some(address) = Address::parse(&row.endpoint, self.anywhere) else { return bad };
        // Nothing of who wrote what: the language in which the phone says that there is a message, and no more.
        let Ok(body) = seal(row.language.as_bytes(), &row.public, &row.secret) else { return bad };
        let Some(authorization) = self.key.authorization(&address.origin(), SystemClock.now()) else { return bad };
        let request = Request::builder()
            .method(Method::POST)
            .uri(address.uri().clone())
            .header(AUTHORIZATION, authorization)
            .header(CONTENT_ENCODING, "aes128gcm")
            .header(CONTENT_TYPE, "application/octet-stream")
            .header("ttl", KEPT)
            .header("urgency", "high")
            // One that was not brought yet is replaced: ten messages are one notice.
            .header("topic", "message")
            .body(Full::new(Bytes::from(body)));
        let Ok(request) = request else { return bad };
        match tokio::time::timeout(self.pace.answer, self.client.request(request)).await {
            Ok(Ok(response)) => meaning(&response),
            Ok(Err(_)) | Err(_) => Outcome::Later(None),
        }
    }
}

fn meaning<B>(response: &Response<B>) -> Outcome {
    let after = response.headers().get(RETRY_AFTER).and_then(|after| after.to_str().ok()?.parse().ok());
    match response.status() {
        status if status.is_success() => Outcome::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Outcome::Later(after.map(Duration::from_secs)),
        status if status.is_server_error() => Outcome::Later(after.map(Duration::from_secs)),
        status => Outcome::Refused(status),
    }
}

/// Tells whoever is not listening that there are messages, until the server ends.
pub async fn tell_when_told<S: Storage>(service: Service<S>, hints: LiveHints, sender: Sender) -> Infallible {
    loop {
        for (person, came) in hints.messages().await {
            if sender.people.begins(&person, came) {
                tokio::spawn(sender.clone().tell(service.clone(), hints.clone(), person));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_found_only_where_pushes_may_go_anywhere() {
        let found = async |anywhere| {
            let name: Name = "localhost".parse().expect("it is a name");
            Outside { anywhere }.oneshot(name).await.expect("every machine knows itself").count()
        };
        assert_eq!(found(false).await, 0);
        assert!(found(true).await > 0);
    }

    #[tokio::test]
    async fn nothing_connects_to_this_machine_by_a_name_either() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let connects = async |anywhere| {
            let uri: axum::http::Uri = format!("http://localhost:{port}").parse().expect("it is an address");
            HttpConnector::new_with_resolver(Outside { anywhere }).oneshot(uri).await.is_ok()
        };
        assert!(!connects(false).await);
        assert!(connects(true).await);
    }
}
