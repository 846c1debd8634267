//! `DELETE /api/mail`: whoever asks wants no mail any more.

use axum::extract::State;
use axum::http::StatusCode;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Forgets the address, also where no mail is sent any more.
#[utoipa::path(
    delete,
    path = "/api/mail",
    responses((status = 204))
)]
pub async fn delete(State(app): State<App>, SignedIn { session, .. }: SignedIn) -> Result<StatusCode, Problem> {
    app.service.end_mail(session.person.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
