//! `GET /fhir/{type}/{id}`: one resource. One that may not be read looks the same as one that is not there.

use axum::extract::{Path, State};
use axum::response::Response;
use opstap_sync_server::service::Reach;

use super::{answer, found, note};
use crate::fhir::ResourceType;
use crate::fhir::resource_type::IdOf;
use crate::fhir::search::Search;
use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// Gives the resource.
#[utoipa::path(
    get,
    path = "/fhir/{type}/{id}",
    responses((status = 200, description = "The resource", body = Object, content_type = "application/fhir+json"))
)]
pub async fn get(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path((of, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let of = ResourceType::from_name(&of).ok_or(Problem::NoSuchAddress)?;
    let nothing = |_| Problem::NoSuchAddress;
    let reach = match of.id_of() {
        IdOf::Record => Reach::Record(id.parse().map_err(nothing)?),
        IdOf::Circle => Reach::Circle(id.parse().map_err(nothing)?),
        IdOf::Client => Reach::Client(id.parse().map_err(nothing)?),
        IdOf::Other | IdOf::Everybody => Reach::All,
    };
    let page = found(&app, session, of, reach, &Search::of_id(id)).await?;
    let made = page.made.first().ok_or(Problem::NoSuchAddress)?;
    note(&app, session, &page.made).await?;
    Ok(answer(&made.body))
}
