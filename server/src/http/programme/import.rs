//! `POST /api/programme/{circle}/imports`: a file is written in the programme, all of it as one act under one name, in the name of whoever
//! asks. The same file once more changes nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use opstap_sync_server::Clock as _;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::exchange::ExchangeError;
use crate::exchange::past::name_for;
use crate::exchange::plan::plan;
use crate::exchange::undo::names;
use crate::http::error::Problem;
use crate::http::programme::check::digest;
use crate::http::programme::{office, rows_of};
use crate::http::signed_in::SignedIn;
use crate::http::state::App;
use crate::world::{OsRandomness, SystemClock};

const EXPECTED: &str = "a file without faults, with file, its name, and plan, as the check gave it";

/// Which file it is, and what was shown of it.
#[derive(Deserialize, ToSchema)]
pub struct Asked {
    /// Its name, without the ending.
    file: String,
    /// What the check gave.
    plan: String,
}

/// What was written.
#[derive(Serialize, ToSchema)]
pub struct Written {
    /// The name under which it can be taken back; empty when there was nothing to write.
    name: String,
    /// How many rows were made or changed.
    rows: usize,
    /// How many were not, since somebody wrote in them at the same moment.
    left: usize,
}

/// Writes it.
#[utoipa::path(
    post,
    path = "/api/programme/{circle}/imports",
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file"),
    responses((status = 200, body = Written)),
    params(("file" = String, Query, description = "Its name, without the ending"), ("plan" = String, Query, description = "What the check gave"))
)]
pub async fn post(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(circle): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Written>, Problem> {
    let not_understood = Problem::BodyNotUnderstood(EXPECTED);
    let Query(asked) = asked.map_err(|_| not_understood.clone())?;
    office(&app, signed_in.session, &circle).await?;
    let sent = rows_of(body).await?.map_err(|_| not_understood)?;
    // On its own: when whoever asked goes away, what was begun is written to its end.
    let written = tokio::spawn(async move {
        let session = signed_in.session;
        let office = office(&app, session, &circle).await?;
        let held = office.holdings().await?;
        let rows = sent.beside(&held.now()).all().map_err(|_| Problem::BodyNotUnderstood(EXPECTED))?;
        let name = name_for(&asked.file, SystemClock.now(), &names(&held.records));
        let plan = plan(office.organisation.id, &rows, &held.now(), &name);
        if digest(&plan) != asked.plan {
            return Err(Problem::OtherThanShown);
        }
        let rows = plan.acts.len();
        if rows == 0 {
            return Ok(Written { name: String::new(), rows, left: 0 });
        }
        let author = (session.person.id, session.person.role);
        match office.write((&SystemClock, &OsRandomness), author, &held, plan.acts).await {
            Ok(()) => Ok(Written { name, rows, left: 0 }),
            Err(ExchangeError::PartWritten { written, left }) => Ok(Written { name, rows: written, left }),
            Err(why) => Err(why.into()),
        }
    });
    Ok(Json(written.await.map_err(Problem::trouble)??))
}
