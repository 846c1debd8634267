//! `POST /api/people`: a professional adds an account for somebody who is to join a circle. The device makes the id, so that asking again
//! adds nobody twice.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use opstap_sync_server::service::Opened;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

const EXPECTED: &str = "JSON with person, an id of 32 hexadecimal digits, and name, of 1 to 100 characters";

/// Who.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewPerson)]
pub struct Body {
    person: String,
    name: String,
}

/// Adds them.
#[utoipa::path(
    post,
    path = "/api/people",
    request_body = Body,
    responses((status = 201))
)]
pub async fn post(
    State(app): State<App>,
    signed_in: SignedIn,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let not_understood = Problem::BodyNotUnderstood(EXPECTED);
    let Json(body) = body.map_err(|_| not_understood.clone())?;
    let person = body.person.parse().map_err(|_| not_understood.clone())?;
    match app.service.add_participant(signed_in.session, person, &body.name).await? {
        Opened::Person(_) => Ok(StatusCode::CREATED),
        Opened::NotTheirs => Err(Problem::NotAllowed),
        Opened::Taken => Err(Problem::IdTaken),
        Opened::NoName => Err(not_understood),
    }
}
