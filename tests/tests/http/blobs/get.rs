//! `GET /api/blobs/{circle}/{hash}`: a photo is for whoever may read what refers to it.

use axum::body::Body;
use axum::http::Method;
use opstap_core::RecordId;
use opstap_core::model::set;
use opstap_core::protocol::Verdict;
use opstap_core::record::AUDIENCE;
use opstap_sync_server::Clock;

use crate::http::caller::Caller;
use crate::http::photo::{address, jpeg, keep_as_result, name_of};
use crate::http::stage::Stage;

/// Sem's photo of a result: his own until he shows it to somebody.
struct Taken {
    path: String,
    bytes: Vec<u8>,
    record: RecordId,
}

async fn take_photo(stage: &Stage, sem: &mut Caller) -> Taken {
    let bytes = jpeg(120, 90, 7);
    let path = address(stage.circle, name_of(&bytes));
    sem.put(&path, &bytes).await.expect(201);
    let record = keep_as_result(stage, sem, &bytes).await;
    Taken { path, bytes, record }
}

#[tokio::test]
async fn a_photo_is_the_clients_own_until_it_is_shown() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let (karin, marloes) = (stage.as_carer().await, stage.as_professional().await);
    let photo = take_photo(&stage, &mut sem).await;
    karin.get(&photo.path).await.expect_problem(404, "no-such-blob");
    marloes.get(&photo.path).await.expect_problem(404, "no-such-blob");

    let show = set(photo.record, AUDIENCE, vec![stage.person("Karin")]);
    let edit = sem.edit(stage.circle, stage.clock.now(), vec![show]);
    assert!(matches!(sem.verdict(&edit).await, Verdict::Accepted { .. }));
    assert_eq!(karin.get(&photo.path).await.expect(200).body, photo.bytes);
    marloes.get(&photo.path).await.expect_problem(404, "no-such-blob");
}

#[tokio::test]
async fn bytes_that_no_record_refers_to_are_for_nobody() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let bytes = jpeg(120, 90, 7);
    let path = address(stage.circle, name_of(&bytes));
    sem.put(&path, &bytes).await.expect(201);
    sem.get(&path).await.expect_problem(404, "no-such-blob");
}

#[tokio::test]
async fn a_photo_is_for_nobody_without_consent_nor_for_strangers() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let photo = take_photo(&stage, &mut sem).await;
    for caller in [stage.as_volunteer().await, stage.as_coordinator().await, stage.as_stranger().await] {
        caller.get(&photo.path).await.expect_problem(404, "no-such-blob");
    }
}

#[tokio::test]
async fn a_part_of_a_photo_may_be_asked_for() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let photo = take_photo(&stage, &mut sem).await;
    let part = async |range: &str| {
        let request = sem.request(Method::GET, &photo.path).header("range", range);
        sem.send(request.body(Body::empty()).unwrap()).await
    };
    let middle = part("bytes=100-199").await.expect(206);
    assert_eq!(middle.body, photo.bytes[100..200]);
    assert_eq!(middle.header("content-range"), Some(format!("bytes 100-199/{}", photo.bytes.len()).as_str()));
    part("bytes=9999999-").await.expect_problem(416, "no-such-range");
}

#[tokio::test]
async fn a_head_tells_the_length_and_sends_nothing() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let photo = take_photo(&stage, &mut sem).await;
    let head = sem.send(sem.request(Method::HEAD, &photo.path).body(Body::empty()).unwrap()).await.expect(200);
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), Some(photo.bytes.len().to_string().as_str()));
}
