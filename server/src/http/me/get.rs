//! `GET /api/me`: who is signed in on this device.

use axum::Json;
use axum::extract::State;
use opstap_core::model::OrganisationRole;
use opstap_core::{DeviceId, PersonId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Who somebody is.
#[derive(Serialize, ToSchema)]
pub struct Who {
    /// Their id.
    person: String,
    /// The name of their account.
    name: String,
    /// `participant`, `professional`, `coordinator` or `administrator`.
    role: &'static str,
    /// Their organisation.
    organisation: Organisation,
    /// The device that is signed in.
    device: String,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
struct Organisation {
    id: String,
    name: String,
}

/// Says who is signed in.
#[utoipa::path(
    get,
    path = "/api/me",
    responses((status = 200, body = Who))
)]
pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Who>, Problem> {
    let session = signed_in.session;
    Ok(Json(describe(&app, session.person.id, session.device).await?))
}

/// What the app shows of somebody who just signed in.
pub async fn describe(app: &App, person: PersonId, device: DeviceId) -> Result<Who, Problem> {
    let account = app.service.person(person).await?.ok_or(Problem::NotSignedIn)?;
    let organisations = app.service.organisations().await?;
    let organisation = organisations.into_iter().find(|known| known.id == account.organisation);
    let organisation = organisation.ok_or(Problem::NotSignedIn)?;
    Ok(Who {
        person: person.to_string(),
        name: account.name,
        role: role_name(account.role),
        organisation: Organisation { id: organisation.id.to_string(), name: organisation.name },
        device: device.to_string(),
    })
}

const fn role_name(role: OrganisationRole) -> &'static str {
    match role {
        OrganisationRole::Participant => "participant",
        OrganisationRole::Professional => "professional",
        OrganisationRole::Coordinator => "coordinator",
        OrganisationRole::Administrator => "administrator",
    }
}
