//! The lists of clients.

use opstap_core::model::{
    Attendance, Channel, DuoRole, Evaluation, FollowUp, FollowUpAnswer, GoalHelp, Grant, GroupEnrolment, HelpLevel,
    Message, Model, Note, NoteFor, Plan, Practice, PracticeEnd, Presence, Route, SpecialTransport, TimeKind, TimeSpent,
    Trajectory, set,
};
use opstap_core::{Change, Day, Millis, RecordId};
use opstap_server::exchange::grid::lines;
use opstap_sync_server::Clock as _;

use crate::http::caller::{Caller, new_id};
use crate::http::fhir::everything::{Everything, FIRST, does};

/// A day in the week after the one that most of this is of.
const LATER: &str = "2026-03-10";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn time(on: &str, minutes: u32, replaces: Option<RecordId>) -> TimeSpent {
    TimeSpent { replaces, role: Some(DuoRole::Supervisor), ..TimeSpent::of(day(on), minutes, TimeKind::Direct) }
}

/// A circle in which there is something for every list.
async fn world() -> Everything {
    let mut world = Everything::set().await;
    let now = world.stage.clock.now();
    let id = || new_id(now);
    let [route, practice, help, first, group, session] = std::array::from_fn(|_| id());
    let at = day(FIRST).begins().plus(36_000_000);
    let note = |whom, text: &str| Note { whom, at, text: Some(text.into()), voice: None, goal: None, replaces: None };
    let came = Attendance { session, on: day(FIRST), presence: Presence::Present, replaces: None };
    does(&world.stage, &mut world.marloes, vec![time(FIRST, 45, None).make(first)]).await;
    let changes: Vec<Change> = vec![
        time(FIRST, 50, Some(first)).make(id()),
        time(LATER, 30, None).make(id()),
        Grant { number: Some("WMO-1".into()), ..Grant::of(day(FIRST), day(LATER), 180, 60) }.make(id()),
        note(NoteFor::File, "=Sem belde zelf").make(id()),
        note(NoteFor::Colleagues, "Bel jij hem morgen?").make(id()),
        GroupEnrolment { group, name: "Kookgroep".into(), picture: None, from: day(FIRST), until: None }.make(group),
        came.make_below(id(), group),
    ];
    does(&world.stage, &mut world.marloes, changes).await;
    let goes = Route { title: "Naar het werk".into(), picture: None, order: None };
    let took = |goal, help| GoalHelp { goal, help, at, replaces: None };
    let better = GoalHelp { replaces: Some(help), ..took(route, HelpLevel::ByOneself) };
    let ended = PracticeEnd { at, minutes: Some(40), word: Some("Rustig".into()), face: None, said: None };
    let practised: Vec<Change> = vec![
        goes.make(route),
        Practice { route, at }.make(practice),
        took(route, HelpLevel::Hint).make_below(help, practice),
        better.make_below(id(), practice),
        took(practice, HelpLevel::Shown).make_below(id(), practice),
        ended.make_below(id(), practice),
    ];
    does(&world.stage, &mut world.marloes, practised).await;
    let [training, enquiry, answer, later] = std::array::from_fn(|_| id());
    let said = |travels| FollowUpAnswer {
        travels: Some(travels),
        by_phone: Some(true),
        ..FollowUpAnswer::asked_on(day(LATER))
    };
    let words = Some("Sem opent zijn post".into());
    let looked_back = vec![
        Plan { unfinished: Some(true), ..Plan::titled("Nog niet af") }.make(id()),
        Evaluation { from: day(FIRST), to: day(LATER), words, ready: None, agreed: None, said: None }.make(id()),
        Trajectory::of(day(FIRST), Channel::Own).make(training),
        FollowUp { months: 3, due: day(LATER) }.make_below(enquiry, training),
        said(false).make_below(answer, enquiry),
        FollowUpAnswer { special: Some(SpecialTransport::LessOften), replaces: Some(answer), ..said(true) }
            .make_below(later, enquiry),
    ];
    does(&world.stage, &mut world.marloes, looked_back).await;
    world
}

