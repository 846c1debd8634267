//! The FHIR read interface: resources of what the signed-in person may see at that moment, logged for the client as a pull is.

pub mod metadata;
pub mod outcome;
pub mod read;
pub mod search;

use std::sync::Arc;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use opstap_sync_server::Clock as _;
use opstap_sync_server::service::{Reach, Session};
use serde_json::Value;

use crate::fhir::finding::{Finding, Page};
use crate::fhir::search::Search;
use crate::fhir::{Around, MEDIA_TYPE, Made, ResourceType};
use crate::http::error::Problem;
use crate::http::state::App;
use crate::world::SystemClock;

/// Whether an address belongs to this interface.
#[must_use]
pub fn serves(path: &str) -> bool {
    path == "/fhir" || path.starts_with("/fhir/")
}

/// What the addresses of resources begin with.
fn base(app: &App) -> String {
    format!("{}/fhir", app.link_base.trim_end_matches('/'))
}

/// The page of a search among all resources of a type that the session's person may read now. A circle is read at a time, and made into
/// resources beside what serves others: a year of a client is thousands of records.
async fn found(app: &App, session: Session, of: ResourceType, reach: Reach, search: &Search) -> Result<Page, Problem> {
    let (base, instruments): (Arc<str>, _) = (base(app).into(), app.instruments().await?);
    let mut finding = Finding::of(search);
    finding.add(of.of_everybody(&base, &instruments));
    if of.kinds().is_empty() {
        return Ok(finding.page());
    }
    for circle in app.service.read_circles(session, reach, &[]).await? {
        for read in app.service.read_circles(session, Reach::Circle(circle.circle), of.kinds()).await? {
            let looks_back = of == ResourceType::AuditEvent && read.is_own;
            let delivered = if looks_back { app.service.deliveries(session, read.circle).await? } else { Vec::new() };
            let (base, instruments) = (Arc::clone(&base), instruments.clone());
            let looked_through = tokio::task::spawn_blocking(move || {
                let around = Around::new(&read, &delivered, (&base, &instruments), SystemClock.now());
                finding.add(of.made_of(&around));
                finding
            });
            finding = looked_through.await.map_err(Problem::trouble)?;
        }
    }
    Ok(finding.page())
}

/// Logs what leaves, before it does.
async fn note(app: &App, session: Session, made: &[Made]) -> Result<(), Problem> {
    let given = made.iter().flat_map(|made| made.given.iter().copied()).collect();
    Ok(app.service.note_read(session, given).await?)
}

/// A resource as an answer.
fn answer(resource: &Value) -> Response {
    let headers = [(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, "private, no-store")];
    (headers, resource.to_string()).into_response()
}
