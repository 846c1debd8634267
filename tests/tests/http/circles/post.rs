//! `POST /api/circles` and `POST /api/people`: a registration opens a circle, and whoever joins one gets an account.

use opstap_core::{CircleId, PersonId};
use serde_json::json;

use crate::http::caller::{Caller, Reply};
use crate::http::stage::Stage;

const NEW: CircleId = CircleId([0x51; 16]);

async fn open(caller: &Caller, circle: CircleId, name: &str) -> Reply {
    caller.post("/api/circles", &json!({ "circle": circle.to_string(), "name": name })).await
}

async fn add(caller: &Caller, person: PersonId, name: &str) -> Reply {
    caller.post("/api/people", &json!({ "person": person.to_string(), "name": name })).await
}

#[tokio::test]
async fn a_coordinator_opens_a_circle_and_lets_its_client_in() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    let bo = open(&fatma, NEW, "Bo").await.expect(201).json()["person"].as_str().unwrap().to_owned();
    let again = open(&fatma, NEW, "Bo").await.expect(201).json();
    assert_eq!(again["person"], bo.as_str(), "an answer that was lost opens no second circle");
    let body = json!({ "circle": NEW.to_string(), "person": bo });
    let invited = fatma.post("/api/invitations", &body).await.expect(201).json();
    let code = invited["link"].as_str().unwrap().strip_prefix("http://opstap.test/pair#").unwrap().to_owned();
    let mut phone = stage.as_nobody();
    assert_eq!(phone.pair(&code).await.expect(200).json()["name"], "Bo");
}

#[tokio::test]
async fn who_is_no_professional_opens_no_circle_and_adds_nobody() {
    let stage = Stage::set().await;
    for caller in [stage.as_client().await, stage.as_volunteer().await] {
        open(&caller, NEW, "Bo").await.expect_problem(403, "not-allowed");
        add(&caller, PersonId([0x52; 16]), "Lies").await.expect_problem(403, "not-allowed");
    }
    open(&stage.as_nobody(), NEW, "Bo").await.expect_problem(401, "not-signed-in");
}

#[tokio::test]
async fn anothers_id_is_taken_and_what_cannot_be_read_is_said() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    add(&fatma, PersonId([0x52; 16]), "Lies").await.expect(201);
    add(&fatma, PersonId([0x52; 16]), "Lies").await.expect(201);
    add(&fatma, PersonId([0x52; 16]), "Piet").await.expect_problem(409, "id-taken");
    add(&fatma, stage.person("Marloes"), "Ik").await.expect_problem(409, "id-taken");
    for name in ["", "   ", "een\nregel", &"b".repeat(101)] {
        open(&fatma, NEW, name).await.expect_problem(400, "body-not-understood");
        add(&fatma, PersonId([0x53; 16]), name).await.expect_problem(400, "body-not-understood");
    }
    fatma
        .post("/api/circles", &json!({ "circle": "geen id", "name": "Bo" }))
        .await
        .expect_problem(400, "body-not-understood");
}
