//! `/api/push`: a phone whose app is closed hears that there is a message. A push service of the test's own gets it, checks who sent it,
//! opens it with the subscription's key, and finds nothing of anybody in it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::routing::post;
use opstap_core::model::{Message, Model};
use opstap_server::push::{Pace, Sender, tell_when_told};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::subscription::{BASE64, Subscription, checked_claims};
use crate::http::caller::{Caller, Reply, new_id};
use crate::http::stage::Stage;
use base64::Engine;

const PATIENCE: Duration = Duration::from_secs(20);

/// What a push service got.
type Got = (HeaderMap, Bytes);

#[derive(Clone)]
struct PushService {
    got: tokio::sync::mpsc::UnboundedSender<Got>,
    answers: Arc<Mutex<Vec<StatusCode>>>,
}

/// A push service that answers in turn as told, then always well; with what it got.
async fn push_service(answers: &[StatusCode]) -> (String, tokio::sync::mpsc::UnboundedReceiver<Got>) {
    let (got, gets) = tokio::sync::mpsc::unbounded_channel();
    let answers = answers.iter().rev().copied().collect();
    let service = PushService { got, answers: Arc::new(Mutex::new(answers)) };
    let take = |State(service): State<PushService>, headers: HeaderMap, body: Bytes| async move {
        service.got.send((headers, body)).unwrap();
        service.answers.lock().unwrap().pop().unwrap_or(StatusCode::CREATED)
    };
    let router = Router::new().route("/push/{id}", post(take)).with_state(service);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, gets)
}

/// The server begins to tell of messages, in a hurry.
fn begins_to_tell(stage: &Stage) {
    let soon = Duration::from_millis(100);
    let pace = Pace { listener: Duration::from_millis(600), again: soon, longest: soon, ..Pace::default() };
    let sender = Sender::new(Arc::clone(&stage.app.push_key), true, pace);
    tokio::spawn(tell_when_told(stage.app.service.clone(), stage.app.hints.clone(), sender));
}

async fn subscribes(caller: &Caller, subscription: &Subscription, endpoint: &str) -> Reply {
    let body = subscription.body(endpoint, "nl");
    put(caller, &body).await
}

async fn put(caller: &Caller, body: &Value) -> Reply {
    let request = caller.request(Method::PUT, "/api/push").header(CONTENT_TYPE, "application/json");
    caller.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn says(stage: &Stage, sem: &mut Caller, to: &str) {
    let at = opstap_sync_server::Clock::now(&stage.clock);
    let message = Message::saying(stage.person(to), "Ik ben de weg kwijt bij Sloterdijk", at);
    let edit = sem.edit(stage.circle, at, vec![message.make(new_id(at))]);
    sem.sync(vec![edit]).await;
}

async fn gets(service: &mut tokio::sync::mpsc::UnboundedReceiver<Got>) -> Got {
    tokio::time::timeout(PATIENCE, service.recv()).await.unwrap().unwrap()
}

/// The server has heard the push service's answer too, and acted on it.
async fn is_forgotten(stage: &Stage, person: &str) {
    let forgotten = async {
        while !stage.app.service.pushes(stage.person(person)).await.unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, forgotten).await.unwrap();
}

/// Karin's phone hears of what Sem says, by a push service that answers so.
struct Told {
    stage: Stage,
    sem: Caller,
    karin: Caller,
    service: tokio::sync::mpsc::UnboundedReceiver<Got>,
}

async fn told(answers: &[StatusCode]) -> Told {
    let stage = Stage::set().await;
    begins_to_tell(&stage);
    let (address, service) = push_service(answers).await;
    let (sem, karin) = (stage.as_client().await, stage.as_carer().await);
    subscribes(&karin, &Subscription::new(), &format!("{address}/push/karin")).await.expect(204);
    Told { stage, sem, karin, service }
}

/// Nothing comes: as long as anything could, and some more.
async fn gets_nothing(service: &mut tokio::sync::mpsc::UnboundedReceiver<Got>) {
    assert!(tokio::time::timeout(Duration::from_millis(1_500), service.recv()).await.is_err());
}

#[tokio::test]
async fn a_closed_phone_hears_that_there_is_a_message_and_nothing_of_it() {
    let stage = Stage::set().await;
    begins_to_tell(&stage);
    let (address, mut service) = push_service(&[]).await;
    let (mut sem, karin) = (stage.as_client().await, stage.as_carer().await);
    let subscription = Subscription::new();
    subscribes(&karin, &subscription, &format!("{address}/push/karin")).await.expect(204);
    says(&stage, &mut sem, "Karin").await;
    let (headers, body) = gets(&mut service).await;
    assert_eq!(headers["content-encoding"], "aes128gcm");
    assert_eq!(headers["ttl"], "86400");
    assert_eq!(subscription.opened(&body), b"nl", "the language of the phone and no more");
    let key = karin.get("/api/push/key").await.expect(200).json()["key"].as_str().unwrap().to_owned();
    let claims = checked_claims(headers["authorization"].to_str().unwrap(), &key);
    assert_eq!(claims["aud"], address);
    let (now, ends) = (stage.app_time(), claims["exp"].as_u64().unwrap());
    assert!(ends > now && ends <= now + 24 * 3_600, "{claims}");
    gets_nothing(&mut service).await;
}

#[tokio::test]
async fn whoever_listens_and_fetches_it_is_not_told_twice_and_who_only_seems_to_is() {
    let Told { stage, mut sem, karin, mut service } = told(&[]).await;
    let stream = karin.open("/api/live").await;
    says(&stage, &mut sem, "Karin").await;
    karin.sees().await;
    gets_nothing(&mut service).await;
    // Her phone sleeps: the stream seems open, and nobody fetches.
    says(&stage, &mut sem, "Karin").await;
    gets(&mut service).await;
    drop(stream);
}

#[tokio::test]
async fn it_is_tried_again_and_a_subscription_that_is_gone_is_forgotten() {
    let Told { stage, mut sem, mut service, .. } = told(&[StatusCode::SERVICE_UNAVAILABLE, StatusCode::GONE]).await;
    says(&stage, &mut sem, "Karin").await;
    gets(&mut service).await;
    gets(&mut service).await;
    is_forgotten(&stage, "Karin").await;
    says(&stage, &mut sem, "Karin").await;
    gets_nothing(&mut service).await;
}

#[tokio::test]
async fn a_service_that_never_answers_well_is_not_tried_for_ever() {
    let Told { stage, mut sem, mut service, .. } = told(&[StatusCode::BAD_GATEWAY; 9]).await;
    says(&stage, &mut sem, "Karin").await;
    for _ in 0..4 {
        gets(&mut service).await;
    }
    gets_nothing(&mut service).await;
}

#[tokio::test]
async fn many_messages_at_once_are_one_notice() {
    let Told { stage, mut sem, karin, mut service } = told(&[]).await;
    // A stream that only seems open: they are told after a while, of all there is by then.
    let stream = karin.open("/api/live").await;
    for _ in 0..5 {
        says(&stage, &mut sem, "Karin").await;
    }
    gets(&mut service).await;
    gets_nothing(&mut service).await;
    drop(stream);
}

#[tokio::test]
async fn a_push_service_that_does_not_answer_holds_up_no_other_device() {
    let stage = Stage::set().await;
    begins_to_tell(&stage);
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, mut service) = push_service(&[]).await;
    let mut sem = stage.as_client().await;
    let mut karins = [stage.as_carer().await, stage.as_carer().await];
    karins.sort_by_key(|karin| karin.device);
    let addresses = [format!("http://{}/push/1", silent.local_addr().unwrap()), format!("{address}/push/2")];
    for (karin, endpoint) in karins.iter().zip(addresses) {
        subscribes(karin, &Subscription::new(), &endpoint).await.expect(204);
    }
    says(&stage, &mut sem, "Karin").await;
    let soon = tokio::time::timeout(Pace::default().answer / 2, service.recv()).await;
    assert!(soon.is_ok(), "the other device waited for it");
}

