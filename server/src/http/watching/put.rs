//! `PUT /api/watching/{circle}/{run}`: this person has the screen of a run open, from now for a minute. The client is told, and can read
//! it afterwards.

use axum::Json;
use axum::extract::{Path, State};
use opstap_core::{CircleId, RecordId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

/// What came of it.
#[derive(Serialize, ToSchema)]
pub struct Watched {
    /// Whether a device of the client has its live stream open here, and so is told.
    told: bool,
}

/// Says it again every 20 seconds as long as the screen is open.
#[utoipa::path(
    put,
    path = "/api/watching/{circle}/{run}",
    responses((status = 200, body = Watched))
)]
pub async fn put(
    State(app): State<App>,
    SignedIn { session, .. }: SignedIn,
    Path((circle, run)): Path<(String, String)>,
) -> Result<Json<Watched>, Problem> {
    let circle: CircleId = circle.parse().map_err(|_| Problem::NoSuchCircle)?;
    let run: RecordId = run.parse().map_err(|_| Problem::NoSuchCircle)?;
    let (presence, person) = (&app.hints.presence, session.person.id);
    let Some(watched) = app.service.watched_by(session, circle, run).await? else {
        presence.watches_no_longer(circle, run, person);
        return Err(Problem::NoSuchCircle);
    };
    if !presence.is_watching(circle, run, person) {
        app.service.note_watched(person, circle).await?;
    }
    presence.watches(circle, run, person, watched.people);
    // Who decides for the client hears of it too, and is not the one that the screen speaks of.
    Ok(Json(Watched { told: watched.client.is_some_and(|client| presence.is_listening(client)) }))
}
