//! `GET /api/history/{circle}/{record}`.

use opstap_core::model::{Model, Plan, Step, set};
use opstap_core::protocol::Verdict;
use opstap_core::{Record, RecordId};
use serde_json::json;

use crate::http::caller::Caller;
use crate::http::stage::Stage;

/// A plan and its first step, as a caller sees them.
async fn plan_and_step(stage: &Stage, caller: &Caller) -> (RecordId, Record) {
    let seen = caller.sees().await;
    let records = || seen.iter().filter(|((circle, _), _)| *circle == stage.circle).map(|(_, record)| record);
    let plan = records().find(|record| Plan::from_record(record).is_some_and(|plan| plan.title == "Opstaan")).unwrap();
    let step = records().find(|record| record.kind == Step::KIND && record.parent == Some(plan.id)).unwrap();
    (plan.id, step.clone())
}

#[tokio::test]
async fn the_history_of_a_plan_tells_who_changed_what_in_its_steps() {
    let stage = Stage::set().await;
    let mut marloes = stage.as_professional().await;
    let (plan, step) = plan_and_step(&stage, &marloes).await;
    stage.clock.forward(1_000);
    let edit = marloes.edit(
        stage.circle,
        opstap_sync_server::Clock::now(&stage.clock),
        vec![set(step.id, "text", "Laat de wekker niet staan.")],
    );
    assert!(matches!(marloes.verdict(&edit).await, Verdict::Accepted { .. }));

    let youssef = stage.as_volunteer().await;
    let told = youssef.get(&format!("/api/history/{}/{plan}", stage.circle)).await.expect(200).json();
    let Some(opstap_core::Value::Text(before)) = step.value("text") else { panic!("a step has words") };
    let cell = json!([{ "name": "text", "set": "Laat de wekker niet staan.", "was": before }]);
    assert_eq!(told[0]["by"], stage.person("Marloes").to_string());
    assert_eq!((&told[0]["device"], &told[0]["at"]), (&json!(marloes.device.to_string()), &json!(edit.stamp.millis.0)));
    let change = &told[0]["changes"][0];
    assert_eq!(
        (&change["record"], &change["kind"], &change["parent"], &change["made"], &change["cells"]),
        (&json!(step.id.to_string()), &json!(4), &json!(plan.to_string()), &json!(false), &cell)
    );
    assert_eq!(told.as_array().unwrap().last().unwrap()["changes"][0]["made"], true);
}

#[tokio::test]
async fn whoever_may_not_read_the_record_has_no_history_of_it() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let (plan, step) = plan_and_step(&stage, &sem).await;
    let address = |record| format!("/api/history/{}/{record}", stage.circle);
    sem.get(&address(plan)).await.expect(200);
    // Karin sees no plans, Fatma only travel; the stranger is in no circle here.
    for other in [stage.as_carer().await, stage.as_coordinator().await, stage.as_stranger().await] {
        for record in [plan, step.id] {
            other.get(&address(record)).await.expect_problem(404, "no-such-address");
        }
    }
    stage.as_nobody().get(&address(plan)).await.expect_problem(401, "not-signed-in");
}

#[tokio::test]
async fn a_record_that_is_not_there_looks_the_same_as_one_that_may_not_be_read() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let (plan, _) = plan_and_step(&stage, &sem).await;
    for address in [
        format!("/api/history/{}/{}", stage.circle, RecordId([7; 16])),
        format!("/api/history/{}/{plan}", stage.library),
        format!("/api/history/{}/opstaan", stage.circle),
        format!("/api/history/sem/{plan}"),
    ] {
        sem.get(&address).await.expect_problem(404, "no-such-address");
    }
}
