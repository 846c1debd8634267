//! `POST /api/invitations`: a professional lets a member of the circle sign a device in, with a link that works once.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use opstap_sync_server::ServiceError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::error::Problem;
use crate::http::signed_in::SignedIn;
use crate::http::state::{App, LiveService};
use crate::inviting::{self, Inviting};
use crate::links;

const EXPECTED: &str = "JSON with circle and person, each an id of 32 hexadecimal digits";

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[schema(as = Inviting)]
pub struct Body {
    circle: String,
    person: String,
}

/// The invitation, to show on the screen and nowhere else.
#[derive(Serialize, ToSchema)]
pub struct Invited {
    /// To type; none for whoever comes by the link alone.
    code: Option<String>,
    /// To open.
    link: String,
    /// The link as a QR code, to scan; none where it is too long for one.
    qr: Option<links::Drawing>,
    /// From when it no longer works, in milliseconds since 1970.
    expires: u64,
}

/// Makes an invitation that works for ten minutes; for a neighbourhood coach a link that works for a week.
#[utoipa::path(
    post,
    path = "/api/invitations",
    request_body = Body,
    responses((status = 201, body = Invited))
)]
pub async fn post(
    State(app): State<App>,
    signed_in: SignedIn,
    body: Result<Json<Body>, JsonRejection>,
) -> Result<(StatusCode, Json<Invited>), Problem> {
    let not_understood = Problem::BodyNotUnderstood(EXPECTED);
    let Json(body) = body.map_err(|_| not_understood.clone())?;
    let circle = body.circle.parse().map_err(|_| not_understood.clone())?;
    let person = body.person.parse().map_err(|_| not_understood)?;
    let decided = inviting::decide(app.service.storage(), signed_in.session, circle, person).await;
    let invited = match decided.map_err(ServiceError::from)? {
        Inviting::Allowed(invited) => invited,
        Inviting::NotTheirs => return Err(Problem::NotAllowed),
        Inviting::NoSuchCircle => return Err(Problem::NoSuchCircle),
        Inviting::NoSuchPerson => return Err(Problem::NoSuchPerson),
    };
    let bundle = links::bundle_of(app.service.storage(), invited).await.map_err(ServiceError::from)?;
    let by_link = links::comes_by_link(app.service.storage(), invited).await.map_err(ServiceError::from)?;
    let invitation = if by_link {
        app.service.invite_by_link(invited.id).await?
    } else {
        app.service.invite(invited.id, LiveService::PAIRING_VALID).await?
    };
    let link = links::address(&app.link_base, bundle, &invitation.long);
    let code = (!by_link).then(|| invitation.short.in_halves());
    let answer = Invited { code, qr: links::drawing(&link), link, expires: invitation.expires.0 };
    Ok((StatusCode::CREATED, Json(answer)))
}
