//! `GET /api/live?device=…`: a stream of server-sent events that says which circles moved, and to the client who watches a
//! run of theirs. Whoever hears that something moved syncs.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::stream::{self, Stream};
use opstap_core::CircleId;
use opstap_sync_server::Randomness;
use opstap_sync_server::service::Session;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::live::{Listener, Moved};
use crate::presence::{Change, OpenStream};
use crate::world::OsRandomness;

/// How soon a browser comes back at the earliest after the stream broke.
const BACK_AFTER: Duration = Duration::from_secs(3);
/// And at most so many milliseconds later: everybody's stream breaks at once when the server is started anew.
const SPREAD: u16 = 7_000;
/// How often a sign of life goes out: under the minute after which proxies let go.
const SIGN_OF_LIFE: Duration = Duration::from_secs(25);

/// Opens the stream.
#[utoipa::path(
    get,
    path = "/api/live",
    responses((status = 200, description = "A stream of server-sent events: moved with circles, watched with runs", body = String, content_type = "text/event-stream")),
    params(("device" = Option<String>, Query, description = "The device, where no header can be set"))
)]
pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<impl IntoResponse, Problem> {
    let (listener, watching) =
        (app.hints.listen(signed_in.session.person.id, signed_in.session.device), app.hints.presence.changes());
    let open = app.hints.presence.listens(signed_in.session.person.id);
    let (to_tell, told) = (BTreeSet::new(), BTreeSet::new());
    let events = events(Listening { app, signed_in, listener, watching, to_tell, told, greeted: false, _open: open });
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE));
    // A proxy that gathers the answer before it passes it on would defeat the purpose.
    Ok(([("cache-control", "no-store"), ("x-accel-buffering", "no")], stream))
}

struct Listening {
    app: App,
    signed_in: SignedIn,
    listener: Listener,
    /// In which circles somebody began or ended watching a run.
    watching: Receiver<Change>,
    /// Circles of which is to be told who watches: at the start those in which somebody does, and all again for whoever fell behind.
    to_tell: BTreeSet<CircleId>,
    /// Circles of which that was told.
    told: BTreeSet<CircleId>,
    greeted: bool,
    _open: OpenStream,
}

/// What is told next.
enum News {
    Moved(BTreeSet<CircleId>),
    /// Who watches which run of this person's own circle, all of them.
    Watched(CircleId),
}

fn events(listening: Listening) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listening, |mut listening| async move {
        if !listening.greeted {
            listening.greeted = true;
            listening.to_tell = listening.watched();
            let greeting = Event::default().retry(back_after()).comment("open");
            return Some((Ok(greeting), listening));
        }
        let event = match listening.next().await? {
            News::Moved(circles) => {
                let named: Vec<String> = circles.iter().map(CircleId::to_string).collect();
                Event::default().event("moved").data(named.join(" "))
            }
            News::Watched(circle) => {
                listening.told.insert(circle);
                let all = listening.app.hints.presence.watching(circle);
                let pairs = all.iter().map(|(run, person)| format!(" {run}:{person}"));
                Event::default().event("watched").data(format!("{circle}{}", pairs.collect::<String>()))
            }
        };
        Some((Ok(event), listening))
    })
}

fn back_after() -> Duration {
    let mut drawn = [0; 2];
    OsRandomness.fill(&mut drawn);
    BACK_AFTER + Duration::from_millis(u64::from(u16::from_be_bytes(drawn) % SPREAD))
}

impl Listening {
    /// Whether something that moved may be this person's. Thousands listen, and most of what moves is others'.
    async fn concerns(&self, moved: &Moved) -> bool {
        let Moved::Circles { moved, left } = moved else { return true };
        if !left.is_empty() {
            return true;
        }
        for hint in moved.values() {
            if hint.concerns(&self.app.service, self.signed_in.session.person.id).await {
                return true;
            }
        }
        false
    }

    /// What there is to tell this person; `None` when the stream is over: the server stops, or the session ended.
    async fn next(&mut self) -> Option<News> {
        let mut stopping = self.app.stopping.clone();
        loop {
            while let Some(circle) = self.to_tell.pop_first() {
                if self.is_own(circle).await? {
                    return Some(News::Watched(circle));
                }
            }
            let heard = tokio::select! {
                moved = self.listener.next() => Ok(moved?),
                watched = self.watching.recv() => Err(watched),
                // An error means that nobody is left who could stop the server: the same.
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            };
            let moved = match heard {
                Ok(moved) => moved,
                // Most changes are of others' circles, and cost nothing here.
                Err(Ok(Change { circle, people })) => {
                    if people.contains(&self.signed_in.session.person.id) {
                        self.to_tell.insert(circle);
                    }
                    continue;
                }
                // Of whoever fell behind nobody knows what they missed.
                Err(Err(RecvError::Lagged(_))) => {
                    self.to_tell = &self.told | &self.watched();
                    continue;
                }
                Err(Err(RecvError::Closed)) => return None,
            };
            if !self.concerns(&moved).await {
                continue;
            }
            let session = self.session().await?;
            let theirs = self.app.service.circles_of(session.person.id).await.ok()?;
            let theirs: BTreeSet<CircleId> = theirs.into_iter().collect();
            let heard: BTreeSet<CircleId> = match moved {
                Moved::Circles { moved, left } => {
                    moved.into_keys().filter(|circle| theirs.contains(circle)).chain(left).collect()
                }
                Moved::TooMuch => theirs,
            };
            if !heard.is_empty() {
                return Some(News::Moved(heard));
            }
        }
    }

    /// The circles of which this person is to hear who watches, as far as somebody does.
    fn watched(&self) -> BTreeSet<CircleId> {
        self.app.hints.presence.watched(self.signed_in.session.person.id)
    }

    /// The session as it is now, asked anew each time: it, or a membership, may have ended since.
    async fn session(&self) -> Option<Session> {
        let session = self.app.service.session(self.signed_in.token.reveal()).await.ok().flatten();
        session.filter(|session| !session.revoked)
    }

    /// Whether this person is the client of a circle or decides for them; `None` when the session ended.
    async fn is_own(&self, circle: CircleId) -> Option<bool> {
        let session = self.session().await?;
        self.app.service.decides(session, circle).await.ok()
    }
}
