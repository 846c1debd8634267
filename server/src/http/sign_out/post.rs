//! `POST /api/sign-out`: the session of this device is forgotten. What stands on the device is the device's own business.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};

use crate::http::error::Problem;
use crate::http::session_cookie;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Forgets the session and takes the cookie away.
#[utoipa::path(
    post,
    path = "/api/sign-out",
    responses((status = 204))
)]
pub async fn post(State(app): State<App>, signed_in: SignedIn) -> Result<Response, Problem> {
    app.service.sign_out(signed_in.token.reveal()).await?;
    let cookie = session_cookie::clear(signed_in.paired).ok_or(Problem::Trouble)?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}
