//! `PUT /api/mail`: mail is to go to this address, once its owner confirmed it.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::Deserialize;
use utoipa::ToSchema;

use super::get::{Address, of};
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::mail::ask_whose;

const EXPECTED: &str = "JSON such as {\"address\": \"marloes@example.nl\"}";
/// The longest address that mail servers have to take (RFC 5321).
const LONGEST: usize = 254;

/// Where mail is to go.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewAddress)]
pub struct Body {
    address: String,
}

/// Keeps it in the place of the one they had, and asks in a mail whether it is theirs.
#[utoipa::path(
    put,
    path = "/api/mail",
    request_body = Body,
    responses((status = 200, body = Address))
)]
pub async fn put(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<Json<Address>, Problem> {
    let Some(mailer) = &app.mailer else { return Err(Problem::NoMail) };
    let Json(Body { address }) = body.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    let address = address.trim();
    if address.len() > LONGEST || address.parse::<lettre::Address>().is_err() {
        return Err(Problem::NotAnAddress);
    }
    let person = session.person.id;
    // Nobody has mail sent to others' addresses by the dozen.
    if !app.mail_tries.allow(&person) {
        return Err(Problem::TooManyAttempts { seconds: 600 });
    }
    if let Some(code) = app.service.ask_for_mail(person, address.to_owned()).await? {
        ask_whose(mailer, app.mail_pace, address.to_owned(), code);
    }
    Ok(Json(of(&app, person).await?))
}
