//! `/api/programme/{circle}/…`: a programme to and from files, for whoever coordinates it.

mod imports;
mod out;

use axum::body::Body;
use axum::http::Method;
use opstap_core::CircleId;
use opstap_core::model::CircleKind;

use crate::http::caller::{Caller, Reply};
use crate::http::stage::Stage;

pub const FIXTURE: &str = include_str!("../../../fixtures/travel-programme.csv");

/// The programme of the organisation.
pub async fn programme(stage: &Stage) -> CircleId {
    let service = &stage.app.service;
    let organisation = service.organisations().await.unwrap()[0].id;
    service.circle_of_its_own(organisation, CircleKind::Programme).await.unwrap();
    service.circles_of_organisation(organisation, CircleKind::Programme).await.unwrap()[0]
}

/// Sends a file to an address below the programme.
pub async fn send(caller: &Caller, circle: CircleId, below: &str, bytes: &[u8]) -> Reply {
    let address = format!("/api/programme/{circle}/{below}");
    let request = caller.request(Method::POST, &address).header("content-type", "application/octet-stream");
    caller.send(request.body(Body::from(bytes.to_vec())).unwrap()).await
}

/// Checks a file and imports it; gives the name of the import.
pub async fn import(caller: &Caller, circle: CircleId, text: &str) -> String {
    let checked = send(caller, circle, "imports/check", text.as_bytes()).await.expect(200).json();
    let plan = checked["plan"].as_str().unwrap();
    let below = format!("imports?file=aanmeldingen&plan={plan}");
    let written = send(caller, circle, &below, text.as_bytes()).await.expect(200).json();
    written["name"].as_str().unwrap().to_owned()
}
