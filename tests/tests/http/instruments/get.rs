//! `GET /api/instruments`.

use axum::body::Body;
use axum::http::Method;
use opstap_server::guidance::instruments::own;
use serde_json::json;

use crate::http::stage::Stage;

const WEEK: &str = r#"{ "opstap-instrument": 1, "id": "week", "version": "1", "name": { "nl": "Hoe gaat je week?" },
    "source": { "nl": "Bedacht op de Lindelaan" }, "rights": { "nl": "Vrij te gebruiken" }, "answer": "level",
    "levels": [{ "nl": "gaat niet" }, { "nl": "gaat goed" }], "domains": [{ "code": "home", "name": { "nl": "wonen" } }] }"#;

fn adds_the_week(stage: &Stage) {
    let file = stage.app.data.join("week.1.json");
    std::fs::write(&file, WEEK).unwrap();
    own::add(&stage.app.data, &file).unwrap();
}

#[tokio::test]
async fn an_instrument_that_was_added_while_the_server_runs_is_given_once_to_each_device() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    assert_eq!(marloes.get("/api/instruments").await.expect(200).json(), json!([]));
    adds_the_week(&stage);
    let given = marloes.get("/api/instruments").await.expect(200);
    let week: serde_json::Value = serde_json::from_str(WEEK).unwrap();
    assert_eq!(given.json()[0]["domains"], week["domains"]);
    let tag = given.header("etag").unwrap().to_owned();
    let again = marloes.request(Method::GET, "/api/instruments").header("if-none-match", tag);
    marloes.send(again.body(Body::empty()).unwrap()).await.expect(304);
}

#[tokio::test]
async fn a_client_reads_the_names_of_it_and_other_software_finds_it_and_who_is_not_signed_in_gets_nothing() {
    let stage = Stage::set().await;
    adds_the_week(&stage);
    let sem = stage.as_client().await;
    assert_eq!(sem.get("/api/instruments").await.expect(200).json()[0]["id"], "week");
    let list = stage.as_professional().await.get("/fhir/Questionnaire/week.1").await.expect(200).json();
    assert_eq!((&list["title"], &list["item"][0]["text"]), (&json!("Hoe gaat je week?"), &json!("wonen")));
    stage.as_nobody().get("/api/instruments").await.expect_problem(401, "not-signed-in");
}
