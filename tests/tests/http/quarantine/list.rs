//! `GET /api/quarantine`.

use serde_json::{Value, json};

use super::handed_in_late;
use crate::http::caller::Caller;
use crate::http::stage::Stage;

async fn waits_in(caller: &Caller) -> Value {
    caller.get("/api/quarantine").await.expect(200).json()
}

#[tokio::test]
async fn the_supervisor_hears_in_which_circle_something_waits_until_it_is_ruled_on() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    assert_eq!(waits_in(&marloes).await, json!([]));
    let edit = handed_in_late(&stage, "Naar de markt").await;
    let waits = waits_in(&marloes).await;
    assert_eq!((&waits[0]["circle"], &waits[0]["waiting"]), (&json!(stage.circle.to_string()), &json!(1)));
    let kept = marloes.get(&format!("/api/quarantine/{}", stage.circle)).await.expect(200).json();
    assert_eq!(waits[0]["latest"], kept[0]["at"]);
    let address = format!("/api/quarantine/{}/{}/{}", stage.circle, edit.name.device, edit.name.n);
    marloes.post(&address, &json!({ "let_in": false })).await.expect(200);
    assert_eq!(waits_in(&marloes).await, json!([]));
}

#[tokio::test]
async fn nobody_without_a_say_hears_that_something_waits() {
    let stage = Stage::set().await;
    handed_in_late(&stage, "Naar de markt").await;
    for other in [stage.as_volunteer().await, stage.as_coordinator().await, stage.as_stranger().await] {
        assert_eq!(waits_in(&other).await, json!([]));
    }
    stage.as_nobody().get("/api/quarantine").await.expect_problem(401, "not-signed-in");
}
