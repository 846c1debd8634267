//! `DELETE /api/devices/{device}`: shuts out a device of one's own, such as a lost phone. It can still hand in what was on it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use opstap_core::DeviceId;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Ends the sessions of the device.
#[utoipa::path(
    delete,
    path = "/api/devices/{device}",
    responses((status = 204))
)]
pub async fn delete(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(device): Path<String>,
) -> Result<StatusCode, Problem> {
    let device: DeviceId = device.parse().map_err(|_| Problem::NoSuchAddress)?;
    let own = app.service.devices(signed_in.session.person.id).await?;
    if !own.iter().any(|known| known.id == device) {
        return Err(Problem::NoSuchAddress);
    }
    app.service.revoke(device).await?;
    Ok(StatusCode::NO_CONTENT)
}
