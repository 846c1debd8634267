//! `GET /api/programme/{circle}/rows/{form}`: all registrations as a file that can be imported again, as text between commas or a
//! spreadsheet. It holds no names, and days and codes of single people all the same: it is for the organisation itself.

use axum::extract::{Path, State};
use axum::response::Response;
use opstap_insight::programme_rows;

use crate::exchange::holdings::file_rows;
use crate::exchange::{ExchangeError, write};
use crate::http::error::Problem;
use crate::http::programme::{XLSX, file, office};
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Gives the file.
#[utoipa::path(
    get,
    path = "/api/programme/{circle}/rows/{form}",
    responses((status = 200, description = "The file, as text between commas (csv) or a spreadsheet (xlsx)", body = Vec<u8>, content_type = "application/octet-stream"))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((circle, form)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let office = office(&app, signed_in.session, &circle).await?;
    let rows = file_rows(&programme_rows(&office.records().await?));
    match form.as_str() {
        "csv" => Ok(file("travel-programme", "csv", "text/csv; charset=utf-8", write::as_text(&rows).into_bytes())),
        "xlsx" => {
            let book = write::as_spreadsheet(&rows).map_err(ExchangeError::Spreadsheet)?;
            Ok(file("travel-programme", "xlsx", XLSX, book))
        }
        _ => Err(Problem::NoSuchAddress),
    }
}
