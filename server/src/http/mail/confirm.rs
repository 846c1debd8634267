//! `POST /api/mail/confirm`: somebody followed the link in their mail and says that the address is theirs. It needs no session: mail is
//! read on another device, perhaps.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use opstap_sync_server::service::Confirming;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::Visitor;
use crate::http::state::App;

const EXPECTED: &str = "JSON such as {\"code\": \"what stands behind the # of the link\"}";

/// The code in the link.
#[derive(Deserialize, ToSchema)]
#[schema(as = Confirming)]
pub struct Body {
    code: String,
}

/// Mail goes there from now on.
#[utoipa::path(
    post,
    path = "/api/mail/confirm",
    request_body = Body,
    responses((status = 204)),
    security(())
)]
pub async fn post(
    State(app): State<App>,
    Visitor(visitor): Visitor,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    if !app.tries.allow(&visitor) {
        return Err(Problem::TooManyAttempts { seconds: 60 });
    }
    let Json(Body { code }) = body.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    match app.service.confirm_mail(&code).await? {
        Confirming::Confirmed => Ok(StatusCode::NO_CONTENT),
        Confirming::Used => Err(Problem::LinkUsed),
        Confirming::Expired => Err(Problem::LinkExpired),
        Confirming::Unknown => Err(Problem::LinkUnknown),
    }
}
