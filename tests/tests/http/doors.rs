//! What holds for every route: who gets in, what browsers are told, which words an answer has.

use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;

use super::photo::{address, jpeg, name_of};
use super::stage::Stage;

/// Every route that is not for everybody.
fn closed(stage: &Stage) -> Vec<(Method, String)> {
    let blob = address(stage.circle, name_of(&jpeg(4, 4, 0)));
    let watching = format!("/api/watching/{}/{}", stage.circle, stage.circle);
    let programme = ["rows/csv", "report/txt", "imports", "imports/check", "imports/x"]
        .map(|below| format!("/api/programme/{}/{below}", stage.circle));
    let [rows, report, imports, check, import] = programme;
    let about = format!("/api/programme/{}", stage.circle);
    let export = format!("/api/circles/{}/export.zip", stage.circle);
    let device = format!("/api/devices/{}", stage.new_device());
    let of_circle =
        ["quarantine", "deliveries", "let-go", "history"].map(|noun| format!("/api/{noun}/{}", stage.circle));
    let [quarantine, deliveries, let_go, history] = of_circle;
    let (ruling, history) = (format!("{quarantine}/{}/1", stage.new_device()), format!("{history}/{}", stage.circle));
    [
        (Method::POST, "/api/sync"),
        (Method::GET, &blob),
        (Method::HEAD, &blob),
        (Method::PUT, &blob),
        (Method::GET, "/api/live"),
        (Method::GET, "/api/me"),
        (Method::GET, "/api/lists/hours.csv"),
        (Method::GET, &export),
        (Method::GET, "/api/devices"),
        (Method::DELETE, &device),
        (Method::POST, "/api/invitations"),
        (Method::POST, "/api/sign-out"),
        (Method::GET, &history),
        (Method::GET, &deliveries),
        (Method::GET, &let_go),
        (Method::PUT, "/api/push"),
        (Method::DELETE, "/api/push"),
        (Method::GET, "/api/push/key"),
        (Method::GET, "/api/mail"),
        (Method::PUT, "/api/mail"),
        (Method::DELETE, "/api/mail"),
        (Method::PUT, &watching),
        (Method::DELETE, &watching),
        (Method::GET, "/api/quarantine"),
        (Method::GET, &quarantine),
        (Method::POST, &ruling),
        (Method::GET, &about),
        (Method::GET, &rows),
        (Method::GET, &report),
        (Method::GET, &imports),
        (Method::POST, &imports),
        (Method::POST, &check),
        (Method::DELETE, &import),
    ]
    .map(|(method, path)| (method, path.to_owned()))
    .to_vec()
}

#[tokio::test]
async fn nobody_gets_in_without_a_session() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    for (method, path) in closed(&stage) {
        let reply = nobody.send(nobody.request(method.clone(), &path).body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, 401, "{method} {path}");
        if method != Method::HEAD {
            reply.expect_problem(401, "not-signed-in");
        }
    }
}

#[tokio::test]
async fn a_cookie_of_one_device_is_no_key_to_another() {
    let stage = Stage::set().await;
    let mut sem = stage.as_client().await;
    sem.device = stage.new_device();
    sem.get("/api/me").await.expect_problem(401, "not-signed-in");
}

#[tokio::test]
async fn a_request_that_does_not_name_its_device_is_told_so() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    for named in [None, Some("sem"), Some("é")] {
        let mut request = Request::builder().uri("/api/me").header("cookie", sem.cookie.clone().unwrap());
        if let Some(device) = named {
            request = request.header("opstap-device", device);
        }
        sem.send(request.body(Body::empty()).unwrap()).await.expect_problem(400, "device-not-named");
    }
}

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    for (header, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://elsewhere.example")] {
        let request = sem.request(Method::POST, "/api/sign-out").header("host", "opstap.test").header(header, value);
        sem.send(request.body(Body::empty()).unwrap()).await.expect_problem(403, "other-origin");
    }
    sem.get("/api/me").await.expect(200);
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_not_to_allow() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    for path in ["/api/health", "/api/me", "/api/nothing"] {
        let reply = sem.get(path).await;
        for (name, value) in [
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path}");
        }
        assert_eq!(reply.header("x-request-id").unwrap().len(), 16, "{path}");
    }
    for path in ["/", "/missing.js", "/desk", "/apian", "/mail/confirm"] {
        let reply = sem.get(path).await;
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path}");
        }
        assert!(reply.header("permissions-policy").is_some(), "{path}");
        assert_eq!(reply.header("x-request-id").unwrap().len(), 16, "{path}");
    }
}

#[tokio::test]
async fn an_address_under_api_that_is_none_is_a_problem_and_no_page() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    nobody.get("/api").await.expect_problem(404, "no-such-address");
    nobody.get("/api/nothing").await.expect_problem(404, "no-such-address");
    nobody.get("/api/pair").await.expect_problem(405, "method-not-allowed");
    nobody.post("/desk", &json!({})).await.expect_problem(405, "method-not-allowed");
}
