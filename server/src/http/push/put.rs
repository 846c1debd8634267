//! `PUT /api/push`: where this device wants to hear of messages.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use opstap_sync_server::storage::PushRow;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::push::{Address, seal};

const EXPECTED: &str =
    "a push subscription: endpoint (https, on the internet), p256dh and auth in base64url, language nl or en";

/// A subscription as browsers give it, and the language of the device.
#[derive(Deserialize, ToSchema)]
pub struct Subscription {
    endpoint: String,
    p256dh: String,
    auth: String,
    language: String,
}

/// Keeps it in the place of the one this device had.
#[utoipa::path(
    put,
    path = "/api/push",
    request_body = Subscription,
    responses((status = 204))
)]
pub async fn put(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    body: Result<Json<Subscription>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let bad = || Problem::BodyNotUnderstood(EXPECTED);
    let Ok(Json(Subscription { endpoint, p256dh, auth, language })) = body else { return Err(bad()) };
    let bytes = |text: &str| BASE64.decode(text.trim_end_matches('=')).map_err(|_| bad());
    let (public, secret) = (bytes(&p256dh)?, bytes(&auth)?);
    Address::parse(&endpoint, app.limits.push_anywhere).ok_or_else(bad)?;
    // What cannot be sealed for it is no subscription.
    if secret.len() != 16 || !["nl", "en"].contains(&language.as_str()) || seal(b"", &public, &secret).is_err() {
        return Err(bad());
    }
    let row = PushRow { device: session.device, person: session.person.id, endpoint, public, secret, language };
    app.service.subscribe(row).await?;
    Ok(StatusCode::NO_CONTENT)
}
