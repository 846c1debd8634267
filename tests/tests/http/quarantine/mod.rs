//! What a phone that was shut out hands in: it waits for somebody to let it in.

use axum::body::Body;
use axum::http::Method;
use opstap_core::Edit;
use opstap_core::model::{Message, Model};
use opstap_core::protocol::Verdict;
use serde_json::Value;

use crate::http::caller::{Caller, new_id};
use crate::http::stage::Stage;

mod get;
mod list;
mod post;

/// Youssef shuts his lost phone out, and a message to the supervisor that he wrote on it comes in after that.
async fn handed_in_late(stage: &Stage, text: &str) -> Edit {
    let (mut phone, tablet) = (stage.as_volunteer().await, stage.as_volunteer().await);
    let at = opstap_sync_server::Clock::now(&stage.clock);
    let message = Message::saying(stage.person("Marloes"), text, at);
    let edit = phone.edit(stage.circle, at, vec![message.make(new_id(at))]);
    let shut_out = tablet.request(Method::DELETE, &format!("/api/devices/{}", phone.device));
    tablet.send(shut_out.body(Body::empty()).unwrap()).await.expect(204);
    assert_eq!(phone.verdict(&edit).await, Verdict::Quarantined);
    edit
}

async fn list(stage: &Stage, caller: &Caller) -> Vec<Value> {
    let listed = caller.get(&format!("/api/quarantine/{}", stage.circle)).await.expect(200).json();
    listed.as_array().unwrap().clone()
}
