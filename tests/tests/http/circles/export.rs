//! `GET /api/circles/{circle}/export.zip`: what goes in comes out, for who may have it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use opstap_core::record::DELETED;
use opstap_core::{CircleId, Record, RecordId, Value};
use opstap_server::export::VERSION;
use serde_json::Value as Json;
use zip::ZipArchive;

use crate::http::caller::Caller;
use crate::http::fhir::everything::{Everything, does};
use crate::http::photo::{address, jpeg, keep_as_result, name_of};

/// The files of an export, by name.
async fn files(who: &Caller, circle: CircleId) -> BTreeMap<String, Vec<u8>> {
    let reply = who.get(&format!("/api/circles/{circle}/export.zip")).await.expect(200);
    assert_eq!(reply.header("content-type"), Some("application/zip"));
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    let mut archive = ZipArchive::new(Cursor::new(reply.body.to_vec())).unwrap();
    let mut files = BTreeMap::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        assert!(files.insert(name.clone(), bytes).is_none(), "{name} twice");
    }
    files
}

fn json(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Json {
    serde_json::from_slice(&files[name]).unwrap()
}

/// The records of an export, by id.
fn records(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Json> {
    let of_kind = files.keys().filter(|name| name.starts_with("records/"));
    let all = of_kind.flat_map(|name| json(files, name).as_array().unwrap().clone());
    all.map(|record| (record["id"].as_str().unwrap().to_owned(), record)).collect()
}

/// What somebody's phone holds of the circle, without what was removed.
async fn held(who: &Caller, circle: CircleId) -> BTreeMap<String, Record> {
    let seen = who.sees().await;
    let of_it: BTreeMap<RecordId, Record> =
        seen.into_iter().filter(|((of, _), _)| *of == circle).map(|((_, id), record)| (id, record)).collect();
    let gone = |record: &Record| {
        let mut next = Some(record);
        while let Some(record) = next {
            if record.is_deleted() {
                return true;
            }
            next = record.parent.and_then(|parent| of_it.get(&parent));
        }
        false
    };
    of_it.values().filter(|record| !gone(record)).map(|record| (record.id.to_string(), record.clone())).collect()
}

#[tokio::test]
async fn lists_and_an_export_of_a_circle_hold_every_record_with_every_cell_and_a_photo_byte_for_byte() {
    let mut world = Everything::set().await;
    let circle = world.circle();
    let bytes = jpeg(120, 90, 7);
    world.sem.put(&address(circle, name_of(&bytes)), &bytes).await.expect(201);
    let photo = keep_as_result(&world.stage, &mut world.sem, &bytes).await.to_string();
    let task = world.task;
    does(&world.stage, &mut world.marloes, vec![opstap_core::model::set(task, DELETED, true)]).await;
    let (files, held) = (files(&world.sem, circle).await, held(&world.sem, circle).await);
    let told = records(&files);
    assert_eq!(told.keys().collect::<BTreeSet<_>>(), held.keys().collect::<BTreeSet<_>>());
    assert!(!told.contains_key(&task.to_string()), "what was removed stays out");
    for (id, record) in &held {
        let cells = told[id]["cells"].as_object().unwrap();
        for (name, cell) in record.cells.iter().filter(|(name, _)| name.as_ref() != "maker") {
            let found = cells.get(name.as_ref()).unwrap_or(&Json::Null);
            match &cell.value {
                Value::Nothing => assert!(found.is_null()),
                Value::Text(text) => assert_eq!(found, text.as_str(), "{id} {name}"),
                Value::Bool(yes) => assert!(found == yes || name == DELETED, "{id} {name}"),
                _ => assert!(!found.is_null(), "{id} {name}"),
            }
        }
        assert_eq!(told[id]["parent"].as_str().map(str::to_owned), record.parent.map(|parent| parent.to_string()));
    }
    let name = told[&photo]["cells"]["photo"]["file"].as_str().unwrap();
    assert!(name.ends_with(".jpg"), "{name}");
    assert_eq!(files[name], bytes);
    let about = json(&files, "export.json");
    assert_eq!((&about["format"], &about["version"]), (&"opstap-export".into(), &VERSION.into()));
    let people: Vec<&str> = about["people"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert!(["Sem", "Marloes", "Youssef"].iter().all(|name| people.contains(name)), "{about:#}");
    assert_eq!(about["files_not_here"], serde_json::json!([]));
    assert_eq!(about["records"].as_object().unwrap().values().filter_map(Json::as_u64).sum::<u64>(), held.len() as u64);
}

#[tokio::test]
async fn lists_stand_in_an_export_as_text_with_a_page_on_what_is_what_in_both_languages() {
    let world = Everything::set().await;
    let files = files(&world.sem, world.circle()).await;
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    assert!(text("lists/measurements.csv").contains(",financiën,3,"));
    assert!(text("lists/appointments.csv").contains("Bibliotheek"));
    assert!(text("LEESMIJ.txt").contains(&format!("opstap-export, versie {VERSION}.")));
    assert!(text("README.txt").contains(&format!("opstap-export, version {VERSION}.")));
    let goals = json(&files, "records/domain-goal.json");
    let goal = goals.as_array().unwrap().iter().find(|goal| goal["id"] == world.goal.to_string()).unwrap();
    assert_eq!((&goal["cells"]["aim"], &goal["cells"]["from"]), (&"progress".into(), &"2026-03-02".into()));
    assert_eq!(goal["made_by"], world.stage.person("Marloes").to_string());
}

#[tokio::test]
async fn lists_and_an_export_hold_nothing_that_whoever_takes_it_may_not_read() {
    let mut world = Everything::set().await;
    let circle = world.circle();
    let bytes = jpeg(120, 90, 7);
    world.sem.put(&address(circle, name_of(&bytes)), &bytes).await.expect(201);
    let photo = keep_as_result(&world.stage, &mut world.sem, &bytes).await.to_string();
    let of_marloes = files(&world.marloes, circle).await;
    let told = records(&of_marloes);
    let held = held(&world.marloes, circle).await;
    assert_eq!(told.keys().collect::<BTreeSet<_>>(), held.keys().collect::<BTreeSet<_>>());
    assert!(!told.contains_key(&photo), "his album is his own until he shows it");
    assert!(!of_marloes.values().any(|file| *file == bytes));
    let address = format!("/api/circles/{circle}/export.zip");
    for other in [&world.youssef, &world.coach] {
        let (status, code) =
            if other.device == world.coach.device { (404, "no-such-circle") } else { (403, "not-allowed") };
        other.get(&address).await.expect_problem(status, code);
    }
    world.stage.as_stranger().await.get(&address).await.expect_problem(404, "no-such-circle");
    world.stage.as_nobody().get(&address).await.expect_problem(401, "not-signed-in");
    for none in ["x".to_owned(), world.stage.library.to_string()] {
        world.sem.get(&format!("/api/circles/{none}/export.zip")).await.expect_problem(404, "no-such-circle");
    }
    let looked = world.sem.get(&format!("/api/deliveries/{circle}")).await.expect(200).json();
    let marloes = world.stage.person("Marloes").to_string();
    let sections: Vec<&str> = looked
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["person"] == marloes)
        .filter_map(|one| one["section"].as_str())
        .collect();
    assert!(sections.contains(&"goals") && sections.contains(&"measurements"), "{sections:?}");
}

#[tokio::test]
async fn lists_and_an_export_go_out_without_a_photo_that_has_not_come_yet_and_say_which() {
    let mut world = Everything::set().await;
    let bytes = jpeg(120, 90, 9);
    let photo = keep_as_result(&world.stage, &mut world.sem, &bytes).await.to_string();
    let files = files(&world.sem, world.circle()).await;
    let hash = name_of(&bytes).to_string();
    assert_eq!(json(&files, "export.json")["files_not_here"], serde_json::json!([hash]));
    let cell = &records(&files)[&photo]["cells"]["photo"];
    assert_eq!((&cell["file"], &cell["sha256"]), (&Json::Null, &hash.into()));
}
