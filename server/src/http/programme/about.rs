//! `GET /api/programme/{circle}`: whose programme it is, for what is printed of it.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::programme::office;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Whose it is.
#[derive(Serialize, ToSchema)]
pub struct About {
    /// The name of the organisation.
    organisation: String,
}

/// Tells it.
#[utoipa::path(
    get,
    path = "/api/programme/{circle}",
    responses((status = 200, body = About))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
) -> Result<Json<About>, Problem> {
    let office = office(&app, signed_in.session, &circle).await?;
    Ok(Json(About { organisation: office.organisation.name.clone() }))
}
