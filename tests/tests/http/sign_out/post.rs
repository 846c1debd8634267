//! `POST /api/sign-out`.

use serde_json::json;

use crate::http::stage::Stage;

#[tokio::test]
async fn whoever_signs_out_is_out_and_the_cookie_goes() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    let reply = sem.post("/api/sign-out", &json!({})).await.expect(204);
    assert!(reply.header("set-cookie").unwrap().contains("Max-Age=0"));
    sem.get("/api/me").await.expect_problem(401, "not-signed-in");
}

#[tokio::test]
async fn signing_out_leaves_the_other_devices_in() {
    let stage = Stage::set().await;
    let (phone, tablet) = (stage.as_client().await, stage.as_client().await);
    phone.post("/api/sign-out", &json!({})).await.expect(204);
    tablet.get("/api/me").await.expect(200);
}
