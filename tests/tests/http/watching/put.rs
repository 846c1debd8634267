//! `PUT` and `DELETE /api/watching/{circle}/{run}`: who may, what the client hears of it, and what stays to be read.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use futures::StreamExt;
use opstap_core::model::{Model, Run};
use opstap_core::{CircleId, RecordId};
use serde_json::json;

use crate::http::caller::{Caller, Reply, new_id};
use crate::http::stage::Stage;

const PATIENCE: Duration = Duration::from_secs(20);

/// Sem begins a run.
async fn begins(stage: &Stage, sem: &mut Caller) -> RecordId {
    let at = opstap_sync_server::Clock::now(&stage.clock);
    let (plan, run) = (new_id(at), new_id(at));
    let edit = sem.edit(stage.circle, at, vec![Run::begins(plan, at).make(run)]);
    sem.sync(vec![edit]).await;
    run
}

fn address(stage: &Stage, run: RecordId) -> String {
    format!("/api/watching/{}/{run}", stage.circle)
}

async fn leave(caller: &Caller, address: &str) -> Reply {
    caller.send(caller.request(Method::DELETE, address).body(Body::empty()).unwrap()).await
}

async fn listen(caller: &Caller) -> BodyDataStream {
    let mut stream = caller.open("/api/live").await.into_body().into_data_stream();
    next(&mut stream).await;
    stream
}

/// The next event that is not of a record that moved.
async fn next(stream: &mut BodyDataStream) -> String {
    loop {
        let piece = tokio::time::timeout(PATIENCE, stream.next()).await.unwrap().unwrap().unwrap();
        let text = String::from_utf8(piece.to_vec()).unwrap();
        if !text.contains("event: moved") {
            return text;
        }
    }
}

#[tokio::test]
async fn the_client_hears_who_watches_and_that_they_left() {
    let stage = Stage::set().await;
    let (mut sem, marloes) = (stage.as_client().await, stage.as_professional().await);
    let run = begins(&stage, &mut sem).await;
    assert_eq!(marloes.put(&address(&stage, run), b"").await.expect(200).json(), json!({ "told": false }));
    let mut heard = listen(&sem).await;
    let already = next(&mut heard).await;
    assert!(already.contains("event: watched") && already.contains(&stage.person("Marloes").to_string()), "{already}");
    assert_eq!(marloes.put(&address(&stage, run), b"").await.expect(200).json(), json!({ "told": true }));
    leave(&marloes, &address(&stage, run)).await.expect(204);
    let gone = next(&mut heard).await;
    assert!(gone.contains("event: watched") && !gone.contains(&stage.person("Marloes").to_string()), "{gone}");
}

#[tokio::test]
async fn the_client_reads_afterwards_that_somebody_watched() {
    let stage = Stage::set().await;
    let (mut sem, marloes) = (stage.as_client().await, stage.as_professional().await);
    let run = begins(&stage, &mut sem).await;
    for _ in 0..3 {
        marloes.put(&address(&stage, run), b"").await.expect(200);
    }
    let listed = sem.get(&format!("/api/deliveries/{}", stage.circle)).await.expect(200).json();
    let hers = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["person"] == stage.person("Marloes").to_string() && one["section"] == "progress");
    assert_eq!(hers.unwrap()["live"], 1, "once for the whole of it: {listed}");
}

#[tokio::test]
async fn whoever_may_not_see_how_it_goes_watches_nothing_and_is_not_told_why() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let run = begins(&stage, &mut sem).await;
    let unknown = new_id(opstap_sync_server::Clock::now(&stage.clock));
    for caller in [stage.as_stranger().await, stage.as_coordinator().await, sem] {
        caller.put(&address(&stage, run), b"").await.expect_problem(404, "no-such-circle");
    }
    let marloes = stage.as_professional().await;
    marloes.put(&address(&stage, unknown), b"").await.expect_problem(404, "no-such-circle");
    marloes.put("/api/watching/sem/vandaag", b"").await.expect_problem(404, "no-such-circle");
    stage.as_nobody().put(&address(&stage, run), b"").await.expect_problem(401, "not-signed-in");
    assert!(stage.app.hints.presence.watching(stage.circle).is_empty());
}

#[tokio::test]
async fn others_around_the_client_do_not_hear_who_watches() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let run = begins(&stage, &mut sem).await;
    let (mut of_karin, mut of_sem) = (listen(&stage.as_carer().await).await, listen(&sem).await);
    stage.as_professional().await.put(&address(&stage, run), b"").await.expect(200);
    next(&mut of_sem).await;
    // As long as anything could come, while the stream is open.
    while let Ok(piece) = tokio::time::timeout(Duration::from_millis(500), of_karin.next()).await {
        let text = String::from_utf8(piece.unwrap().unwrap().to_vec()).unwrap();
        assert!(!text.contains("watched"), "{text}");
    }
}

#[tokio::test]
async fn leaving_one_screen_leaves_another_and_what_is_open_twice_counts_once() {
    let stage = Stage::set().await;
    let (mut sem, marloes) = (stage.as_client().await, stage.as_professional().await);
    let (one, other) = (begins(&stage, &mut sem).await, begins(&stage, &mut sem).await);
    for run in [one, other, one, other] {
        marloes.put(&address(&stage, run), b"").await.expect(200);
    }
    assert_eq!(stage.app.hints.presence.watching(stage.circle).len(), 2);
    leave(&marloes, &address(&stage, one)).await.expect(204);
    assert_eq!(stage.app.hints.presence.watching(stage.circle), [(other, stage.person("Marloes"))]);
    let listed = sem.get(&format!("/api/deliveries/{}", stage.circle)).await.expect(200).json();
    let live = listed.as_array().unwrap().iter().filter_map(|one| one["live"].as_u64()).sum::<u64>();
    assert_eq!(live, 2, "once for each run: {listed}");
}

#[tokio::test]
async fn a_stream_that_fell_behind_hears_again_who_watches() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let run = begins(&stage, &mut sem).await;
    let mut heard = listen(&sem).await;
    let presence = &stage.app.hints.presence;
    stage.as_professional().await.put(&address(&stage, run), b"").await.expect(200);
    for n in 0..500_u16 {
        let elsewhere = CircleId([n.to_be_bytes(); 8].concat().try_into().unwrap());
        presence.watches(elsewhere, run, stage.person("Marloes"), BTreeSet::new());
    }
    let event = next(&mut heard).await;
    assert!(event.contains("event: watched") && event.contains(&stage.circle.to_string()), "{event}");
    assert!(event.contains(&stage.person("Marloes").to_string()), "{event}");
}
