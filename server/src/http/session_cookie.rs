//! The cookie that holds a session's token: one for each person on a browser, told apart by their device.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::{Cookie, SameSite};
use opstap_core::DeviceId;

/// How long a browser keeps the cookie, in seconds: 400 days, the longest that browsers allow. The server decides how long it counts.
const KEPT: i64 = 400 * 86_400;

/// `__Host-` makes the browser keep it to this address alone. Browsers treat `http://127.0.0.1` and `http://localhost` as safe enough for it.
fn name(device: DeviceId) -> String {
    let device = device.to_string();
    format!("__Host-opstap-{}", device.get(..16).unwrap_or(&device))
}

fn cookie(device: DeviceId, token: &str, seconds: i64) -> Option<HeaderValue> {
    let cookie = Cookie::build((name(device), token))
        .path("/")
        .http_only(true)
        .secure(true)
        .same_site(SameSite::Strict)
        .max_age(cookie::time::Duration::seconds(seconds))
        .build();
    HeaderValue::from_str(&cookie.to_string()).ok()
}

/// The `Set-Cookie` that signs a device in.
#[must_use]
pub fn set(device: DeviceId, token: &str) -> Option<HeaderValue> {
    cookie(device, token, KEPT)
}

/// The `Set-Cookie` that takes the cookie away.
#[must_use]
pub fn clear(device: DeviceId) -> Option<HeaderValue> {
    cookie(device, "", 0)
}

/// The token that the browser sent for this device.
#[must_use]
pub fn token(headers: &HeaderMap, device: DeviceId) -> Option<String> {
    let name = name(device);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEM: DeviceId = DeviceId([0x51; 16]);
    const KARIN: DeviceId = DeviceId([0x52; 16]);

    #[test]
    fn two_people_on_one_browser_each_have_a_cookie() {
        let sent = "__Host-opstap-5151515151515151=abc; __Host-opstap-5252525252525252=def";
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static(sent))]);
        assert_eq!(token(&headers, SEM).as_deref(), Some("abc"));
        assert_eq!(token(&headers, KARIN).as_deref(), Some("def"));
        assert_eq!(token(&headers, DeviceId([0; 16])), None);
    }

    #[test]
    fn no_script_and_no_other_site_gets_at_the_cookie() {
        let header = set(SEM, "abc").unwrap();
        let header = header.to_str().unwrap();
        for word in ["__Host-opstap-5151515151515151=abc", "HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
            assert!(header.contains(word), "{header}");
        }
        assert!(clear(SEM).unwrap().to_str().unwrap().contains("Max-Age=0"));
    }
}
