//! `GET /mail/confirm`: the page behind the link in a mail that asks whose an address is. It is the same for everybody and confirms
//! nothing by being fetched, as programs that look through mail do; its button does.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

/// The page.
#[utoipa::path(
    get,
    path = "/mail/confirm",
    responses((status = 200, body = String, content_type = "text/html")),
    security(())
)]
pub async fn page() -> impl IntoResponse {
    file("text/html; charset=utf-8", include_str!("../../../pages/confirm_mail.html"))
}

/// What its button does.
#[utoipa::path(
    get,
    path = "/mail/confirm.js",
    responses((status = 200, body = String, content_type = "text/javascript")),
    security(())
)]
pub async fn script() -> impl IntoResponse {
    file("text/javascript; charset=utf-8", include_str!("../../../pages/confirm_mail.js"))
}

/// How it looks.
#[utoipa::path(
    get,
    path = "/mail/confirm.css",
    responses((status = 200, body = String, content_type = "text/css")),
    security(())
)]
pub async fn style() -> impl IntoResponse {
    file("text/css; charset=utf-8", include_str!("../../../pages/confirm_mail.css"))
}

fn file(media_type: &'static str, content: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-cache")], content)
}
