//! `DELETE /api/push`: this device wants to hear of messages no longer.

use axum::extract::State;
use axum::http::StatusCode;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Forgets its subscription.
#[utoipa::path(
    delete,
    path = "/api/push",
    responses((status = 204))
)]
pub async fn delete(State(app): State<App>, SignedIn { session, .. }: SignedIn) -> Result<StatusCode, Problem> {
    app.service.unsubscribe(session.device).await?;
    Ok(StatusCode::NO_CONTENT)
}
