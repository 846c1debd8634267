//! `GET /api/let-go/{circle}`: which devices let go of what their person may no longer hold, and when, for the client and who decides for
//! them.

use axum::Json;
use axum::extract::{Path, State};
use opstap_core::CircleId;
use opstap_core::access::Section;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// That one device let go of something.
#[derive(Serialize, ToSchema)]
pub struct LetGo {
    /// Whose device.
    person: String,
    /// The sections that may still be on it; none when all of the circle went.
    left: Vec<&'static str>,
    /// When it went, by the device's corrected clock, in milliseconds since 1970.
    at: u64,
    /// When the device told.
    told: u64,
}

/// Lists what devices let go of, newest first; nothing for whoever it is not about.
#[utoipa::path(
    get,
    path = "/api/let-go/{circle}",
    responses((status = 200, body = Vec<LetGo>))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
) -> Result<Json<Vec<LetGo>>, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let all = app.service.let_go(signed_in.session, circle).await?;
    let listed = all.iter().rev().map(|one| LetGo {
        person: one.person.to_string(),
        left: Section::ALL.iter().filter(|section| one.view.covers(**section)).map(|section| section.code()).collect(),
        at: one.at.0,
        told: one.told.0,
    });
    Ok(Json(listed.collect()))
}
