//! `POST /api/quarantine/{circle}/{device}/{n}`.

use axum::body::Body;
use axum::http::{Method, header};
use opstap_core::Edit;

use super::{handed_in_late, list};
use crate::http::caller::{Caller, Reply};
use crate::http::stage::Stage;

async fn rules(stage: &Stage, caller: &Caller, edit: &Edit, body: &str) -> Reply {
    let address = format!("/api/quarantine/{}/{}/{}", stage.circle, edit.name.device, edit.name.n);
    let request = caller.request(Method::POST, &address).header(header::CONTENT_TYPE, "application/json");
    caller.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn what_the_client_lets_in_counts() {
    let stage = Stage::set().await;
    let edit = handed_in_late(&stage, "Naar de markt").await;
    let sem = stage.as_client().await;
    let ruled = rules(&stage, &sem, &edit, r#"{"let_in": true}"#).await.expect(200).json();
    assert!(ruled["number"].as_u64().is_some());
    let listed = list(&stage, &sem).await;
    assert_eq!(
        (&listed[0]["ruled"]["let_in"], &listed[0]["ruled"]["by"]),
        (&true.into(), &stage.person("Sem").to_string().into())
    );
    rules(&stage, &sem, &edit, r#"{"let_in": true}"#).await.expect_problem(404, "no-such-address");
}

#[tokio::test]
async fn what_is_turned_away_has_no_number() {
    let stage = Stage::set().await;
    let edit = handed_in_late(&stage, "Naar de markt").await;
    let marloes = stage.as_professional().await;
    let ruled = rules(&stage, &marloes, &edit, r#"{"let_in": false}"#).await.expect(200).json();
    assert!(ruled["number"].is_null());
}

#[tokio::test]
async fn a_ruling_that_is_none_and_one_of_somebody_else_change_nothing() {
    let stage = Stage::set().await;
    let edit = handed_in_late(&stage, "Naar de markt").await;
    let sem = stage.as_client().await;
    rules(&stage, &sem, &edit, r#"{"let_in": "maybe"}"#).await.expect_problem(400, "body-not-understood");
    let volunteer = stage.as_volunteer().await;
    rules(&stage, &volunteer, &edit, r#"{"let_in": true}"#).await.expect_problem(404, "no-such-address");
    assert!(list(&stage, &sem).await[0]["ruled"].is_null());
}
