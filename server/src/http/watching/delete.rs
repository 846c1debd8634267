//! `DELETE /api/watching/{circle}/{run}`: this person left the screen of a run.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use opstap_core::CircleId;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Says so to the client at once.
pub async fn delete(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path((circle, _run)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    app.hints.presence.watches_no_longer(circle, session.person.id);
    Ok(StatusCode::NO_CONTENT)
}
