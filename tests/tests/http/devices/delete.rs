//! `DELETE /api/devices/{device}`.

use axum::body::Body;
use axum::http::Method;

use crate::http::caller::{Caller, Reply};
use crate::http::stage::Stage;

async fn shut_out(caller: &Caller, other: &Caller) -> Reply {
    let request = caller.request(Method::DELETE, &format!("/api/devices/{}", other.device));
    caller.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_lost_phone_is_shut_out_from_another_device() {
    let stage = Stage::set().await;
    let (phone, tablet) = (stage.as_client().await, stage.as_client().await);
    shut_out(&tablet, &phone).await.expect(204);
    phone.get("/api/me").await.expect_problem(401, "not-signed-in");
    tablet.get("/api/me").await.expect(200);
}

#[tokio::test]
async fn nobody_shuts_out_a_device_of_somebody_else() {
    let stage = Stage::set().await;
    let (sem, marloes) = (stage.as_client().await, stage.as_professional().await);
    shut_out(&marloes, &sem).await.expect_problem(404, "no-such-address");
    sem.get("/api/me").await.expect(200);
}
