//! `GET /api/quarantine/{circle}`: what waits in a circle, for those who have a say in it.

use axum::Json;
use axum::extract::{Path, State};
use opstap_core::CircleId;
use opstap_core::history::PastChange;
use opstap_sync_server::storage::QuarantinedEdit;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::changes::ChangeShown;
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// An edit in quarantine.
#[derive(Serialize, ToSchema)]
pub struct Waiting {
    /// The device of its name.
    device: String,
    /// The n of its name.
    n: u64,
    /// The person who made it.
    author: String,
    /// When it arrived, in milliseconds since 1970.
    at: u64,
    /// What somebody made of it; nothing while it waits.
    ruled: Option<Ruled>,
    /// What it does, in order.
    changes: Vec<ChangeShown>,
}

/// What somebody made of an edit.
#[derive(Serialize, ToSchema)]
pub struct Ruled {
    /// The person.
    by: String,
    /// When, in milliseconds since 1970.
    at: u64,
    /// Whether it counts.
    let_in: bool,
}

/// Lists what waits and what was ruled on; nothing for whoever has no say.
#[utoipa::path(
    get,
    path = "/api/quarantine/{circle}",
    responses((status = 200, body = Vec<Waiting>))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
) -> Result<Json<Vec<Waiting>>, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let kept = app.service.quarantined(signed_in.session, circle).await?;
    Ok(Json(kept.iter().map(waiting).collect()))
}

fn waiting(kept: &QuarantinedEdit) -> Waiting {
    Waiting {
        device: kept.edit.name.device.to_string(),
        n: kept.edit.name.n,
        author: kept.author.to_string(),
        at: kept.at.0,
        ruled: kept.ruled.map(|ruled| Ruled { by: ruled.by.to_string(), at: ruled.at.0, let_in: ruled.let_in }),
        changes: kept.edit.changes.iter().map(|change| ChangeShown::from(&PastChange::of(change))).collect(),
    }
}
