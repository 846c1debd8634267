//! `GET /api/let-go/{circle}`.

use opstap_core::access::View;
use opstap_core::protocol::{self, LetGo, Request};

use crate::http::stage::Stage;

#[tokio::test]
async fn the_client_reads_which_devices_let_go_and_nobody_else_does() {
    let stage = Stage::set().await;
    let (sem, youssef) = (stage.as_client().await, stage.as_volunteer().await);
    let at = opstap_sync_server::Clock::now(&stage.clock);
    let told = LetGo { circle: stage.circle, view: View::of(1, 1 << 9), at };
    let request = Request { let_go: vec![told], ..youssef.round_trip(Vec::new()) };
    for _ in 0..2 {
        youssef.sync_bytes(protocol::encode_request(&request)).await.expect(200);
    }
    let address = format!("/api/let-go/{}", stage.circle);
    let listed = sem.get(&address).await.expect(200).json();
    let person = stage.person("Youssef").to_string();
    assert_eq!(listed, serde_json::json!([{ "person": person, "left": ["circle"], "at": at.0, "told": at.0 }]));
    for other in [youssef, stage.as_professional().await, stage.as_carer().await, stage.as_stranger().await] {
        assert_eq!(other.get(&address).await.expect(200).json(), serde_json::json!([]));
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_reads_nothing_and_a_circle_has_an_id() {
    let stage = Stage::set().await;
    let address = format!("/api/let-go/{}", stage.circle);
    stage.as_nobody().get(&address).await.expect_problem(401, "not-signed-in");
    stage.as_client().await.get("/api/let-go/sem").await.expect_problem(404, "no-such-circle");
}
