//! `GET /api/health`.

use crate::http::stage::Stage;

#[tokio::test]
async fn a_watchdog_hears_that_the_server_works_and_nothing_of_anybody() {
    let stage = Stage::set().await;
    let reply = stage.as_nobody().get("/api/health").await.expect(200);
    assert_eq!(reply.json()["status"], "ok");
    assert_eq!(reply.json().as_object().unwrap().len(), 2);
}
