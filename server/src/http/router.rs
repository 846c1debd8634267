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
use axum::routing::any;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use tower_http::map_request_body::MapRequestBodyLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::{DefaultOnFailure, TraceLayer};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::error::Problem;
use crate::http::origin::same_origin;
use crate::http::request_id::{self, RandomRequestId};
use crate::http::state::App;
use crate::http::{
    app, blobs, calendar, circles, deliveries, devices, fhir, health, history, instruments, invitations, let_go, lists,
    live, mail, me, openapi, pair, people, phones, programme, protection, push, quarantine, reports, sign_out, stops,
    sync, watching,
};

/// How long anything but a blob or a live stream may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The largest JSON body.
const MOST_JSON: usize = 16 * 1_024;

/// Builds the whole server over these parts.
pub fn router(app: App) -> Router {
    let most_sync = usize::try_from(app.limits.most_sync_bytes).unwrap_or(usize::MAX);
    let (described, _) = routes(most_sync).split_for_parts();
    described
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

/// What the routes say of themselves.
#[must_use]
pub fn described() -> OpenApi {
    routes(usize::MAX).split_for_parts().1
}

/// Everything that is served but the app itself: each route with its description.
fn routes(most_sync: usize) -> OpenApiRouter<App> {
    // The limit stands behind the unpacking: a small gzip can hold a very large body.
    let sync =
        OpenApiRouter::default().routes(routes!(sync::post::post)).layer(DefaultBodyLimit::max(most_sync)).layer(
            ServiceBuilder::new().layer(RequestDecompressionLayer::new()).layer(MapRequestBodyLayer::new(Body::new)),
        );
    let imports = OpenApiRouter::default()
        .routes(routes!(programme::list::get, programme::import::post))
        .routes(routes!(programme::check::post))
        .routes(routes!(programme::undo::delete))
        .layer(DefaultBodyLimit::max(programme::MOST_FILE));
    let short = short()
        .layer(DefaultBodyLimit::max(MOST_JSON))
        .merge(sync)
        .merge(imports)
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE));
    let long = OpenApiRouter::default()
        .routes(routes!(blobs::get::get, blobs::put::put))
        .routes(routes!(circles::export::get))
        .routes(routes!(live::get::get));
    short.merge(long)
}

/// What is answered at once, out of small bodies.
fn short() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(pair::post::post))
        .routes(routes!(me::get::get))
        .routes(routes!(sign_out::post::post))
        .routes(routes!(health::get::get))
        .routes(routes!(devices::get::get))
        .routes(routes!(devices::delete::delete))
        .routes(routes!(circles::post::post))
        .routes(routes!(people::post::post))
        .routes(routes!(invitations::post::post))
        .routes(routes!(history::get::get))
        .routes(routes!(deliveries::get::get))
        .routes(routes!(let_go::get::get))
        .routes(routes!(phones::get::get))
        .routes(routes!(quarantine::list::list))
        .routes(routes!(quarantine::get::get))
        .routes(routes!(quarantine::post::post))
        .routes(routes!(lists::get::get))
        .routes(routes!(reports::get::get))
        .routes(routes!(programme::about::get))
        .routes(routes!(programme::export::get))
        .routes(routes!(programme::report::get))
        .routes(routes!(stops::get::get))
        .routes(routes!(instruments::get::get))
        .routes(routes!(push::put::put, push::delete::delete))
        .routes(routes!(push::key::get))
        .routes(routes!(mail::get::get, mail::put::put, mail::delete::delete))
        .routes(routes!(mail::digest::put))
        .routes(routes!(mail::confirm::post))
        .routes(routes!(mail::page::page))
        .routes(routes!(mail::page::script))
        .routes(routes!(mail::page::style))
        .routes(routes!(watching::put::put, watching::delete::delete))
        .routes(routes!(calendar::get::get))
        .routes(routes!(openapi::get::get))
        .routes(routes!(fhir::metadata::get))
        .routes(routes!(fhir::search::get))
        .routes(routes!(fhir::read::get))
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
    let in_fhir = fhir::serves(request.uri().path());
    let response = next.run(request).await;
    let ours = response.headers().get(CONTENT_TYPE).is_some_and(|media| media == "application/problem+json");
    let mut response = match response.status() {
        StatusCode::SERVICE_UNAVAILABLE if !ours => Problem::Busy.into_response(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE if !ours => Problem::UnknownPacking.into_response(),
        _ => response,
    };
    if in_fhir {
        response = fhir::outcome::in_place_of(response);
    }
    response.headers_mut().extend(protecting);
    response
}

/// A mistake of ours is one request's problem, not the server's end.
fn after_panic(_what: Box<dyn Any + Send>) -> Response {
    Problem::trouble("a handler panicked").into_response()
}
