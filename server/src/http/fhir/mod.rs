//! The FHIR read interface: resources of what the signed-in person may see at that moment, logged for the client as a pull is.

pub mod metadata;
pub mod outcome;
pub mod read;
pub mod search;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use opstap_core::CircleId;
use opstap_core::access::Section;
use opstap_sync_server::Clock as _;
use opstap_sync_server::service::{Reach, Session};
use serde_json::Value;

use crate::fhir::{Around, MEDIA_TYPE, Made, ResourceType, made};
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

/// All resources of a type that the session's person may read now, in order of id.
async fn resources(app: &App, session: Session, of: ResourceType, reach: Reach) -> Result<Vec<Made>, Problem> {
    let base = base(app);
    let mut all = of.of_everybody(&base);
    if of.kinds().is_empty() {
        return Ok(made::one_of_each(all));
    }
    for read in app.service.read_circles(session, reach, of.kinds()).await? {
        let looks_back = of == ResourceType::AuditEvent && read.is_own;
        let delivered = if looks_back { app.service.deliveries(session, read.circle).await? } else { Vec::new() };
        all.extend(of.made_of(&Around::new(&read, &delivered, &base, SystemClock.now())));
    }
    Ok(made::one_of_each(all))
}

/// Logs what leaves, before it does.
async fn note(app: &App, session: Session, given: Vec<(CircleId, Section)>) -> Result<(), Problem> {
    Ok(app.service.note_read(session, given).await?)
}

/// Of which circle which sections these give something of.
fn given_of(made: &[Made]) -> Vec<(CircleId, Section)> {
    made.iter().flat_map(|made| made.given.iter().copied()).collect()
}

/// A resource as an answer.
fn answer(resource: &Value) -> Response {
    let headers = [(CONTENT_TYPE, MEDIA_TYPE), (CACHE_CONTROL, "private, no-store")];
    (headers, resource.to_string()).into_response()
}
