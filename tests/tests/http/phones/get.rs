//! `GET /api/phones`.

use axum::body::Body;
use axum::http::Method;
use opstap_sync_server::Clock;
use serde_json::{Value, json};

use crate::http::caller::Caller;
use crate::http::stage::Stage;

const HOUR: u64 = 60 * 60 * 1_000;

async fn phones(caller: &Caller) -> Value {
    caller.get("/api/phones").await.expect(200).json()
}

#[tokio::test]
async fn a_professional_hears_when_a_phone_of_the_client_was_last_heard_of() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    let begin = stage.clock.now().0;
    let phone = stage.as_client().await;
    let tablet = stage.as_client().await;
    let heard = |at: u64| json!([{ "circle": stage.circle.to_string(), "heard": at }]);
    assert_eq!(phones(&marloes).await, heard(begin));
    stage.clock.forward(HOUR - 1);
    phone.sync(Vec::new()).await;
    assert_eq!(phones(&marloes).await, heard(begin), "a pull that brings nothing is written once an hour");
    stage.clock.forward(2 * HOUR);
    phone.sync(Vec::new()).await;
    assert_eq!(phones(&marloes).await, heard(begin + 3 * HOUR - 1), "of two devices the last counts");
    // One that was lost and found by somebody else says nothing of the client.
    let shut_out = tablet.request(Method::DELETE, &format!("/api/devices/{}", phone.device));
    tablet.send(shut_out.body(Body::empty()).unwrap()).await.expect(204);
    assert_eq!(phones(&marloes).await, heard(begin), "of one that was shut out nothing is said");
}

#[tokio::test]
async fn nobody_but_a_professional_of_the_circle_hears_of_a_clients_phone() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    for other in [sem, stage.as_volunteer().await, stage.as_carer().await, stage.as_stranger().await] {
        assert_eq!(phones(&other).await, json!([]));
    }
    stage.as_nobody().get("/api/phones").await.expect_problem(401, "not-signed-in");
}
