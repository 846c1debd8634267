//! `GET /api/me`.

use crate::http::stage::Stage;

#[tokio::test]
async fn somebody_who_is_signed_in_reads_who_they_are() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    let me = marloes.get("/api/me").await.expect(200).json();
    assert_eq!(me["person"], stage.person("Marloes").to_string());
    assert_eq!(me["name"], "Marloes");
    assert_eq!(me["role"], "professional");
    assert_eq!(me["organisation"]["name"], "Opstap voorbeeld");
    assert_eq!(me["device"], marloes.device.to_string());
}

#[tokio::test]
async fn a_session_that_somebody_ended_reads_nothing() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    stage.app.service.revoke(sem.device).await.unwrap();
    sem.get("/api/me").await.expect_problem(401, "not-signed-in");
}
