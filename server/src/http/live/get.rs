//! `GET /api/live?device=…`: a stream of server-sent events that says which circles moved. Whoever hears it syncs.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::stream::{self, Stream};
use opstap_core::CircleId;
use opstap_sync_server::Randomness;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::live::{Listener, Moved};
use crate::world::OsRandomness;

/// How soon a browser comes back at the earliest after the stream broke.
const BACK_AFTER: Duration = Duration::from_secs(3);
/// And at most so many milliseconds later: everybody's stream breaks at once when the server is started anew.
const SPREAD: u16 = 7_000;
/// How often a sign of life goes out: under the minute after which proxies let go.
const SIGN_OF_LIFE: Duration = Duration::from_secs(25);

/// Opens the stream.
pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<impl IntoResponse, Problem> {
    let listener = app.hints.listen();
    let events = events(Listening { app, signed_in, listener, greeted: false });
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(SIGN_OF_LIFE));
    // A proxy that gathers the answer before it passes it on would defeat the purpose.
    Ok(([("cache-control", "no-store"), ("x-accel-buffering", "no")], stream))
}

struct Listening {
    app: App,
    signed_in: SignedIn,
    listener: Listener,
    greeted: bool,
}

fn events(listening: Listening) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(listening, |mut listening| async move {
        if !listening.greeted {
            listening.greeted = true;
            let greeting = Event::default().retry(back_after()).comment("open");
            return Some((Ok(greeting), listening));
        }
        let circles = listening.next().await?;
        let named: Vec<String> = circles.iter().map(CircleId::to_string).collect();
        let moved = Event::default().event("moved").data(named.join(" "));
        Some((Ok(moved), listening))
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
        let Moved::Circles(hints) = moved else { return true };
        for hint in hints.values() {
            if hint.concerns(&self.app.service, self.signed_in.session.person.id).await {
                return true;
            }
        }
        false
    }

    /// The circles of this person that moved; `None` when the stream is over: the server stops, or the session ended.
    async fn next(&mut self) -> Option<BTreeSet<CircleId>> {
        let mut stopping = self.app.stopping.clone();
        loop {
            let moved = tokio::select! {
                moved = self.listener.next() => moved?,
                // An error means that nobody is left who could stop the server: the same.
                _ = stopping.wait_for(|stopping| *stopping) => return None,
            };
            if !self.concerns(&moved).await {
                continue;
            }
            // Asked anew each time: a session or a membership may have ended since.
            let session = self.app.service.session(self.signed_in.token.reveal()).await.ok().flatten();
            let session = session.filter(|session| !session.revoked)?;
            let theirs = self.app.service.circles_of(session.person.id).await.ok()?;
            let theirs: BTreeSet<CircleId> = theirs.into_iter().collect();
            let heard: BTreeSet<CircleId> = match moved {
                Moved::Circles(hints) => hints.into_keys().filter(|circle| theirs.contains(circle)).collect(),
                Moved::TooMuch => theirs,
            };
            if !heard.is_empty() {
                return Some(heard);
            }
        }
    }
}
