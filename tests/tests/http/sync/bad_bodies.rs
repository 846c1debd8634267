//! Thousands of bad bodies at the door, one after another: each is told what is wrong, and the server goes on as if none had come.

use opstap_core::model::{Message, Model};
use opstap_core::protocol::{Verdict, WIRE};
use opstap_sync_server::Clock;

use crate::bad_bodies;
use crate::http::caller::{Caller, new_id};
use crate::http::stage::Stage;

/// Sem writes to Karin.
async fn writes(stage: &Stage, sem: &mut Caller) -> Verdict {
    let at = stage.clock.now();
    let message = Message::saying(stage.person("Karin"), "Ik ben er", at);
    let edit = sem.edit(stage.circle, at, vec![message.make(new_id(at))]);
    sem.verdict(&edit).await
}

#[tokio::test]
async fn two_thousand_bad_bodies_are_each_refused_and_change_nothing() {
    let stage = Stage::set().await;
    let (mut sem, marloes) = (stage.as_client().await, stage.as_professional().await);
    let Verdict::Accepted { number, .. } = writes(&stage, &mut sem).await else { panic!("a good edit is accepted") };
    let (circle, library) = (sem.sees().await, marloes.sees().await);
    let devices = sem.get("/api/devices").await.expect(200).json();
    let bodies = bad_bodies::of_request();
    assert!(bodies.len() >= 2_000);
    for (body, _) in bodies {
        let code = match body.first() {
            Some(0) => "old-version",
            Some(version) if *version > WIRE => "unknown-version",
            _ => "body-not-understood",
        };
        sem.sync_bytes(body).await.expect_problem(400, code);
    }
    assert_eq!(sem.sees().await, circle);
    assert_eq!(marloes.sees().await, library);
    assert_eq!(sem.get("/api/devices").await.expect(200).json(), devices);
    let next = Verdict::Accepted { number: number + 1, restamped: None };
    assert_eq!(writes(&stage, &mut sem).await, next, "no number was given away");
}
