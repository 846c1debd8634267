//! `GET /api/instruments`: the instruments of the organisation's own, beside those that every device has. What a device has already is not sent
//! again.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use opstap_core::instrument::Instrument;

use crate::guidance::instruments::own;
use crate::http::as_it_was::whole_or_unchanged;
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Gives them, each as docs/instrument-format.md has it. They are read each time: one is added beside the running server, and a device asks
/// once an hour.
#[utoipa::path(
    get,
    path = "/api/instruments",
    responses((status = 200, description = "A list of instruments, empty where there are none", body = Vec<serde_json::Value>), (status = 304, description = "As it was"))
)]
pub async fn get(State(app): State<App>, _signed_in: SignedIn, headers: HeaderMap) -> Result<Response, Problem> {
    let data = app.data.clone();
    let own = tokio::task::spawn_blocking(move || written(&own::read(&data)));
    let written = own.await.map_err(Problem::trouble)?.map_err(Problem::trouble)?;
    Ok(whole_or_unchanged(written, "application/json", &headers))
}

fn written(own: &[Instrument]) -> Result<Vec<u8>, opstap_core::instrument::InstrumentFileError> {
    let all = own.iter().map(Instrument::to_json).collect::<Result<Vec<_>, _>>()?;
    Ok([b"[".as_slice(), &all.join(b",".as_slice()), b"]"].concat())
}