/// The rows of a list, and that the spreadsheet has as many.
async fn rows(who: &Caller, list: &str) -> Vec<String> {
    let told = who.lists(&format!("{list}.csv")).await;
    let book = who.get(&format!("/api/lists/{list}.xlsx")).await.expect(200);
    assert!(book.body.starts_with(b"PK"));
    assert_eq!(lines(&book.body).unwrap().len(), told.len(), "{list}");
    told.into_iter().skip(1).collect()
}

#[tokio::test]
async fn lists_hold_what_the_duo_wrote_down_and_what_was_done_as_it_stands() {
    let world = world().await;
    let marloes = &world.marloes;
    for (list, expected) in [
        ("hours", vec!["Sem,2026-03-02,50,direct,ja,persoonlijk begeleider,Marloes,", "Sem,2026-03-10,30,"]),
        ("grants", vec!["Sem,2026-03-02,2026-03-10,180,60,,WMO-1"]),
        ("goals", vec![",financiën,vooruitgang,Zelf mijn rekeningen betalen,2026-03-02,,1,0"]),
        ("measurements", vec![",2026-03-02,financiën,2,", ",2026-09-07,financiën,3,"]),
        ("tasks", vec!["Sem,Bellen met de gemeente,,,Youssef,2026-09-07,"]),
        ("appointments", vec![",45,Marloes,Samen de post,Bibliotheek,ja", "Sem,2026-09-07T12:00+02:00,45,Marloes,"]),
        ("notes", vec!["Sem,2026-03-02T11:00+01:00,Marloes,'=Sem belde zelf,nee"]),
        ("attendance", vec!["Sem,Kookgroep,2026-03-02,was er"]),
        ("practices", vec!["Sem,Naar het werk,2026-03-02T11:00+01:00,Marloes,40,1,0,0,1,0,,Rustig,"]),
        ("runs", vec!["Sem,Opstaan,"]),
        ("plans", vec!["Sem,Opstaan,", "Sem,Nog niet af,0,nee,0,0,"]),
        ("routes", vec!["Sem,Naar het werk,0,0,1,2026-03-02T11:00+01:00"]),
        ("evaluations", vec!["Sem,2026-03-02,2026-03-10,Sem opent zijn post,,,"]),
        ("follow-ups", vec!["Sem,3,2026-03-10,2026-03-10,ja,ja,,minder vaak"]),
        ("caseload", vec!["Sem,"]),
    ] {
        let rows = rows(marloes, list).await;
        for part in expected {
            assert!(rows.iter().any(|row| row.contains(part)), "{list} has no {part}: {rows:#?}");
        }
    }
    let notes = rows(marloes, "notes").await;
    assert_eq!(notes.len(), 1, "a note to colleagues is in no list: {notes:?}");
    assert_eq!(rows(marloes, "hours").await.len(), 2, "a correction takes the place of what it corrects");
}

#[tokio::test]
async fn lists_say_who_asked_for_help_and_got_no_answer() {
    let mut world = world().await;
    let ago = Millis(world.stage.clock.now().0 - 20 * 60_000);
    let asks = Message {
        to: world.stage.person("Marloes"),
        text: "Ik kom er niet uit".into(),
        at: ago,
        step: None,
        photo: None,
        voice: None,
    };
    let id = new_id(world.stage.clock.now());
    let edit = world.sem.edit(world.circle(), ago, vec![asks.make(id)]);
    world.sem.verdict(&edit).await;
    let rows = rows(&world.marloes, "attention").await;
    assert!(rows[0].starts_with("Sem,nu,\"vroeg hulp, nog geen antwoord\","), "{rows:#?}");
    let caseload = world.marloes.lists("caseload.csv").await;
    assert!(caseload[1].contains("vroeg hulp"), "{caseload:#?}");
}

