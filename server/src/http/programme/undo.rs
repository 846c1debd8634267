//! `DELETE /api/programme/{circle}/imports/{name}`: an import is taken back as a whole, but for what somebody went on with.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::exchange::undo::{names, undo_plan};
use crate::http::error::Problem;
use crate::http::programme::office;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::world::{OsRandomness, SystemClock};

/// What was taken back.
#[derive(Serialize, ToSchema)]
pub struct TakenBack {
    /// How many rows went.
    gone: usize,
    /// How many were put back as they were.
    put_back: usize,
    /// How many stay.
    stay: usize,
}

/// Takes it back. Once more takes back nothing.
#[utoipa::path(
    delete,
    path = "/api/programme/{circle}/imports/{name}",
    responses((status = 200, body = TakenBack))
)]
pub async fn delete(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((circle, name)): Path<(String, String)>,
) -> Result<Json<TakenBack>, Problem> {
    let taken = tokio::spawn(async move {
        let session = signed_in.session;
        let office = office(&app, session, &circle).await?;
        let held = office.holdings().await?;
        if !names(&held.records).contains(&name) {
            return Err(Problem::NoSuchImport);
        }
        let plan = undo_plan(&held.records, &name);
        let taken = TakenBack { gone: plan.gone, put_back: plan.put_back, stay: plan.stay.len() };
        if !plan.acts.is_empty() {
            let author = (session.person.id, session.person.role);
            office.write((&SystemClock, &OsRandomness), author, &held, plan.acts).await?;
        }
        Ok(taken)
    });
    Ok(Json(taken.await.map_err(Problem::trouble)??))
}
