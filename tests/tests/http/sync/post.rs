//! `POST /api/sync`: edits in, verdicts and records out, to each what they may see.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use axum::body::Body;
use axum::http::Method;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use opstap_core::Kind;
use opstap_core::model::{Message, Model, Plan, set};
use opstap_core::protocol::{MEDIA_TYPE, Verdict, decode_answer, encode_request};
use opstap_sync_server::Clock;

use crate::http::caller::{Caller, new_id};
use crate::http::stage::Stage;

async fn kinds_seen(caller: &Caller) -> BTreeSet<Kind> {
    caller.sees().await.into_values().map(|record| record.kind).collect()
}

#[tokio::test]
async fn the_client_sees_everything_of_the_circle_and_no_library() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let seen = sem.sees().await;
    assert!(seen.keys().all(|(circle, _)| *circle == stage.circle));
    let count = |kind| seen.values().filter(|record| record.kind == kind).count();
    assert_eq!((count(Kind::Member), count(Kind::Plan), count(Kind::Run)), (6, 4, 2));
    assert_eq!((count(Kind::Route), count(Kind::Part), count(Kind::Practice)), (1, 5, 1));
    assert_eq!((count(Kind::RunFace), count(Kind::PracticeEnd), count(Kind::Situation)), (2, 1, 1));
}

#[tokio::test]
async fn each_of_the_others_sees_what_the_client_agreed_to() {
    let stage = Stage::set().await;
    let karin = kinds_seen(&stage.as_carer().await).await;
    assert!(karin.contains(&Kind::Practice) && karin.contains(&Kind::Run) && !karin.contains(&Kind::Plan));
    let fatma = kinds_seen(&stage.as_coordinator().await).await;
    assert!(fatma.contains(&Kind::Practice) && !fatma.contains(&Kind::Run));
    let youssef = kinds_seen(&stage.as_volunteer().await).await;
    assert!(youssef.contains(&Kind::Step) && youssef.contains(&Kind::Run));
    assert!(kinds_seen(&stage.as_stranger().await).await.is_empty());
}

#[tokio::test]
async fn a_professional_has_the_library_in_both_languages() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    let seen = marloes.sees().await;
    let library = seen.iter().filter(|((circle, _), _)| *circle == stage.library);
    let plans: Vec<Plan> = library.filter_map(|(_, record)| Plan::from_record(record)).collect();
    for language in ["nl", "en"] {
        let count = plans.iter().filter(|plan| plan.language.as_deref() == Some(language)).count();
        assert!(count >= 20, "{count} in {language}");
    }
}

#[tokio::test]
async fn what_one_person_does_reaches_another_and_a_repeat_changes_nothing() {
    let stage = Stage::set().await;
    let (mut sem, karin) = (stage.as_client().await, stage.as_carer().await);
    let at = stage.clock.now();
    let message = Message::saying(stage.person("Karin"), "Ik ben er", at);
    let id = new_id(at);
    let edit = sem.edit(stage.circle, at, vec![message.make(id)]);
    let first = sem.verdict(&edit).await;
    assert!(matches!(first, Verdict::Accepted { restamped: None, .. }));
    let seen = karin.sees().await;
    assert_eq!(Message::from_record(&seen[&(stage.circle, id)]), Some(message));
    assert_eq!(sem.verdict(&edit).await, first);
    assert_eq!(karin.sees().await, seen);
}

#[tokio::test]
async fn a_volunteer_without_the_right_changes_nothing() {
    let stage = Stage::set().await;
    let (sem, mut karin) = (stage.as_client().await, stage.as_carer().await);
    let before = sem.sees().await;
    let plan = before.values().find(|record| record.kind == Kind::Plan).unwrap().id;
    let edit = karin.edit(stage.circle, stage.clock.now(), vec![set(plan, "title", "Iets anders")]);
    assert!(!matches!(karin.verdict(&edit).await, Verdict::Accepted { .. }));
    assert_eq!(sem.sees().await, before);
}

#[tokio::test]
async fn bodies_may_be_packed_both_ways() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&encode_request(&sem.round_trip(Vec::new()))).unwrap();
    let request = sem
        .request(Method::POST, "/api/sync")
        .header("content-type", MEDIA_TYPE)
        .header("content-encoding", "gzip")
        .header("accept-encoding", "gzip");
    let reply = sem.send(request.body(Body::from(packed.finish().unwrap())).unwrap()).await.expect(200);
    assert_eq!(reply.header("content-encoding"), Some("gzip"));
    assert_eq!(reply.header("content-type"), Some(MEDIA_TYPE));
    let mut body = Vec::new();
    GzDecoder::new(reply.body.as_ref()).read_to_end(&mut body).unwrap();
    assert!(!decode_answer(&body).unwrap().circles.is_empty());
}

#[tokio::test]
async fn a_shut_out_phone_hands_its_edits_in_and_reads_nothing() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    stage.app.service.revoke(sem.device).await.unwrap();
    let at = stage.clock.now();
    let message = Message::saying(stage.person("Karin"), "Ik ben er", at);
    let edit = sem.edit(stage.circle, at, vec![message.make(new_id(at))]);
    let answer = sem.sync(vec![edit]).await;
    assert_eq!(answer.verdicts, [(1, Verdict::Quarantined)]);
    assert!(answer.circles.is_empty());
}
