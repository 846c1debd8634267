//! `POST /api/circles`: a professional opens the circle of a new client. The device makes the circle's id, so that asking again opens no
//! second one.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use opstap_sync_server::service::Opened;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::App;

const EXPECTED: &str = "JSON with circle, an id of 32 hexadecimal digits, and name, of 1 to 100 characters";

/// Which circle, and who the client is.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewCircle)]
pub struct Body {
    circle: String,
    name: String,
}

/// The account of the client.
#[derive(Serialize, ToSchema)]
pub struct Client {
    person: String,
}

/// Opens it.
#[utoipa::path(
    post,
    path = "/api/circles",
    request_body = Body,
    responses((status = 201, body = Client))
)]
pub async fn post(
    State(app): State<App>,
    signed_in: SignedIn,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<(StatusCode, Json<Client>), Problem> {
    let not_understood = Problem::BodyNotUnderstood(EXPECTED);
    let Json(body) = body.map_err(|_| not_understood.clone())?;
    let circle = body.circle.parse().map_err(|_| not_understood.clone())?;
    match app.service.open_circle(signed_in.session, circle, &body.name).await? {
        Opened::Person(person) => Ok((StatusCode::CREATED, Json(Client { person: person.to_string() }))),
        Opened::NotTheirs => Err(Problem::NotAllowed),
        Opened::Taken => Err(Problem::IdTaken),
        Opened::NoName => Err(not_understood),
    }
}
