//! `POST /api/quarantine/{circle}/{device}/{n}`: lets an edit in or turns it away.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use opstap_core::{CircleId, DeviceId, EditName};
use opstap_sync_server::service::QuarantineOutcome;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// The ruling.
#[derive(Deserialize, ToSchema)]
#[schema(as = Ruling)]
pub struct Body {
    let_in: bool,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
#[schema(as = RulingDone)]
pub struct Ruled {
    /// The number with which it counts; nothing when it was turned away.
    number: Option<u64>,
}

/// Rules on one edit.
#[utoipa::path(
    post,
    path = "/api/quarantine/{circle}/{device}/{n}",
    request_body = Body,
    responses((status = 200, body = Ruled))
)]
pub async fn post(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((circle, device, n)): Path<(String, String, String)>,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<Json<Ruled>, Problem> {
    let Json(body) = body.map_err(|_| Problem::BodyNotUnderstood("JSON with let_in, true or false"))?;
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchAddress)?;
    let device: DeviceId = device.parse().map_err(|_| Problem::NoSuchAddress)?;
    let n = n.parse().map_err(|_| Problem::NoSuchAddress)?;
    let name = EditName { device, n };
    match app.service.rule_on_quarantined(signed_in.session, circle, name, body.let_in).await? {
        QuarantineOutcome::LetIn { number } => Ok(Json(Ruled { number: Some(number) })),
        QuarantineOutcome::TurnedAway => Ok(Json(Ruled { number: None })),
        QuarantineOutcome::NotTheirs => Err(Problem::NoSuchAddress),
        QuarantineOutcome::CannotBe(_) => Err(Problem::CannotBeLetIn),
    }
}
