//! `GET /api/quarantine/{circle}`.

use serde_json::Value;

use super::{handed_in_late, list};
use crate::http::stage::Stage;

fn text_of(change: &Value) -> &Value {
    &change["cells"].as_array().unwrap().iter().find(|cell| cell["name"] == "text").unwrap()["set"]
}

#[tokio::test]
async fn the_client_and_the_supervisor_read_what_a_phone_that_was_shut_out_handed_in() {
    let stage = Stage::set().await;
    let edit = handed_in_late(&stage, "Naar de markt").await;
    for caller in [stage.as_client().await, stage.as_professional().await] {
        let listed = list(&stage, &caller).await;
        assert_eq!(listed[0]["n"], edit.name.n);
        assert_eq!(listed[0]["author"], stage.person("Youssef").to_string());
        assert_eq!(text_of(&listed[0]["changes"][0]), "Naar de markt");
        assert!(listed[0]["ruled"].is_null());
    }
}

#[tokio::test]
async fn nobody_else_learns_that_something_waits() {
    let stage = Stage::set().await;
    handed_in_late(&stage, "Naar de markt").await;
    let volunteer = stage.as_volunteer().await;
    assert!(list(&stage, &volunteer).await.is_empty());
}
