//! `GET /api/openapi.json`: the description says what is served and nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use axum::body::Body;
use axum::http::Method;
use serde_json::Value;

use crate::http::caller::Caller;
use crate::http::stage::Stage;

const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH];

async fn description(stage: &Stage) -> Value {
    let reply = stage.as_nobody().get("/api/openapi.json").await.expect(200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
    reply.json()
}

/// An address with something in the place of each part that stands for something.
fn address(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn status(caller: &Caller, method: &Method, path: &str) -> u16 {
    let request = caller.request(method.clone(), &address(path)).body(Body::empty()).unwrap();
    caller.open_with(request).await.status().as_u16()
}

#[tokio::test]
async fn it_is_openapi_3_1_of_this_version() {
    let stage = Stage::set().await;
    let text = stage.as_nobody().get("/api/openapi.json").await.expect(200);
    let read = oas3::from_json(std::str::from_utf8(&text.body).unwrap()).unwrap();
    assert_eq!((read.openapi.as_str(), read.info.version.as_str()), ("3.1.0", env!("CARGO_PKG_VERSION")));
    let mut names = BTreeSet::new();
    for (path, method, operation) in read.operations() {
        let name = operation.operation_id.clone().unwrap();
        assert!(names.insert(name), "{method} {path} has the name of another");
        assert!(operation.summary.is_some(), "{method} {path} says nothing of itself");
        assert!(operation.responses.as_ref().unwrap().contains_key("default"));
        let parts = path.split('/').filter(|part| part.starts_with('{')).count();
        let told = operation.parameters(&read).unwrap();
        let told = told.iter().filter(|one| one.location == oas3::spec::ParameterIn::Path).count();
        assert_eq!(parts, told, "{method} {path}");
    }
    assert!(names.len() > 40, "{names:?}");
}

#[tokio::test]
async fn everything_it_leads_to_is_in_it() {
    let whole = description(&Stage::set().await).await;
    let mut to_visit = vec![&whole];
    let mut found = 0;
    while let Some(value) = to_visit.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref") {
                    let pointer = to.strip_prefix('#').unwrap();
                    assert!(whole.pointer(pointer).is_some(), "{to}");
                    found += 1;
                }
                to_visit.extend(members.values());
            }
            Value::Array(all) => to_visit.extend(all),
            _ => {}
        }
    }
    assert!(found > 40);
}

#[tokio::test]
async fn every_route_is_in_it_with_its_methods_and_nothing_else() {
    let stage = Stage::set().await;
    let nobody = stage.as_nobody();
    let whole = description(&stage).await;
    for (path, told) in whole["paths"].as_object().unwrap() {
        for method in &METHODS {
            let status = status(&nobody, method, path).await;
            let operation = told.get(method.as_str().to_lowercase());
            assert_eq!(status == 405, operation.is_none(), "{method} {path}: {status}");
            let Some(operation) = operation else { continue };
            assert_ne!(status, 404, "{method} {path} is not served");
            let is_open = operation["security"] == serde_json::json!([{}]);
            assert_eq!(status == 401, !is_open, "{method} {path}: {status}");
        }
    }
    // What is no described route of the router is there for addresses that lead nowhere, or is the app.
    let router = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src/http/router.rs");
    let router = std::fs::read_to_string(router).unwrap();
    let plain = router.lines().filter(|line| line.contains(".route(") || line.contains(".route_service("));
    let led: Vec<&str> = plain.map(|line| line.split('"').nth(1).unwrap()).collect();
    assert_eq!(led, ["/api", "/api/{*rest}"]);
    for nowhere in ["/api", "/api/x", "/api/me/x", "/fhir", "/fhir/x/y/z"] {
        assert_eq!(status(&nobody, &Method::GET, nowhere).await, 404, "{nowhere}");
    }
}

#[tokio::test]
async fn the_round_trip_is_bytes_that_the_page_on_the_protocol_describes() {
    let whole = description(&Stage::set().await).await;
    let sync = &whole["paths"]["/api/sync"]["post"];
    let media = opstap_core::protocol::MEDIA_TYPE;
    assert!(
        sync["requestBody"]["content"].get(media).is_some() && sync["responses"]["200"]["content"].get(media).is_some()
    );
    assert!(sync["description"].as_str().unwrap().contains("(docs/protocol.md)"));
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/protocol.md").exists());
}
