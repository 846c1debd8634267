//! `GET /api/push/key`: the key by which a browser subscribes.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// The public key of this server, as base64url.
#[derive(Serialize, ToSchema)]
pub struct Key {
    key: String,
}

/// Gives it.
#[utoipa::path(
    get,
    path = "/api/push/key",
    responses((status = 200, body = Key))
)]
pub async fn get(State(app): State<App>, _signed_in: SignedIn) -> Result<Json<Key>, Problem> {
    Ok(Json(Key { key: app.push_key.public() }))
}
