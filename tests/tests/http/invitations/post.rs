//! `POST /api/invitations`: who may let whom in.

use std::collections::BTreeSet;

use opstap_core::access::Section;
use opstap_core::model::{Consent, ConsentAct, Grant, Member, Model, OrganisationRole, Relation};
use opstap_core::protocol::Verdict;
use opstap_core::{CircleId, Day, Kind, PersonId};
use opstap_sync_server::Clock;
use serde_json::json;

use crate::http::caller::{Caller, Reply, new_id};
use crate::http::stage::Stage;

/// A day, in milliseconds.
const DAY: u64 = 24 * 60 * 60 * 1_000;

async fn invite(caller: &Caller, circle: CircleId, person: PersonId) -> Reply {
    let body = json!({ "circle": circle.to_string(), "person": person.to_string() });
    caller.post("/api/invitations", &body).await
}

#[tokio::test]
async fn a_professional_lets_a_client_in() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    let invited = invite(&marloes, stage.circle, stage.person("Sem")).await.expect(201).json();
    let link = invited["link"].as_str().unwrap();
    let code = link.strip_prefix("http://opstap.test/pair#").unwrap();
    assert!(invited["qr"]["size"].as_u64().unwrap() >= 21 && invited["qr"]["path"].as_str().unwrap().starts_with('M'));
    let mut phone = stage.as_nobody();
    assert_eq!(phone.pair(code).await.expect(200).json()["name"], "Sem");
}

#[tokio::test]
async fn a_volunteer_and_a_carer_come_in_at_the_supporters_bundle() {
    let stage = Stage::set().await;
    let marloes = stage.as_professional().await;
    for name in ["Youssef", "Karin"] {
        let invited = invite(&marloes, stage.circle, stage.person(name)).await.expect(201).json();
        assert!(invited["link"].as_str().unwrap().starts_with("http://opstap.test/support/pair#"), "{name}");
    }
}

#[tokio::test]
async fn a_coordinator_lets_a_professional_in_at_the_desk() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    let invited = invite(&fatma, stage.circle, stage.person("Tim")).await.expect(201).json();
    assert!(invited["link"].as_str().unwrap().starts_with("http://opstap.test/desk/pair#"));
}

#[tokio::test]
async fn everybody_may_sign_in_a_second_device_of_their_own() {
    let stage = Stage::set().await;
    let sem = stage.as_client().await;
    invite(&sem, stage.circle, stage.person("Sem")).await.expect(201);
}

#[tokio::test]
async fn nobody_becomes_somebody_else_by_a_link_of_their_own_making() {
    let stage = Stage::set().await;
    let client = stage.as_client().await;
    let volunteer = stage.as_volunteer().await;
    let professional = stage.as_professional().await;
    for (caller, invited) in [
        (&client, "Marloes"),
        (&volunteer, "Sem"),
        (&volunteer, "Karin"),
        (&professional, "Tim"),
        (&professional, "Fatma"),
    ] {
        invite(caller, stage.circle, stage.person(invited)).await.expect_problem(403, "not-allowed");
    }
}

#[tokio::test]
async fn a_circle_of_others_looks_like_none_at_all() {
    let stage = Stage::set().await;
    let stranger = stage.as_stranger().await;
    let unknown = CircleId([7; 16]);
    let theirs = invite(&stranger, stage.circle, stage.person("Sem")).await;
    let none = invite(&stranger, unknown, stage.person("Sem")).await;
    assert_eq!(theirs.body, none.body);
    theirs.expect_problem(404, "no-such-circle");
}

#[tokio::test]
async fn somebody_outside_the_circle_cannot_be_let_in_through_it() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    invite(&fatma, stage.circle, PersonId([7; 16])).await.expect_problem(404, "no-such-person");
}

#[tokio::test]
async fn a_body_without_ids_is_told_what_was_expected() {
    let stage = Stage::set().await;
    let fatma = stage.as_coordinator().await;
    for body in [json!({}), json!({ "circle": "x", "person": "y" }), json!(null)] {
        fatma.post("/api/invitations", &body).await.expect_problem(400, "body-not-understood");
    }
}

#[tokio::test]
async fn a_neighbourhood_coach_comes_once_by_a_link_and_sees_what_the_client_agreed_to_for_as_long_as_agreed() {
    let stage = Stage::set().await;
    let organisation = stage.app.service.organisations().await.unwrap()[0].id;
    let wim = stage.app.service.add_person(organisation, OrganisationRole::Participant, "Wim").await.unwrap();
    let (mut fatma, mut sem) = (stage.as_coordinator().await, stage.as_client().await);
    let now = stage.clock.now();
    let coach = Member {
        person: wim,
        relation: Relation::NeighbourhoodCoach,
        name: "Wim".into(),
        called: None,
        phone: None,
        face: None,
        order: None,
    };
    let grant = Grant::of(Day::of(now), Day::of(now).on(69), 180, 60);
    let written = fatma.edit(stage.circle, now, vec![coach.make(new_id(now)), grant.make(new_id(now))]);
    assert!(matches!(fatma.verdict(&written).await, Verdict::Accepted { .. }));

    let invited = invite(&fatma, stage.circle, wim).await.expect(201).json();
    assert_eq!(invited["code"], json!(null), "what can be typed could be guessed in a week");
    let code = invited["link"].as_str().unwrap().strip_prefix("http://opstap.test/desk/pair#").unwrap().to_owned();
    stage.clock.forward(6 * DAY);
    let mut laptop = stage.as_nobody();
    assert_eq!(laptop.pair(&code).await.expect(200).json()["name"], "Wim");
    stage.as_nobody().pair(&code).await.expect_problem(410, "link-used");
    assert_eq!(laptop.sees().await.len(), 0, "nothing is agreed to yet");

    let now = stage.clock.now();
    let given = |section, until| Consent { act: ConsentAct::Given, person: wim, section, from: now, until, ends: None };
    let consents = [given(Section::Hours, Some(now.plus(DAY))), given(Section::Notes, None)];
    let agreed = sem.edit(stage.circle, now, consents.map(|consent| consent.make(new_id(now))).into());
    assert!(matches!(sem.verdict(&agreed).await, Verdict::Accepted { .. }));
    let kinds: BTreeSet<Kind> = laptop.sees().await.into_values().map(|record| record.kind).collect();
    assert!(kinds.contains(&Kind::Grant) && kinds.contains(&Kind::Member), "{kinds:?}");
    assert!(kinds.iter().all(|kind| [Section::Hours, Section::Circle].contains(&Section::of(*kind))), "{kinds:?}");
    stage.clock.forward(DAY);
    assert_eq!(laptop.sees().await.len(), 0, "what was agreed is over");
}
