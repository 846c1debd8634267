//! Bodies that are no request: each gets a clear answer, and nothing changes.

use std::io::Write;

use axum::body::Body;
use axum::http::Method;
use flate2::Compression;
use flate2::write::GzEncoder;
use opstap_core::protocol::{MEDIA_TYPE, WIRE, encode_request};

use crate::http::caller::{Caller, Reply};
use crate::http::stage::{MOST_SYNC, Stage};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

async fn send_packed(caller: &Caller, packing: &str, bytes: Vec<u8>) -> Reply {
    let request = caller.request(Method::POST, "/api/sync").header("content-type", MEDIA_TYPE);
    caller.send(request.header("content-encoding", packing).body(Body::from(bytes)).unwrap()).await
}

#[tokio::test]
async fn bytes_that_are_no_request_are_told_what_was_expected() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let before = sem.sees().await;
    let whole = encode_request(&sem.round_trip(Vec::new()));
    let bodies = [Vec::new(), b"{\"edits\":[]}".to_vec(), whole[..whole.len() - 1].to_vec(), [whole, vec![0]].concat()];
    for mut body in bodies {
        // The version is right, so that it is what follows that cannot be read.
        if let Some(first) = body.first_mut() {
            *first = WIRE;
        }
        let problem = sem.sync_bytes(body).await.expect_problem(400, "body-not-understood");
        assert!(problem["detail"].as_str().unwrap().contains("docs/protocol.md"), "{problem}");
    }
    assert_eq!(sem.sees().await, before);
}

#[tokio::test]
async fn json_is_not_taken_for_a_request() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    sem.post("/api/sync", &serde_json::json!({ "edits": [] })).await.expect_problem(400, "body-not-understood");
}

#[tokio::test]
async fn a_newer_and_an_older_version_are_told_apart() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let mut body = encode_request(&sem.round_trip(Vec::new()));
    body[0] = WIRE + 1;
    sem.sync_bytes(body.clone()).await.expect_problem(400, "unknown-version");
    body[0] = 0;
    sem.sync_bytes(body).await.expect_problem(400, "old-version");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_packed_or_not() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let large = vec![WIRE; usize::try_from(MOST_SYNC).unwrap() + 1];
    let packed = gzip(&large);
    assert!(packed.len() < 2_000, "it is small on the way");
    send_packed(&sem, "gzip", packed).await.expect_problem(413, "too-large");
    sem.sync_bytes(large).await.expect_problem(413, "too-large");
}

#[tokio::test]
async fn a_damaged_or_unknown_packing_is_told_so() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let packed = gzip(&encode_request(&sem.round_trip(Vec::new())));
    send_packed(&sem, "gzip", packed[..packed.len() / 2].to_vec()).await.expect_problem(400, "body-not-understood");
    send_packed(&sem, "rot13", packed).await.expect_problem(415, "unknown-packing");
}

#[tokio::test]
async fn a_request_in_the_name_of_anothers_device_is_refused() {
    let stage = Stage::set().await;
    let (sem, youssef) = (stage.as_client().await, stage.as_volunteer().await);
    let mut request = sem.round_trip(Vec::new());
    request.device = youssef.device;
    sem.sync_bytes(encode_request(&request)).await.expect_problem(409, "device-taken");
}
