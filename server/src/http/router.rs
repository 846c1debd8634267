//! Every route of the server, in one place.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, delete, get, post, put};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::map_request_body::MapRequestBodyLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::{DefaultOnFailure, TraceLayer};

use crate::http::error::Problem;
use crate::http::origin::same_origin;
use crate::http::request_id::{self, RandomRequestId};
use crate::http::state::App;
use crate::http::{
    app, blobs, circles, deliveries, devices, health, history, invitations, let_go, live, mail, me, pair, people,
    programme, protection, push, quarantine, sign_out, stops, sync, watching,
};

/// How long anything but a blob or a live stream may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The largest JSON body.
const MOST_JSON: usize = 16 * 1_024;

/// Builds the whole server over these parts.
pub fn router(app: App) -> Router {
    let most_sync = usize::try_from(app.limits.most_sync_bytes).unwrap_or(usize::MAX);
    // The limit stands behind the unpacking: a small gzip can hold a very large body.
    let sync = Router::new().route("/api/sync", post(sync::post::post)).layer(DefaultBodyLimit::max(most_sync)).layer(
        ServiceBuilder::new().layer(RequestDecompressionLayer::new()).layer(MapRequestBodyLayer::new(Body::new)),
    );
    let imports = Router::new()
        .route("/api/programme/{circle}/imports", get(programme::list::get).post(programme::import::post))
        .route("/api/programme/{circle}/imports/check", post(programme::check::post))
        .route("/api/programme/{circle}/imports/{name}", delete(programme::undo::delete))
        .layer(DefaultBodyLimit::max(programme::MOST_FILE));
    let short = Router::new()
        .route("/api/pair", post(pair::post::post))
        .route("/api/me", get(me::get::get))
        .route("/api/sign-out", post(sign_out::post::post))
        .route("/api/health", get(health::get::get))
        .route("/api/devices", get(devices::get::get))
        .route("/api/devices/{device}", delete(devices::delete::delete))
        .route("/api/circles", post(circles::post::post))
        .route("/api/people", post(people::post::post))
        .route("/api/invitations", post(invitations::post::post))
        .route("/api/history/{circle}/{record}", get(history::get::get))
        .route("/api/deliveries/{circle}", get(deliveries::get::get))
        .route("/api/let-go/{circle}", get(let_go::get::get))
        .route("/api/quarantine", get(quarantine::list::list))
        .route("/api/quarantine/{circle}", get(quarantine::get::get))
        .route("/api/quarantine/{circle}/{device}/{n}", post(quarantine::post::post))
        .route("/api/programme/{circle}", get(programme::about::get))
        .route("/api/programme/{circle}/rows/{form}", get(programme::export::get))
        .route("/api/programme/{circle}/report/{form}", get(programme::report::get))
        .route("/api/stops", get(stops::get::get))
        .route("/api/push", put(push::put::put).delete(push::delete::delete))
        .route("/api/push/key", get(push::key::get))
        .route("/api/mail", get(mail::get::get).put(mail::put::put).delete(mail::delete::delete))
        .route("/api/mail/confirm", post(mail::confirm::post))
        .route("/mail/confirm", get(mail::page::page))
        .route("/mail/confirm.js", get(mail::page::script))
        .route("/mail/confirm.css", get(mail::page::style))
        .route("/api/watching/{circle}/{run}", put(watching::put::put).delete(watching::delete::delete))
        .layer(DefaultBodyLimit::max(MOST_JSON))
        .merge(sync)
        .merge(imports)
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE));
    let long = Router::new()
        .route("/api/blobs/{circle}/{hash}", get(blobs::get::get).put(blobs::put::put))
        .route("/api/live", get(live::get::get));
    Router::new()
        .merge(short)
        .merge(long)
        .route("/api", any(no_such_address))
        .route("/api/{*rest}", any(no_such_address))
        .fallback(app::get::get)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), same_origin))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn(finish))
        .layer(PropagateRequestIdLayer::new(request_id::HEADER))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_response(note)
                .on_failure(DefaultOnFailure::new().level(tracing::Level::WARN)),
        )
        .layer(SetRequestIdLayer::new(request_id::HEADER, RandomRequestId))
        .with_state(app)
}

/// What the log says of a request: the route it took, never the query nor who asked.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("app", MatchedPath::as_str);
    let id = request.headers().get(request_id::HEADER).and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), route)
}

/// Notes an answer. Those without trouble are for whoever looks for something: a page alone is a dozen of them.
fn note<B>(response: &axum::http::Response<B>, took: Duration, _span: &tracing::Span) {
    let (status, millis) = (response.status(), took.as_millis());
    if status.is_client_error() || status.is_server_error() {
        tracing::info!(status = status.as_u16(), millis, "answered");
    } else {
        tracing::debug!(status = status.as_u16(), millis, "answered");
    }
}

async fn no_such_address() -> Problem {
    Problem::NoSuchAddress
}

async fn method_not_allowed() -> Problem {
    Problem::MethodNotAllowed
}

/// Puts the protecting headers on an answer, and our words in place of those of the layers, which know no problem details.
async fn finish(request: Request, next: Next) -> Response {
    let protecting = protection::headers(request.uri().path());
    let response = next.run(request).await;
    let ours = response.headers().get(CONTENT_TYPE).is_some_and(|media| media == "application/problem+json");
    let mut response = match response.status() {
        StatusCode::SERVICE_UNAVAILABLE if !ours => Problem::Busy.into_response(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE if !ours => Problem::UnknownPacking.into_response(),
        _ => response,
    };
    response.headers_mut().extend(protecting);
    response
}

/// A mistake of ours is one request's problem, not the server's end.
fn after_panic(_what: Box<dyn Any + Send>) -> Response {
    Problem::trouble("a handler panicked").into_response()
}