#[tokio::test]
async fn a_subscription_on_this_machine_is_refused_where_the_server_stands_on_the_internet() {
    let stage = Stage::set_on_the_internet().await;
    let karin = stage.as_carer().await;
    for endpoint in
        ["http://127.0.0.1:9/push", "https://127.0.0.1/push", "https://localhost/push", "https://10.0.0.1/p"]
    {
        put(&karin, &Subscription::new().body(endpoint, "nl")).await.expect_problem(400, "body-not-understood");
    }
    let outside = Subscription::new().body("https://push.example.org/karin", "nl");
    put(&karin, &outside).await.expect(204);
}

#[tokio::test]
async fn a_device_that_was_shut_out_or_wants_no_more_hears_nothing() {
    let stage = Stage::set().await;
    begins_to_tell(&stage);
    let (address, mut service) = push_service(&[]).await;
    let (mut sem, lost, kept) = (stage.as_client().await, stage.as_carer().await, stage.as_carer().await);
    subscribes(&lost, &Subscription::new(), &format!("{address}/push/lost")).await.expect(204);
    subscribes(&kept, &Subscription::new(), &format!("{address}/push/kept")).await.expect(204);
    stage.app.service.revoke(lost.device).await.unwrap();
    kept.send(kept.request(Method::DELETE, "/api/push").body(Body::empty()).unwrap()).await.expect(204);
    says(&stage, &mut sem, "Karin").await;
    gets_nothing(&mut service).await;
    assert!(stage.app.service.pushes(stage.person("Karin")).await.unwrap().is_empty());
}

#[tokio::test]
async fn somebody_who_may_not_read_it_is_told_of_no_message() {
    let stage = Stage::set().await;
    begins_to_tell(&stage);
    let (address, mut service) = push_service(&[]).await;
    let (mut sem, fatma) = (stage.as_client().await, stage.as_coordinator().await);
    subscribes(&fatma, &Subscription::new(), &format!("{address}/push/fatma")).await.expect(204);
    says(&stage, &mut sem, "Fatma").await;
    gets_nothing(&mut service).await;
}

#[tokio::test]
async fn what_is_no_subscription_is_refused() {
    let stage = Stage::set().await;
    let (karin, good) = (stage.as_carer().await, Subscription::new().body("http://127.0.0.1:9/push/karin", "nl"));
    let with = |name: &str, value: &str| {
        let mut body = good.clone();
        body[name] = json!(value);
        body
    };
    let off_the_curve = BASE64.encode([4; 65]);
    for bad in [
        with("endpoint", "file:///etc/passwd"),
        with("endpoint", "nergens"),
        with("p256dh", "AAAA"),
        with("p256dh", &off_the_curve),
        with("auth", "AAAA"),
        with("language", "fy"),
        json!({}),
    ] {
        put(&karin, &bad).await.expect_problem(400, "body-not-understood");
    }
    put(&stage.as_nobody(), &good).await.expect_problem(401, "not-signed-in");
    stage.as_nobody().get("/api/push/key").await.expect_problem(401, "not-signed-in");
}
