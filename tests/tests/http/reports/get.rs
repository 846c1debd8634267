//! The reports.

use opstap_core::model::{AttentionAct, AttentionMark, AttentionRule, DuoRole, Grant, Model, TimeKind, TimeSpent};
use opstap_core::{Change, Day};
use opstap_server::lists::Local;
use opstap_sync_server::Clock as _;
use serde_json::Value;

use crate::http::caller::{Caller, new_id};
use crate::http::fhir::everything::{Everything, FIRST, does};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

async fn text(who: &Caller, file: &str) -> String {
    let reply = who.get(&format!("/api/reports/{file}")).await.expect(200);
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    String::from_utf8(reply.body.to_vec()).unwrap()
}

async fn json(who: &Caller, file: &str) -> Value {
    serde_json::from_str(&text(who, file).await).unwrap()
}

/// A week that is granted as a whole, with time in it.
async fn with_hours() -> Everything {
    let mut world = Everything::set().await;
    let now = world.stage.clock.now();
    let time = |minutes, kind, unplanned| TimeSpent {
        role: Some(DuoRole::Supervisor),
        unplanned,
        ..TimeSpent::of(day("2026-03-03"), minutes, kind)
    };
    let changes: Vec<Change> = vec![
        Grant::of(day(FIRST), day("2026-03-08"), 180, 60).make(new_id(now)),
        time(90, TimeKind::Direct, None).make(new_id(now)),
        time(30, TimeKind::Travel, Some(true)).make(new_id(now)),
    ];
    does(&world.stage, &mut world.marloes, changes).await;
    world
}

#[tokio::test]
async fn a_report_on_hours_has_the_row_of_each_client_and_what_the_time_was_spent_on() {
    let world = with_hours().await;
    let marloes = &world.marloes;
    let rows = text(marloes, "hours.csv").await;
    assert_eq!(rows.lines().nth(1), Some("Sem,1,2.0,0.0,2.0,100,0,3,1,4,-1.0,-1.0,-2.0"), "{rows}");
    let sheet = json(marloes, "hours.sheet").await;
    assert_eq!(sheet["tables"][0]["rows"][0][0], "Sem");
    assert_eq!(sheet["tables"][1]["head"][1], "Direct");
    let kinds = serde_json::json!(["Sem", "1:30", "0:00", "0:30", "2:00", "0:30"]);
    assert_eq!(sheet["tables"][1]["rows"][0], kinds);
    let about = sheet["about"].as_array().unwrap().last().unwrap().as_str().unwrap();
    assert_eq!(about, "Over de cliënten met uren of een beschikking die je mag zien: 1.");
    let page = text(marloes, "hours.html?language=en").await;
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("What the time in those weeks was spent on"),
        "{page}"
    );
    let april = json(marloes, "hours.json?from=2026-04-01&until=2026-04-30").await;
    assert_eq!(april["clients"], serde_json::json!([]), "nothing of other days is in it");
}

#[tokio::test]
async fn a_report_on_effect_has_every_domain_and_how_many_went_up_and_the_client_can_read_that_it_was_made() {
    let world = with_hours().await;
    let told = text(&world.marloes, "effect.csv").await;
    let finances = told.lines().find(|line| line.contains(",financiën,")).unwrap();
    assert!(finances.starts_with("Sem,zrm.1,finances,financiën,2026-03-02,2,progress,2026-09-07,3,up,"), "{told}");
    let told = json(&world.marloes, "effect.json").await;
    assert_eq!(told["instruments"][0]["counts"][0]["up"], 1, "{told:#}");
    let read = world.sem.get(&format!("/api/deliveries/{}", world.circle())).await.expect(200).json();
    let by_her = |one: &&Value| one["person"] == world.stage.person("Marloes").to_string();
    let sections: Vec<&Value> = read.as_array().unwrap().iter().filter(by_her).map(|one| &one["section"]).collect();
    assert!(sections.contains(&&Value::from("measurements")), "{sections:?}");
}

