//! `GET /api/phones`: when a phone of each client was last heard of.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// The phones of a client.
#[derive(Serialize, ToSchema)]
pub struct Heard {
    /// The client's circle.
    circle: String,
    /// When one of them was last heard of, within an hour, in milliseconds since 1970.
    heard: u64,
}

/// Lists the circles in which whoever asks is a professional and whose client has a phone; nothing for others.
#[utoipa::path(
    get,
    path = "/api/phones",
    responses((status = 200, body = Vec<Heard>))
)]
pub async fn get(State(app): State<App>, signed_in: SignedIn) -> Result<Json<Vec<Heard>>, Problem> {
    let heard = app.service.phones_heard(signed_in.session).await?;
    Ok(Json(heard.into_iter().map(|(circle, at)| Heard { circle: circle.to_string(), heard: at.0 }).collect()))
}
