//! Who asks: the session behind the cookie of the device that the request names. A handler without one of these is visibly public.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Query};
use axum::http::HeaderName;
use axum::http::request::Parts;
use opstap_core::DeviceId;
use opstap_sync_server::service::Session;
use serde::Deserialize;

use crate::http::error::Problem;
use crate::http::session_cookie;
use crate::http::state::App;

/// The header by which a request names the device that was paired: several people may share a browser, each with a cookie.
pub const DEVICE: HeaderName = HeaderName::from_static("opstap-device");

/// Somebody whose session is in force.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Their session.
    pub session: Session,
    /// The device by which the cookie is named.
    pub paired: DeviceId,
    /// The token in the cookie.
    pub token: Token,
}

/// Somebody with a session, in force or ended by another: the ended one may still hand in what it has.
#[derive(Debug, Clone)]
pub struct HandsIn {
    /// The session; it says whether it was ended.
    pub session: Session,
}

/// A session's token, kept out of debug output.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The characters.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let (session, paired, token) = find(parts, app).await?;
        if session.revoked {
            return Err(Problem::NotSignedIn);
        }
        Ok(Self { session, paired, token })
    }
}

impl FromRequestParts<App> for HandsIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let (session, _, _) = find(parts, app).await?;
        Ok(Self { session })
    }
}

/// An `EventSource` cannot set headers, so it names the device in its address. An id of a device is no secret.
#[derive(Deserialize)]
struct InAddress {
    device: String,
}

async fn find(parts: &mut Parts, app: &App) -> Result<(Session, DeviceId, Token), Problem> {
    let named = match parts.headers.get(DEVICE) {
        Some(header) => header.to_str().ok().and_then(|text| text.parse().ok()),
        None => Query::<InAddress>::try_from_uri(&parts.uri).ok().and_then(|query| query.device.parse().ok()),
    };
    let device: DeviceId = named.ok_or(Problem::DeviceNotNamed)?;
    let token = session_cookie::token(&parts.headers, device).ok_or(Problem::NotSignedIn)?;
    let session = app.service.session(&token).await?.ok_or(Problem::NotSignedIn)?;
    Ok((session, device, Token(token)))
}

/// The address of the visitor, for counting tries.
#[derive(Debug, Clone, Copy)]
pub struct Visitor(pub IpAddr);

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let forwarded = forwarded.filter(|_| app.behind_proxy).and_then(|value| value.to_str().ok());
        // The last entry is our own proxy's word; those before it are the visitor's.
        let by_proxy = forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
        let by_connection = || parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self(by_proxy.or_else(by_connection).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))))
    }
}
