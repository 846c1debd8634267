//! What resources say, and by what they are found.

use serde_json::{Value, json};

use super::everything::{Everything, FIRST, SECOND, marloes_plan};

#[tokio::test]
async fn searches_by_patient_and_date_find_what_is_of_them() {
    let world = Everything::set().await;
    let sem = world.stage.person("Sem");
    let many = async |query: &str| world.marloes.finds(query).await.len();
    assert_eq!(many("QuestionnaireResponse").await, 2);
    for (query, expected) in [
        (format!("patient={sem}"), 2),
        (format!("patient=Patient/{sem}&date={FIRST}"), 1),
        (format!("patient={}", world.stage.person("Youssef")), 0),
        (format!("date=ge{FIRST}&date=lt{SECOND}"), 1),
        (format!("date=gt{FIRST}"), 1),
        ("authored=le2026-03".to_owned(), 1),
        ("date=2026".to_owned(), 2),
        ("date=lt2026-03-02".to_owned(), 0),
        ("_lastUpdated=gt2026-01-01".to_owned(), 2),
        ("_lastUpdated=lt2026-01-01".to_owned(), 0),
        (format!("_id={}", world.measurement), 1),
    ] {
        assert_eq!(many(&format!("QuestionnaireResponse?{query}")).await, expected, "{query}");
    }
    assert_eq!(many("Appointment?date=ge2026-09-07T10:30Z&date=le2026-09-07T10:30Z").await, 1, "it lasts into it");
    assert_eq!(many("Goal?start-date=le2026-03-02").await, 2);
    assert_eq!(many("Goal?date=gt2027").await, 1, "one was let go of, one goes on");
}

#[tokio::test]
async fn a_search_comes_page_by_page_and_says_how_many_there_are() {
    let world = Everything::set().await;
    let whole = world.marloes.finds("Observation").await;
    assert_eq!(world.marloes.finds("Observation?_count=2").await, whole);
    let page = world.marloes.get("/fhir/Observation?_count=2").await.expect_fhir(200);
    assert_eq!((page["total"].as_u64(), page["entry"].as_array().unwrap().len()), (Some(whole.len() as u64), 2));
    assert_eq!(page["link"][0]["url"], "http://opstap.test/fhir/Observation?_count=2");
    let first = &page["entry"][0];
    let id = first["resource"]["id"].as_str().unwrap();
    assert_eq!(first["fullUrl"], format!("http://opstap.test/fhir/Observation/{id}"));
}

#[tokio::test]
async fn a_goal_a_level_and_its_list_lead_to_one_another() {
    let world = Everything::set().await;
    let sem = format!("Patient/{}", world.stage.person("Sem"));
    let goal = world.marloes.get(&format!("/fhir/Goal/{}", world.goal)).await.expect_fhir(200);
    assert_eq!(goal["subject"], json!({ "reference": sem, "type": "Patient", "display": "Sem" }));
    assert_eq!(
        (&goal["description"]["text"], &goal["startDate"]),
        (&"Zelf mijn rekeningen betalen".into(), &FIRST.into())
    );
    assert_eq!(goal["extension"][0]["valueCodeableConcept"]["coding"][0]["code"], "progress");
    assert_eq!(goal["category"][0]["text"], "financiën");
    let response =
        world.marloes.get(&format!("/fhir/QuestionnaireResponse/{}", world.measurement)).await.expect_fhir(200);
    let answered = &response["item"][0];
    let finances = if answered["linkId"] == "finances" { answered } else { &response["item"][1] };
    assert_eq!(finances["answer"][0]["valueCoding"]["code"], "2");
    let level = world.marloes.finds_one(&format!("Observation?date={FIRST}"), "/code/text", "financiën").await;
    assert_eq!(level["valueCodeableConcept"]["coding"][0]["display"], "niet zelfredzaam");
    assert_eq!(level["derivedFrom"][0]["reference"], format!("QuestionnaireResponse/{}", world.measurement));
    let list = world.marloes.get("/fhir/Questionnaire/zrm.1").await.expect_fhir(200);
    assert_eq!((&list["url"], list["item"].as_array().unwrap().len()), (&response["questionnaire"], 11));
    assert!(!list.to_string().contains("ordinal"), "levels are not to be added up");
    let plan = &world.marloes.finds("CarePlan").await[0];
    let goals: Vec<&Value> = plan["goal"].as_array().unwrap().iter().map(|goal| &goal["reference"]).collect();
    assert!(goals.contains(&&format!("Goal/{}", world.goal).into()));
}

#[tokio::test]
async fn a_plan_is_an_activity_with_its_steps_and_the_clients_task_has_the_shape_of_koppeltaal() {
    let world = Everything::set().await;
    let (plan, _) = marloes_plan(&world.stage, &world.marloes).await;
    let activity = world.marloes.get(&format!("/fhir/ActivityDefinition/{plan}")).await.expect_fhir(200);
    assert_eq!((&activity["title"], &activity["status"]), (&"Opstaan".into(), &"active".into()));
    assert_eq!(activity["description"].as_str().unwrap().lines().count(), 8);
    assert_eq!(activity["meta"].get("profile"), None, "the endpoint that KT2_ActivityDefinition demands is not there");
    let task = world.sem.get(&format!("/fhir/Task/{plan}")).await.expect_fhir(200);
    assert_eq!(task["meta"]["profile"], json!(["http://koppeltaal.nl/fhir/StructureDefinition/KT2Task"]));
    assert_eq!(task["extension"][0]["valueReference"]["reference"], format!("ActivityDefinition/{plan}"));
    assert_eq!((&task["priority"], &task["owner"]["type"]), (&"routine".into(), &"Patient".into()));
    assert!(task["identifier"][0]["value"].as_str().unwrap().starts_with("urn:uuid:"));
    let other = world.sem.get(&format!("/fhir/Task/{}", world.task)).await.expect_fhir(200);
    assert_eq!((&other["status"], &other["owner"]["type"]), (&"requested".into(), &"CareTeam".into()));
    assert_eq!(other["executionPeriod"]["end"], SECOND);
    let team = &world.sem.finds("CareTeam").await[0];
    assert_eq!(team["meta"]["profile"], json!(["http://koppeltaal.nl/fhir/StructureDefinition/KT2CareTeam"]));
    assert_eq!(team["participant"].as_array().unwrap().len(), 8);
    let coach = world.sem.finds_one("RelatedPerson", "/name/0/text", "Wil").await;
    assert_eq!(coach["relationship"][0]["coding"][0]["code"], "neighbourhood-coach");
}

#[tokio::test]
async fn an_answer_is_not_kept_by_anybody_on_the_way_and_runs_nothing() {
    let world = Everything::set().await;
    let reply = world.sem.get("/fhir/Patient").await.expect(200);
    assert_eq!(reply.header("content-security-policy"), Some("default-src 'none'; frame-ancestors 'none'"));
    let posted = world.sem.post("/fhir/Patient", &json!({})).await.expect_outcome(405, "not-supported");
    assert_eq!(posted["issue"][0]["details"]["coding"][0]["code"], "method-not-allowed");
    world.sem.get("/fhir").await.expect_outcome(404, "not-found");
    world.sem.get("/fhir/Patient/x/y").await.expect_outcome(404, "not-found");
}
