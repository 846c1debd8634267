//! `POST /api/pair`: a link or a typed code signs a device in, once.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use opstap_core::DeviceId;
use opstap_sync_server::service::Pairing;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::me;
use crate::http::session_cookie;
use crate::http::signed_in::Visitor;
use crate::http::state::App;

const EXPECTED: &str = "JSON such as {\"code\": \"ABCD-EFGH\", \"device\": \"32 hexadecimal digits\"}";

/// What the device sends.
#[derive(Deserialize, ToSchema)]
#[schema(as = Pairing)]
pub struct Body {
    code: String,
    device: String,
    /// Whose store the device holds already.
    person: Option<String>,
}

/// Gives the device a session in a cookie and says who is signed in.
#[utoipa::path(
    post,
    path = "/api/pair",
    request_body = Body,
    responses((status = 200, body = me::get::Who)),
    security(())
)]
pub async fn post(
    State(app): State<App>,
    Visitor(address): Visitor,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<Response, Problem> {
    if !app.tries.allow(&address) {
        return Err(Problem::TooManyAttempts { seconds: 60 });
    }
    let Json(body) = body.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    let device: DeviceId = body.device.parse().map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    let whose = body.person.map(|person| person.parse()).transpose();
    let whose = whose.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    match app.service.pair_store(&body.code, device, whose).await? {
        Pairing::Paired { token, person } => {
            let cookie = session_cookie::set(device, token.reveal()).ok_or(Problem::Trouble)?;
            let who = me::get::describe(&app, person.id, device).await?;
            Ok(([(SET_COOKIE, cookie)], Json(who)).into_response())
        }
        Pairing::Used => Err(Problem::LinkUsed),
        Pairing::Expired => Err(Problem::LinkExpired),
        Pairing::Unknown => Err(Problem::LinkUnknown),
    }
}
