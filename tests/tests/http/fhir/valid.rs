//! Every resource is what FHIR says it is, by a library that knows.

use std::collections::BTreeSet;

use fhir_sdk::r4b::resources::Resource;
use opstap_server::fhir::ResourceType;
use serde_json::Value;

use super::everything::Everything;
use crate::http::stage::Stage;

/// Reads a body as FHIR and writes it again: what the library does not know would be lost on the way.
#[track_caller]
fn survives(body: &Value) {
    let read = serde_json::from_value(body.clone()).map_err(|why| format!("{why}: {body:#}"));
    let read: Resource = read.unwrap();
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(normal(&written), normal(body));
}

/// Moments are written in more than one way.
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), normal(value))).collect())
        }
        Value::Array(all) => Value::Array(all.iter().map(normal).collect()),
        Value::String(text) if text.contains('T') && text.ends_with('Z') => {
            let seconds = text.trim_end_matches('Z');
            let plain =
                if seconds.contains('.') { seconds.trim_end_matches('0').trim_end_matches('.') } else { seconds };
            Value::String(plain.to_owned())
        }
        other => other.clone(),
    }
}

#[tokio::test]
async fn every_resource_of_a_circle_with_everything_is_read_by_a_fhir_library_and_survives_it() {
    let world = Everything::set().await;
    world.marloes.finds("Goal").await;
    let mut served = BTreeSet::new();
    for caller in [&world.sem, &world.marloes] {
        for of in ResourceType::ALL {
            for body in caller.finds(of.name()).await {
                assert_eq!(body["resourceType"], of.name());
                survives(&body);
                let id = body["id"].as_str().unwrap();
                assert!(id.len() <= 64 && id.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-.".contains(&sign)));
                served.insert(of);
            }
        }
    }
    assert_eq!(served, BTreeSet::from(ResourceType::ALL), "the circle has something of each");
}

#[tokio::test]
async fn a_resource_that_is_read_by_itself_is_the_one_that_a_search_finds() {
    let world = Everything::set().await;
    // What came on a day that is not over says until when it was counted.
    for of in ResourceType::ALL.into_iter().filter(|of| *of != ResourceType::AuditEvent) {
        for body in world.sem.finds(&format!("{}?_count=1", of.name())).await.iter().take(3) {
            let address = format!("/fhir/{}/{}", of.name(), body["id"].as_str().unwrap());
            assert_eq!(world.sem.get(&address).await.expect_fhir(200), *body);
        }
    }
    let event = &world.sem.finds("AuditEvent").await[0];
    let address = format!("/fhir/AuditEvent/{}", event["id"].as_str().unwrap());
    assert_eq!(world.sem.get(&address).await.expect_fhir(200)["entity"], event["entity"]);
}

#[tokio::test]
async fn bundles_outcomes_and_the_statement_are_fhir_too() {
    let world = Everything::set().await;
    survives(&world.marloes.get("/fhir/Goal?_count=1").await.expect_fhir(200));
    survives(&world.marloes.get("/fhir/Goal?status=active").await.expect_outcome(400, "invalid"));
    survives(&world.stage.as_nobody().get("/fhir/metadata").await.expect_fhir(200));
}

#[tokio::test]
async fn the_statement_lists_exactly_what_is_served() {
    let stage = Stage::set().await;
    let statement = stage.as_nobody().get("/fhir/metadata").await.expect_fhir(200);
    assert_eq!((&statement["fhirVersion"], &statement["kind"]), (&"4.0.1".into(), &"instance".into()));
    let sem = stage.as_client().await;
    let listed = statement["rest"][0]["resource"].as_array().unwrap();
    let names: Vec<&str> = listed.iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(names, ResourceType::ALL.map(ResourceType::name));
    for one in listed {
        let name = one["type"].as_str().unwrap();
        let known: Vec<&str> =
            one["searchParam"].as_array().unwrap().iter().map(|known| known["name"].as_str().unwrap()).collect();
        for parameter in
            ["patient", "date", "start-date", "authored", "period", "_id", "_lastUpdated", "status", "code"]
        {
            let value = if parameter == "patient" || parameter == "_id" { "x" } else { "ge2026" };
            let status = sem.get(&format!("/fhir/{name}?{parameter}={value}")).await.status.as_u16();
            assert_eq!(status == 200, known.contains(&parameter), "{name}?{parameter}: {status}");
        }
    }
    for other in ["Encounter", "Group", "goal", "Bundle"] {
        sem.get(&format!("/fhir/{other}")).await.expect_outcome(404, "not-found");
    }
}
