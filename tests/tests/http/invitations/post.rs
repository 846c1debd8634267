//! `POST /api/invitations`: who may let whom in.

use opstap_core::{CircleId, PersonId};
use serde_json::json;

use crate::http::caller::{Caller, Reply};
use crate::http::stage::Stage;

async fn invite(caller: &Caller, circle: CircleId, person: PersonId) -> Reply {
    let body = json!({ "circle": circle.to_string(), "person": person.to_string() });
    caller.post("/api/invitations", &body).await
}

#[tokio::test]
async fn a_professional_lets_a_client_in() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    let invited = invite(&marloes, stage.circle, stage.person("Sem")).await.expect(201).json();
    let link = invited["link"].as_str().unwrap();
    let code = link.strip_prefix("http://opstap.test/pair#").unwrap();
    assert!(invited["qr"]["size"].as_u64().unwrap() >= 21 && invited["qr"]["path"].as_str().unwrap().starts_with('M'));
    let mut phone = stage.as_nobody();
    assert_eq!(phone.pair(code).await.expect(200).json()["name"], "Sem");
}

#[tokio::test]
async fn a_volunteer_and_a_carer_come_in_at_the_supporters_bundle() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    for name in ["Youssef", "Karin"] {
        let invited = invite(&marloes, stage.circle, stage.person(name)).await.expect(201).json();
        assert!(invited["link"].as_str().unwrap().starts_with("http://opstap.test/support/pair#"), "{name}");
    }
}

#[tokio::test]
async fn a_coordinator_lets_a_professional_in_at_the_desk() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    let invited = invite(&fatma, stage.circle, stage.person("Tim")).await.expect(201).json();
    assert!(invited["link"].as_str().unwrap().starts_with("http://opstap.test/desk/pair#"));
}

#[tokio::test]
async fn everybody_may_sign_in_a_second_device_of_their_own() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    invite(&sem, stage.circle, stage.person("Sem")).await.expect(201);
}

#[tokio::test]
async fn nobody_becomes_somebody_else_by_a_link_of_their_own_making() {
    let stage = Stage::set().await;
    let client = stage.as_client().await;
    let volunteer = stage.as_volunteer().await;
    let professional = stage.as_professional().await;
    for (caller, invited) in [
        (&client, "Marloes"),
        (&volunteer, "Sem"),
        (&volunteer, "Karin"),
        (&professional, "Tim"),
        (&professional, "Fatma"),
    ] {
        invite(caller, stage.circle, stage.person(invited)).await.expect_problem(403, "not-allowed");
    }
}

#[tokio::test]
async fn a_circle_of_others_looks_like_none_at_all() {
    let stage = Stage::set().await;
    let stranger = stage.as_stranger().await;
    let unknown = CircleId([7; 16]);
    let theirs = invite(&stranger, stage.circle, stage.person("Sem")).await;
    let none = invite(&stranger, unknown, stage.person("Sem")).await;
    assert_eq!(theirs.body, none.body);
    theirs.expect_problem(404, "no-such-circle");
}

#[tokio::test]
async fn somebody_outside_the_circle_cannot_be_let_in_through_it() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    invite(&fatma, stage.circle, PersonId([7; 16])).await.expect_problem(404, "no-such-person");
}

#[tokio::test]
async fn a_body_without_ids_is_told_what_was_expected() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    for body in [json!({}), json!({ "circle": "x", "person": "y" }), json!(null)] {
        fatma.post("/api/invitations", &body).await.expect_problem(400, "body-not-understood");
    }
}
