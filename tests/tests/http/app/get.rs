//! `GET /…`: the app, whichever is compiled in.

use axum::body::Body;
use axum::http::Method;

use crate::http::stage::Stage;

#[tokio::test]
async fn every_address_of_the_app_gets_the_page_of_its_bundle() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    let tag = async |path: &str| {
        let reply = nobody.get(path).await.expect(200);
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-cache"), "{path}");
        reply.header("etag").unwrap().to_owned()
    };
    for (page, paths) in [
        ("/companion.html", ["/", "/pair", "/plan/0192", "/desktop", "/supporter"].as_slice()),
        ("/supporter.html", &["/support", "/support/pair", "/support/circle/0192"]),
        ("/way.html", &["/way", "/way/0192/go", "/way/guide/tour"]),
        ("/desk.html", &["/desk", "/desk/pair", "/desk/circle/0192"]),
        ("/programme.html", &["/desk/programme", "/desk/programme/figures"]),
        ("/guidance.html", &["/desk/guidance/goals/0192"]),
    ] {
        let page = tag(page).await;
        for path in paths {
            assert_eq!(tag(path).await, page, "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_that_a_browser_has_is_not_sent_again() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    let first = nobody.get("/").await.expect(200);
    let again = nobody.request(Method::GET, "/").header("if-none-match", first.header("etag").unwrap());
    let again = nobody.send(again.body(Body::empty()).unwrap()).await.expect(304);
    assert!(again.body.is_empty());
    assert_eq!(again.header("vary"), Some("accept-encoding"));
}

#[tokio::test]
async fn a_file_that_is_not_there_is_no_page() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    nobody.get("/companion-00000000.js").await.expect_problem(404, "no-such-address");
    nobody.get("/../Cargo.toml").await.expect_problem(404, "no-such-address");
}

#[tokio::test]
async fn a_head_has_the_headers_and_no_body() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    let whole = nobody.get("/").await.expect(200);
    let head = nobody.send(nobody.request(Method::HEAD, "/").body(Body::empty()).unwrap()).await.expect(200);
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), Some(whole.body.len().to_string().as_str()));
}
