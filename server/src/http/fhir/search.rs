//! `GET /fhir/{type}?patient=…&date=…`: the resources of a type, page by page.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use opstap_sync_server::service::Reach;

use super::{answer, base, found, note};
use crate::fhir::ResourceType;
use crate::fhir::bundle::bundle;
use crate::fhir::finding::Finding;
use crate::fhir::search::{EXPECTED, Search};
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// The parameters, in the order in which they came.
type Parameters = Vec<(String, String)>;

/// Gives the page.
#[utoipa::path(
    get,
    path = "/fhir/{type}",
    responses((status = 200, description = "A Bundle of what was found", body = Object, content_type = "application/fhir+json")),
    params(("patient" = Option<String>, Query, description = "Of which client"), ("date" = Option<String>, Query, description = "Of which time, with a prefix such as ge"), ("_lastUpdated" = Option<String>, Query, description = "Changed when"), ("_id" = Option<String>, Query, description = "One of these ids"), ("_count" = Option<u32>, Query, description = "How many on a page"))
)]
pub async fn get(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path(of): Path<String>,
    query: Result<Query<Parameters>, QueryRejection>,
) -> Result<Response, Problem> {
    let of = ResourceType::from_name(&of).ok_or(Problem::NoSuchAddress)?;
    let not_understood = || Problem::BodyNotUnderstood(EXPECTED);
    let Query(parameters) = query.map_err(|_| not_understood())?;
    let search = Search::read(of, &parameters).ok_or_else(not_understood)?;
    let page = match search.patient {
        None => found(&app, session, of, Reach::All, &search).await?,
        Some(Some(patient)) => found(&app, session, of, Reach::Client(patient), &search).await?,
        Some(None) => Finding::of(&search).page(),
    };
    note(&app, session, &page.made).await?;
    Ok(answer(&bundle(&base(&app), of, &search, &page)))
}