#[tokio::test]
async fn a_report_is_over_those_of_whom_one_may_read_it_and_nobody_else() {
    let world = with_hours().await;
    // A coordinator of another organisation on the same server.
    let stranger = world.stage.as_stranger().await;
    for (file, what) in [("hours.json", "clients"), ("effect.json", "instruments"), ("following.json", "weeks")] {
        let told = json(&stranger, file).await;
        assert_eq!(told["organisation"], "Elders");
        let none = told[what].as_array().unwrap().iter().all(|one| one["used"]["people"] == 0);
        assert!(none && !told.to_string().contains("Marloes"), "{told:#}");
    }
    for outside in [world.stage.as_volunteer().await, world.stage.as_carer().await, world.stage.as_client().await] {
        for file in ["hours.csv", "effect.csv", "following.csv"] {
            outside.get(&format!("/api/reports/{file}")).await.expect_problem(403, "not-allowed");
        }
    }
    world.marloes.get("/api/reports/following.csv").await.expect_problem(403, "not-allowed");
    world.stage.as_nobody().get("/api/reports/hours.csv").await.expect_problem(401, "not-signed-in");
}

#[tokio::test]
async fn a_coordinator_sees_in_which_weeks_who_followed_and_reads_no_client_in_it() {
    let mut world = Everything::set().await;
    let now = world.stage.clock.now();
    let mark = |act, days: u32| AttentionMark {
        rule: AttentionRule::NoPractice,
        act,
        // At noon, whatever the clock did in between.
        at: Local::of(now).day.back(days).begins().plus(12 * 3_600_000),
        about: None,
        until: None,
        word: None,
    };
    let marks = [(AttentionAct::Looked, 21), (AttentionAct::Looked, 0), (AttentionAct::Done, 0)];
    let marks = marks.map(|(act, days)| mark(act, days).make(new_id(now)));
    does(&world.stage, &mut world.marloes, marks.into()).await;
    let coordinator = world.stage.as_coordinator().await;
    let told = json(&coordinator, "following.json").await;
    let weeks: Vec<&Value> = told["weeks"].as_array().unwrap().iter().collect();
    let looked: Vec<&Value> = weeks.iter().map(|week| &week["used"]["looked"]).collect();
    assert_eq!(looked, [1, 0, 0, 1], "a week without anything stands among them: {told:#}");
    let marloes = told["colleagues"].as_array().unwrap().iter().find(|one| one["name"] == "Marloes").unwrap();
    assert_eq!((&marloes["follows"], &marloes["used"]["done"]), (&1.into(), &1.into()), "{told:#}");
    let all = &told["all"];
    assert_eq!((&all["people"], &all["weeks"], &all["clients"]), (&1.into(), &2.into(), &1.into()));
    let others = told["colleagues"].as_array().unwrap().iter().filter(|one| one["name"] != "Marloes");
    assert!(
        others.map(|one| &one["used"]["looked"]).any(|looked| *looked == 0),
        "who looked at nothing stands there too"
    );
    let page = text(&coordinator, "following.html").await;
    assert!(page.contains("Volgen bij") && page.contains("2 van 4") && !page.contains("Sem"), "{page}");
    let recent = json(&coordinator, &format!("following.json?from={}", Local::of(now).day.written())).await;
    assert_eq!(recent["weeks"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn reports_that_there_are_not_and_days_that_are_none_are_told() {
    let world = Everything::set().await;
    for none in ["hours", "hours.pdf", "salaries.csv", ".csv"] {
        world.marloes.get(&format!("/api/reports/{none}")).await.expect_problem(404, "no-such-address");
    }
    for wrong in ["hours.csv?from=gisteren", "effect.csv?from=2026-03-02&until=2026-03-01", "hours.csv?language=fy"] {
        world.marloes.get(&format!("/api/reports/{wrong}")).await.expect_problem(400, "body-not-understood");
    }
}
