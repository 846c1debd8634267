//! `GET /api/mail`: where whoever asks wants mail.

use axum::Json;
use axum::extract::State;
use opstap_core::PersonId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// An own address, if there is one.
#[derive(Serialize, ToSchema)]
pub struct Address {
    address: Option<String>,
    /// Whether mail goes there.
    confirmed: bool,
    /// Whether it tells on working days how much asks for attention.
    digest: bool,
}

/// Gives it.
#[utoipa::path(
    get,
    path = "/api/mail",
    responses((status = 200, body = Address))
)]
pub async fn get(State(app): State<App>, SignedIn { session, .. }: SignedIn) -> Result<Json<Address>, Problem> {
    if app.mailer.is_none() {
        return Err(Problem::NoMail);
    }
    Ok(Json(of(&app, session.person.id).await?))
}

/// Where a person wants mail.
pub(super) async fn of(app: &App, person: PersonId) -> Result<Address, Problem> {
    let found = app.service.mail(person).await?;
    let (confirmed, digest) = found.as_ref().map_or((false, false), |found| (found.confirmed, found.digest));
    Ok(Address { address: found.map(|found| found.address), confirmed, digest })
}
