//! `GET /api/deliveries/{circle}`: what was delivered to whom, day by day, for the client and who decides for them.

use axum::Json;
use axum::extract::{Path, State};
use opstap_core::CircleId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// What one person received of one section on one day.
#[derive(Serialize, ToSchema)]
pub struct Delivery {
    /// Who.
    person: String,
    /// The code of the section.
    section: &'static str,
    /// Days since 1970 (UTC).
    day: u32,
    /// How many records.
    records: u64,
    /// How often they watched a run as it went.
    live: u64,
}

/// Lists what was delivered, newest first; nothing for whoever it is not about.
#[utoipa::path(
    get,
    path = "/api/deliveries/{circle}",
    responses((status = 200, body = Vec<Delivery>))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
) -> Result<Json<Vec<Delivery>>, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let all = app.service.deliveries(signed_in.session, circle).await?;
    let listed = all.iter().rev().map(|one| Delivery {
        person: one.person.to_string(),
        section: one.section.code(),
        day: one.day,
        records: one.records,
        live: one.live,
    });
    Ok(Json(listed.collect()))
}
