//! Who reads what: exactly what they may see at that moment, and the client reads who looked.

use opstap_core::access::Section;
use opstap_core::model::Model;
use opstap_core::model::{Plan, delete, purge};
use opstap_server::fhir::ResourceType;
use opstap_sync_server::Clock as _;
use serde_json::Value;

use super::everything::{Everything, does};
use crate::http::caller::{Caller, new_id};

/// How many resources of a type somebody finds.
async fn many(who: &Caller, of: &str) -> usize {
    who.finds(of).await.len()
}

#[tokio::test]
async fn a_volunteer_without_a_consent_for_it_sees_no_goal_and_a_supervisor_does() {
    let world = Everything::set().await;
    assert_eq!((many(&world.sem, "Goal").await, many(&world.marloes, "Goal").await), (2, 2));
    let address = format!("/fhir/Goal/{}", world.goal);
    world.marloes.get(&address).await.expect_fhir(200);
    let none = world.youssef.get(&address).await.expect_outcome(404, "not-found");
    let unknown = format!("/fhir/Goal/{}", new_id(world.stage.clock.now()));
    assert_eq!(none, world.youssef.get(&unknown).await.expect_outcome(404, "not-found"), "the two look the same");
    for of in ["Goal", "QuestionnaireResponse"] {
        assert_eq!(many(&world.youssef, of).await, 0, "{of}");
    }
    let plans = world.youssef.finds("CarePlan").await;
    assert_eq!((plans.len(), &plans[0]["goal"]), (1, &Value::Null), "what he may see of it are the plans alone");
    let his = world.youssef.finds("Observation").await;
    assert!(his.iter().all(|one| one.get("derivedFrom").is_none()), "how steps went was given to him, levels were not");
}

#[tokio::test]
async fn a_consent_works_at_once_and_so_does_its_withdrawal() {
    let mut world = Everything::set().await;
    let coach = world.coach_id;
    for of in ResourceType::ALL.into_iter().filter(|of| *of != ResourceType::Questionnaire) {
        assert_eq!(many(&world.coach, of.name()).await, 0, "without a consent the coach sees nobody: {of:?}");
    }
    let given = world.consents(coach, Section::Goals).await;
    assert_eq!((many(&world.coach, "Goal").await, many(&world.coach, "CareTeam").await), (2, 1));
    for of in ["QuestionnaireResponse", "Observation", "Appointment", "Task", "ActivityDefinition", "AuditEvent"] {
        assert_eq!(many(&world.coach, of).await, 0, "the coach sees nothing that was not agreed to: {of}");
    }
    world.withdraws(coach, Section::Goals, given).await;
    assert_eq!(many(&world.coach, "Goal").await, 0);
    world.coach.get(&format!("/fhir/Goal/{}", world.goal)).await.expect_outcome(404, "not-found");
    let consent = world.sem.get(&format!("/fhir/Consent/{given}")).await.expect_fhir(200);
    assert_eq!((&consent["status"], &consent["provision"]["class"][0]["code"]), (&"inactive".into(), &"goals".into()));
}

#[tokio::test]
async fn a_stranger_finds_nothing_of_anybody_and_whoever_is_not_signed_in_gets_no_further() {
    let world = Everything::set().await;
    let stranger = world.stage.as_stranger().await;
    for of in ResourceType::ALL.into_iter().filter(|of| *of != ResourceType::Questionnaire) {
        assert_eq!(many(&stranger, of.name()).await, 0, "{of:?}");
        world.stage.as_nobody().get(&format!("/fhir/{}", of.name())).await.expect_outcome(401, "login");
    }
    let (sem, circle) = (world.stage.person("Sem"), world.circle());
    for address in [
        format!("Patient/{sem}"),
        format!("CareTeam/{circle}"),
        format!("CarePlan/{circle}"),
        format!("Practitioner/{}", world.stage.person("Marloes")),
        format!("QuestionnaireResponse/{}", world.measurement),
        format!("Task/{}", world.task),
        format!("Appointment/{}", world.appointment),
        "Patient/sem".to_owned(),
        format!("Patient/{}", sem.to_string().to_uppercase()),
    ] {
        stranger.get(&format!("/fhir/{address}")).await.expect_outcome(404, "not-found");
    }
    assert_eq!(stranger.finds(&format!("Goal?patient=Patient/{sem}")).await.len(), 0);
}

#[tokio::test]
async fn what_was_deleted_or_erased_is_gone() {
    let mut world = Everything::set().await;
    let (kept, goal) = (new_id(world.stage.clock.now()), world.goal);
    does(&world.stage, &mut world.sem, vec![Plan::titled("Vegen").make(kept)]).await;
    let addresses = [format!("/fhir/ActivityDefinition/{kept}"), format!("/fhir/Task/{kept}")];
    for address in &addresses {
        world.sem.get(address).await.expect_fhir(200);
    }
    does(&world.stage, &mut world.sem, vec![delete(kept)]).await;
    does(&world.stage, &mut world.sem, vec![purge(goal)]).await;
    for address in addresses.iter().chain([&format!("/fhir/Goal/{}", world.goal)]) {
        world.sem.get(address).await.expect_outcome(404, "not-found");
    }
    let plan = &world.sem.finds("CarePlan").await[0];
    assert_eq!(plan["goal"].as_array().unwrap().len(), 1);
    assert!(!plan.to_string().contains("Post openen"), "with the goal went what was done for it");
}

#[tokio::test]
async fn the_client_reads_who_looked_and_nobody_else_does() {
    let world = Everything::set().await;
    world.marloes.finds("Goal").await;
    let events = world.sem.finds("AuditEvent").await;
    let hers = |section: &str| {
        let agent = format!("Practitioner/{}", world.stage.person("Marloes"));
        let is_hers = |one: &&Value| one["agent"][0]["who"]["reference"] == agent;
        events.iter().filter(is_hers).find(|one| one["entity"][0]["name"] == section).cloned()
    };
    assert!(hers("goals").is_some(), "{events:#?}");
    let count = |event: Value| event["entity"][0]["detail"][0]["valueString"].as_str().unwrap().parse::<u64>().unwrap();
    let before = count(hers("goals").unwrap());
    world.marloes.finds("Goal?_count=1").await;
    world.marloes.get(&format!("/fhir/Goal/{}", world.goal)).await.expect_fhir(200);
    let events = world.sem.finds("AuditEvent").await;
    let now = events.iter().find(|one| one["id"] == hers("goals").unwrap()["id"]).cloned().unwrap();
    assert_eq!(count(now), before + 3, "two on two pages, and one by itself");
    for other in [&world.marloes, &world.youssef, &world.coach] {
        assert_eq!(many(other, "AuditEvent").await, 0);
    }
}

#[tokio::test]
async fn the_library_is_there_for_whoever_works_with_it() {
    let world = Everything::set().await;
    let of_the_circle = many(&world.sem, "ActivityDefinition").await;
    assert_eq!(of_the_circle, 4);
    assert_eq!(many(&world.marloes, "ActivityDefinition").await, of_the_circle + 40, "twenty in two languages");
    assert_eq!(many(&world.marloes, "Task").await, of_the_circle + 1, "a template is nobody's task");
}
