//! `GET /api/live`: hints that circles moved, for those who may see something of them.

use std::time::Duration;

use axum::body::BodyDataStream;
use futures::StreamExt;
use opstap_core::model::{Member, Message, Model, delete};
use opstap_core::protocol::{Delivery, Verdict};
use opstap_core::{Edit, Record, Seen};

use crate::http::caller::{Caller, new_id};
use crate::http::stage::Stage;

/// Long enough for a slow machine; a hint comes within a fraction of it.
const PATIENCE: Duration = Duration::from_secs(20);

async fn listen(caller: &Caller) -> BodyDataStream {
    let response = caller.open("/api/live").await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.into_body().into_data_stream();
    let greeting = next(&mut stream).await.unwrap();
    assert!((3_000..10_000).contains(&told_to_wait(&greeting)), "{greeting}");
    stream
}

/// After how many milliseconds a browser comes back.
fn told_to_wait(greeting: &str) -> u32 {
    greeting.lines().find_map(|line| line.strip_prefix("retry: ")?.parse().ok()).unwrap()
}

async fn next(stream: &mut BodyDataStream) -> Option<String> {
    let piece = tokio::time::timeout(PATIENCE, stream.next()).await.unwrap()?;
    Some(String::from_utf8(piece.unwrap().to_vec()).unwrap())
}

async fn say_something(stage: &Stage, sem: &mut Caller) {
    let at = opstap_sync_server::Clock::now(&stage.clock);
    let message = Message::saying(stage.person("Karin"), "Ik ben er", at);
    let edit = sem.edit(stage.circle, at, vec![message.make(new_id(at))]);
    sem.sync(vec![edit]).await;
}

#[tokio::test]
async fn whoever_is_in_the_circle_hears_that_it_moved() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let mut heard = listen(&stage.as_professional().await).await;
    say_something(&stage, &mut sem).await;
    let event = next(&mut heard).await.unwrap();
    assert!(event.contains("event: moved"), "{event}");
    assert!(event.contains(&stage.circle.to_string()), "{event}");
}

#[tokio::test]
async fn not_everybody_comes_back_at_the_same_moment_when_the_server_is_started_anew() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let mut waits = std::collections::BTreeSet::new();
    for _ in 0..12 {
        let mut stream = sem.open("/api/live").await.into_body().into_data_stream();
        waits.insert(told_to_wait(&next(&mut stream).await.unwrap()));
    }
    assert!(waits.len() > 1, "{waits:?}");
}

#[tokio::test]
async fn a_stranger_hears_nothing_of_it() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let mut stranger = listen(&stage.as_stranger().await).await;
    let mut karin = listen(&stage.as_carer().await).await;
    say_something(&stage, &mut sem).await;
    next(&mut karin).await.unwrap();
    // The stranger's stream ends without a word when the server stops.
    stage.stop.send(true).unwrap();
    assert_eq!(next(&mut stranger).await, None);
}

#[tokio::test]
async fn whoever_is_taken_out_of_the_circle_hears_it_once_and_then_nothing() {
    let stage = Stage::set().await;
    let (mut sem, mut fatma, karin) = (stage.as_client().await, stage.as_coordinator().await, stage.as_carer().await);
    let mut heard = listen(&karin).await;
    let person = stage.person("Karin");
    let answer = fatma.sync(Vec::new()).await;
    let circle = answer.circles.iter().find(|circle| circle.circle == stage.circle).unwrap();
    let Delivery::Load { records, number, .. } = &circle.delivery else { panic!("a new device gets all of it") };
    let hers = |record: &&Record| Member::from_record(record).is_some_and(|member| member.person == person);
    let hers = records.iter().find(hers).unwrap().id;
    let at = opstap_sync_server::Clock::now(&stage.clock);
    let seen = Seen { epoch: answer.epoch, number: *number };
    let edit = Edit { seen, ..fatma.edit(stage.circle, at, vec![delete(hers)]) };
    assert!(matches!(fatma.verdict(&edit).await, Verdict::Accepted { .. }));
    assert!(next(&mut heard).await.unwrap().contains(&stage.circle.to_string()));
    assert!(
        karin.sees().await.keys().all(|(circle, _)| *circle != stage.circle),
        "her device has nothing of it any more"
    );
    say_something(&stage, &mut sem).await;
    stage.stop.send(true).unwrap();
    assert_eq!(next(&mut heard).await, None);
}

#[tokio::test]
async fn the_streams_end_when_the_server_stops() {
    let stage = Stage::set().await;
    let mut heard = listen(&stage.as_client().await).await;
    stage.stop.send(true).unwrap();
    assert_eq!(next(&mut heard).await, None);
}

#[tokio::test]
async fn a_session_that_somebody_ended_hears_nothing_more() {
    let stage = Stage::set().await;
    let (mut sem, karin) = (stage.as_client().await, stage.as_carer().await);
    let mut heard = listen(&karin).await;
    stage.app.service.revoke(karin.device).await.unwrap();
    say_something(&stage, &mut sem).await;
    assert_eq!(next(&mut heard).await, None);
}

#[tokio::test]
async fn a_browser_may_name_its_device_in_the_address() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let request = axum::http::Request::builder()
        .uri(format!("/api/live?device={}", sem.device))
        .header("cookie", sem.cookie.clone().unwrap());
    let response = tower::ServiceExt::oneshot(stage.router.clone(), request.body(axum::body::Body::empty()).unwrap());
    assert_eq!(response.await.unwrap().status(), 200);
}
