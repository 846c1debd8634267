//! `PUT /api/blobs/{circle}/{hash}`: only bytes that are what they are named after, and a photo or sound, come in.

use axum::body::{Body, Bytes};
use axum::http::Method;
use futures::stream;
use opstap_core::BlobHash;

use crate::http::caller::{Caller, Reply};
use crate::http::photo::{address, jpeg, keep_as_result, name_of};
use crate::http::stage::{MOST_BLOB, Stage};

async fn put_from(caller: &Caller, path: &str, offset: usize, rest: &[u8]) -> Reply {
    let request = caller.request(Method::PUT, path).header("upload-offset", offset);
    caller.send(request.body(Body::from(rest.to_vec())).unwrap()).await
}

/// A connection that breaks after these bytes.
async fn put_and_break(caller: &Caller, path: &str, bytes: &[u8]) -> Reply {
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let pieces = stream::iter([Ok(Bytes::from(bytes.to_vec())), Err(broken)]);
    caller.send(caller.request(Method::PUT, path).body(Body::from_stream(pieces)).unwrap()).await
}

#[tokio::test]
async fn a_photo_comes_in_and_its_sender_reads_it_back() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let photo = jpeg(80, 60, 1);
    let path = address(stage.circle, name_of(&photo));
    sem.put(&path, &photo).await.expect(201);
    sem.put(&path, &photo).await.expect(204);
    keep_as_result(&stage, &mut sem, &photo).await;
    let read = sem.get(&path).await.expect(200);
    assert_eq!(read.body, photo);
    assert_eq!(read.header("content-type"), Some("image/jpeg"));
    assert_eq!(read.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn bytes_that_do_not_match_their_name_are_not_kept() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let (photo, other) = (jpeg(80, 60, 1), jpeg(80, 60, 2));
    let path = address(stage.circle, name_of(&photo));
    sem.put(&path, &other).await.expect_problem(422, "bytes-do-not-match");
    let missing = sem.get(&path).await;
    assert_eq!(missing.header("upload-offset"), Some("0"));
    missing.expect_problem(404, "no-such-blob");
    sem.put(&path, &photo).await.expect(201);
}

#[tokio::test]
async fn a_broken_photo_is_told_so_and_not_kept() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let broken = jpeg(80, 60, 1)[..16].to_vec();
    let path = address(stage.circle, name_of(&broken));
    let problem = sem.put(&path, &broken).await.expect_problem(422, "broken-photo");
    assert_eq!(problem["sentence"]["nl"], "Deze foto is stuk. Maak een nieuwe.");
    sem.get(&path).await.expect_problem(404, "no-such-blob");
}

#[tokio::test]
async fn what_is_no_photo_or_sound_is_not_kept() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    for bytes in [b"<html><script>alert(1)</script>".as_slice(), b""] {
        let path = address(stage.circle, name_of(bytes));
        sem.put(&path, bytes).await.expect_problem(415, "not-a-photo-or-sound");
        sem.get(&path).await.expect_problem(404, "no-such-blob");
    }
}

#[tokio::test]
async fn a_photo_of_too_many_bytes_is_not_kept() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let mut large = jpeg(80, 60, 1);
    large.resize(usize::try_from(MOST_BLOB).unwrap() + 1, 0);
    let path = address(stage.circle, name_of(&large));
    sem.put(&path, &large).await.expect_problem(413, "too-large");
    sem.get(&path).await.expect_problem(404, "no-such-blob");
}

#[tokio::test]
async fn a_photo_of_too_many_pixels_is_not_kept() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let wide = jpeg(5_000, 2, 1);
    let path = address(stage.circle, name_of(&wide));
    sem.put(&path, &wide).await.expect_problem(422, "photo-too-large");
    sem.get(&path).await.expect_problem(404, "no-such-blob");
}

#[tokio::test]
async fn a_photo_goes_on_where_the_connection_broke() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    let photo = jpeg(200, 150, 1);
    let path = address(stage.circle, name_of(&photo));
    put_and_break(&sem, &path, &photo[..1_000]).await.expect_problem(409, "other-offset");
    let head = sem.send(sem.request(Method::HEAD, &path).body(Body::empty()).unwrap()).await.expect(404);
    assert_eq!(head.header("upload-offset"), Some("1000"));
    let elsewhere = put_from(&sem, &path, 400, &photo[400..]).await;
    assert_eq!(elsewhere.header("upload-offset"), Some("1000"));
    elsewhere.expect_problem(409, "other-offset");
    put_from(&sem, &path, 0, &photo).await.expect_problem(409, "other-offset");
    put_from(&sem, &path, 1_000, &photo[1_000..]).await.expect(201);
    keep_as_result(&stage, &mut sem, &photo).await;
    assert_eq!(sem.get(&path).await.expect(200).body, photo);
}

#[tokio::test]
async fn what_one_person_sent_in_part_is_nothing_to_another() {
    let stage = Stage::set().await;
    let (sem, marloes) = (stage.as_client().await, stage.as_professional().await);
    let photo = jpeg(200, 150, 1);
    let path = address(stage.circle, name_of(&photo));
    put_and_break(&sem, &path, &photo[..1_000]).await.expect_problem(409, "other-offset");
    let reply = marloes.get(&path).await;
    assert_eq!(reply.header("upload-offset"), Some("0"));
    marloes.put(&path, &photo).await.expect(201);
}

#[tokio::test]
async fn a_stranger_brings_nothing_to_a_circle() {
    let stage = Stage::set().await;
    let stranger = stage.as_stranger().await;
    let photo = jpeg(80, 60, 1);
    stranger.put(&address(stage.circle, name_of(&photo)), &photo).await.expect_problem(404, "no-such-circle");
    let sem = stage.as_client().await;
    sem.get(&address(stage.circle, name_of(&photo))).await.expect_problem(404, "no-such-blob");
}

#[tokio::test]
async fn a_shut_out_phone_may_still_hand_its_photos_in() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    stage.app.service.revoke(sem.device).await.unwrap();
    let photo = jpeg(80, 60, 1);
    let path = address(stage.circle, name_of(&photo));
    sem.put(&path, &photo).await.expect(201);
    sem.get(&path).await.expect_problem(401, "not-signed-in");
}

#[tokio::test]
async fn an_address_that_names_no_blob_is_none() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let photo = jpeg(80, 60, 1);
    for path in ["/api/blobs/x/y".to_owned(), format!("/api/blobs/{}/..%2F..%2Fopstap.db", stage.circle)] {
        sem.put(&path, &photo).await.expect_problem(404, "no-such-address");
    }
    let offset = sem.request(Method::PUT, &address(stage.circle, BlobHash([1; 32]))).header("upload-offset", "half");
    sem.send(offset.body(Body::from(photo)).unwrap()).await.expect_problem(400, "body-not-understood");
}
