//! `GET /api/programme/{circle}/report/{form}`: the figures with their definitions, as lines for people, a table or JSON. With `outside=true`
//! nothing of it tells about one to four people.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use opstap_core::Day;
use serde::Deserialize;

use crate::exchange::report::{Reader, report};
use crate::http::asked::language;
use crate::http::error::Problem;
use crate::http::programme::{file, office, today};
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::settings::ReportFormat;

const EXPECTED: &str = "language nl or en, outside true or false, on as YYYY-MM-DD";

/// For whom, in which language and on which day.
#[derive(Deserialize)]
pub struct Asked {
    language: Option<String>,
    #[serde(default)]
    outside: bool,
    on: Option<String>,
}

/// Gives the report.
#[utoipa::path(
    get,
    path = "/api/programme/{circle}/report/{form}",
    responses((status = 200, description = "The report, as text, csv or json", body = String, content_type = "text/plain")),
    params(("language" = Option<String>, Query, description = "nl or en"), ("outside" = Option<bool>, Query, description = "For whoever is outside the organisation"), ("on" = Option<String>, Query, description = "The day for which it is told, YYYY-MM-DD"))
)]
pub async fn get(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((circle, form)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(asked) = asked.map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
    let (format, ending, media) = match form.as_str() {
        "txt" => (ReportFormat::Text, "txt", "text/plain; charset=utf-8"),
        "csv" => (ReportFormat::Csv, "csv", "text/csv; charset=utf-8"),
        "json" => (ReportFormat::Json, "json", "application/json"),
        _ => return Err(Problem::NoSuchAddress),
    };
    let language = language(asked.language.as_deref(), EXPECTED)?;
    let day = match asked.on {
        Some(day) => Day::parse(&day).ok_or(Problem::BodyNotUnderstood(EXPECTED))?,
        None => today(),
    };
    let office = office(&app, signed_in.session, &circle).await?;
    let reader = if asked.outside { Reader::Outside } else { Reader::Organisation };
    let of = (office.organisation.name.as_str(), day);
    let told = report(of, &office.records().await?, (reader, language), format)?;
    Ok(file("report", ending, media, told.into_bytes()))
}
