//! `DELETE /api/watching/{circle}/{run}`: this person left the screen of a run. Another they have open stays.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use opstap_core::{CircleId, RecordId};

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Says so to the client at once.
#[utoipa::path(
    delete,
    path = "/api/watching/{circle}/{run}",
    responses((status = 204))
)]
pub async fn delete(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path((circle, run)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let run: RecordId = run.parse().map_err(|_| Problem::NoSuchCircle)?;
    app.hints.presence.watches_no_longer(circle, run, session.person.id);
    Ok(StatusCode::NO_CONTENT)
}