#[tokio::test]
async fn lists_are_of_the_days_the_circle_and_in_the_language_that_are_asked() {
    let world = world().await;
    let (marloes, circle) = (&world.marloes, world.circle());
    let march = marloes.lists(&format!("hours.csv?from={FIRST}&until=2026-03-09&language=en&circle={circle}")).await;
    assert_eq!(march[0], "Client,Day,Minutes,Kind of time,Planned,Role,Who,Stage of the trajectory");
    assert_eq!(march[1..], ["Sem,2026-03-02,50,direct,yes,personal supervisor,Marloes,"]);
    assert_eq!(marloes.lists("hours.csv?from=2026-03-11").await.len(), 1);
    assert_eq!(marloes.lists("grants.csv?from=2026-03-10").await.len(), 2, "what is granted meets that day");
    let reply = marloes.get("/api/lists/hours.xlsx").await.expect(200);
    let named = reply.header("content-disposition").unwrap();
    assert!(named.starts_with("attachment; filename=\"opstap-hours-") && named.ends_with(".xlsx\""), "{named}");
}

#[tokio::test]
async fn lists_that_there_are_not_and_days_that_are_none_are_told() {
    let world = Everything::set().await;
    let marloes = &world.marloes;
    for none in ["hours", "hours.pdf", "salaries.csv", ".csv"] {
        marloes.get(&format!("/api/lists/{none}")).await.expect_problem(404, "no-such-address");
    }
    for wrong in [
        "hours.csv?from=gisteren",
        "hours.csv?from=2026-03-02&until=2026-03-01",
        "hours.csv?language=fy",
        "attention.csv?from=2026-03-02",
    ] {
        marloes.get(&format!("/api/lists/{wrong}")).await.expect_problem(400, "body-not-understood");
    }
    for circle in ["x".to_owned(), world.stage.new_device().to_string()] {
        marloes.get(&format!("/api/lists/hours.csv?circle={circle}")).await.expect_problem(404, "no-such-circle");
    }
}

#[tokio::test]
async fn lists_are_for_professionals_and_hold_nothing_of_who_is_not_theirs() {
    let world = world().await;
    for one in [&world.sem, &world.youssef, &world.coach] {
        one.get("/api/lists/hours.csv").await.expect_problem(403, "not-allowed");
    }
    world.stage.as_nobody().get("/api/lists/hours.csv").await.expect_problem(401, "not-signed-in");
    let stranger = world.stage.as_stranger().await;
    for list in &opstap_server::lists::LISTS {
        assert_eq!(stranger.lists(&format!("{}.csv", list.name)).await.len(), 1, "{}", list.name);
    }
    let circle = world.circle();
    stranger.get(&format!("/api/lists/hours.csv?circle={circle}")).await.expect_problem(404, "no-such-circle");
}

#[tokio::test]
async fn lists_that_were_kept_are_what_the_client_reads_that_somebody_looked_at() {
    let mut world = world().await;
    let circle = world.circle();
    let marloes = world.stage.person("Marloes").to_string();
    let count = async |world: &Everything, section: &str| {
        let all = world.sem.get(&format!("/api/deliveries/{circle}")).await.expect(200).json();
        let hers = all.as_array().unwrap().iter().filter(|one| one["person"] == marloes && one["section"] == section);
        hers.map(|one| one["records"].as_u64().unwrap()).sum::<u64>()
    };
    let before = (count(&world, "hours").await, count(&world, "notes").await);
    world.marloes.lists("hours.csv").await;
    assert_eq!((count(&world, "hours").await, count(&world, "notes").await), (before.0 + 2, before.1));
    let goal = world.goal;
    does(&world.stage, &mut world.marloes, vec![set(goal, opstap_core::record::DELETED, true)]).await;
    let goals = world.marloes.lists("goals.csv").await;
    assert!(!goals.iter().any(|row| row.contains("financiën")), "what was removed is in no list: {goals:?}");
}
