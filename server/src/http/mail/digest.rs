//! `PUT /api/mail/digest`: a professional wants to hear on working days how much asks for attention, or no longer.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use opstap_core::model::OrganisationRole;
use serde::Deserialize;
use utoipa::ToSchema;

use super::get::{Address, of};
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

const EXPECTED: &str = "JSON such as {\"wanted\": true}";

/// Whether it is wanted.
#[derive(Deserialize, ToSchema)]
#[schema(as = WantedDigest)]
pub struct Body {
    wanted: bool,
}

/// Keeps it with the address they have.
#[utoipa::path(
    put,
    path = "/api/mail/digest",
    request_body = Body,
    responses((status = 200, body = Address))
)]
pub async fn put(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<Json<Address>, Problem> {
    if app.mailer.is_none() {
        return Err(Problem::NoMail);
    }
    let Json(Body { wanted }) = body.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    if session.person.role < OrganisationRole::Professional {
        return Err(Problem::NotAllowed);
    }
    if !app.service.want_digest(session.person.id, wanted).await? {
        return Err(Problem::NotAnAddress);
    }
    Ok(Json(of(&app, session.person.id).await?))
}
