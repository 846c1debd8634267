//! What a summary says of a circle.

use opstap_core::access::Section;
use opstap_core::model::{
    Appointment, Arrival, AttentionAct, AttentionMark, AttentionRule, Channel, Consent, ConsentAct, DuoRole, Goal,
    GoalHelp, Grant, HandoverAct, HelpLevel, Means, Message, Part, Practice, Route, Stage, StageEntry, StepOutcome,
    Task, TaskHandover, TimeKind, TimeSpent, Trajectory,
};
use opstap_core::{Kept, Stamp, Value};

use super::super::samples::{CLIENT, COLLEAGUE, Circle, HOUR, ME, THIS, VOLUNTEER, ago, now, quiet, today};
use super::super::{HelpAsked, HoursHeld, LineWeek, TaskWaits, Travel, WeekMinutes};
use super::*;
use StepOutcome::{Done, HelpAsked as Help, NotManaged, Shown};

#[test]
fn a_client_without_plan_has_a_summary_in_which_nothing_is_but_who_is_there() {
    assert_eq!(Circle::begun().summary(), quiet());
}

#[test]
fn weeks_count_runs_and_what_went_by_oneself_of_those_that_are_over() {
    let mut circle = Circle::begun();
    let (plan, steps) = circle.plan("Boodschappen doen", 3);
    let plan = (plan, steps.as_slice());
    circle.run(plan, ago(7), &[Done, Help, Done], Some(Ending::Done));
    circle.run(plan, ago(1), &[Done, NotManaged], Some(Ending::Stopped));
    circle.run(plan, ago(0), &[Done], None);
    let summary = circle.summary();
    let now = WeekDone { week: THIS, begun: 2, done: 0, stopped: 1, all: 3, by_oneself: 1, practices: 0 };
    let before = WeekDone { week: Week(THIS.0 - 1), begun: 1, done: 1, stopped: 0, all: 3, by_oneself: 2, ..now };
    assert_eq!(summary.weeks, [now, before]);
    let week = |week: &WeekDone, times| {
        let WeekDone { week, all, by_oneself, .. } = *week;
        LineWeek { week, times, all, by_oneself }
    };
    assert_eq!(summary.lines[0].weeks, [week(&now, 1), week(&before, 1)]);
    assert_eq!(summary.title(plan.0), "Boodschappen doen");
    let last = summary.last_run.unwrap();
    assert_eq!((last.ended, last.reached, last.steps, last.by_oneself), (None, 1, 3, 1));
    assert_eq!(summary.faces, [(ago(1).plus(600_000), Face::SoSo), (ago(7).plus(600_000), Face::SoSo)]);
}

#[test]
fn a_plan_is_given_up_at_the_step_that_was_there_last_until_it_is_done_again() {
    let mut circle = Circle::begun();
    let (plan, steps) = circle.plan("Naar bed", 6);
    circle.run((plan, &steps), ago(1), &[Done, Done, NotManaged], Some(Ending::Stopped));
    let [given_up] = circle.summary().given_up[..] else { panic!("one was given up") };
    assert_eq!((given_up.step, given_up.place, given_up.face), (Some(steps[2]), (3, 6), Some(Face::SoSo)));
    assert_eq!(circle.summary().title(steps[2]), "Stap 3");
    circle.run((plan, &steps), ago(0), &[Done; 6], Some(Ending::Done));
    assert_eq!(circle.summary().given_up, []);
}

#[test]
fn a_step_fails_in_a_row_by_what_was_not_managed_and_not_by_help_that_it_took() {
    let mut circle = Circle::begun();
    let (plan, steps) = circle.plan("Pinnen", 2);
    let plan = (plan, steps.as_slice());
    circle.run(plan, ago(9), &[NotManaged, Done], Some(Ending::Done));
    circle.run(plan, ago(8), &[Done, NotManaged], Some(Ending::Stopped));
    circle.run(plan, ago(7), &[Help, NotManaged], Some(Ending::Stopped));
    // This one did not come to the second step: it says nothing of it.
    circle.run(plan, ago(6), &[Shown], Some(Ending::Stopped));
    let [failing] = circle.summary().failing[..] else { panic!("one fails") };
    assert_eq!((failing.step, failing.times, failing.last, failing.stopped), (steps[1], 2, ago(7), true));
    circle.run(plan, ago(5), &[Done, Done], Some(Ending::Done));
    assert_eq!(circle.summary().failing, []);
}

fn ask(circle: &mut Circle, at: Millis, step: Option<RecordId>, text: &str) -> RecordId {
    circle.make(CLIENT, at, &Message { step, ..Message::saying(VOLUNTEER, text, at) }, None)
}

#[test]
fn help_waits_until_anybody_answers_or_the_step_is_done() {
    let mut circle = Circle::begun();
    let (plan, steps) = circle.plan("Boodschappen doen", 3);
    ask(&mut circle, ago(0), None, "Dank je wel");
    assert_eq!(circle.summary().help, []);
    let stuck = ask(&mut circle, ago(0), None, "Ik kom er niet uit");
    let about = ask(&mut circle, ago(0).plus(1), Some(steps[1]), "Hoe dan?");
    let of_step = HelpAsked {
        message: about,
        to: VOLUNTEER,
        at: ago(0).plus(1),
        step: Some(steps[1]),
        plan: Some(plan),
        place: Some((2, 3)),
    };
    let of_none = HelpAsked { message: stuck, at: ago(0), step: None, plan: None, place: None, ..of_step };
    assert_eq!(circle.summary().help, [of_step, of_none]);
    ask(&mut circle, ago(0).plus(2), Some(steps[1]), "Die bedoel ik");
    assert_eq!(circle.summary().help.len(), 2, "what is said on about a step is a conversation");
    circle.run((plan, &steps), ago(0).plus(HOUR), &[Done, Done], None);
    assert_eq!(circle.summary().help, [of_none]);
    circle.make(ME, now(), &Message::saying(CLIENT, "Ik bel je", now()), None);
    assert_eq!(circle.summary().help, []);
}

#[test]
fn an_old_question_for_help_is_history() {
    let mut circle = Circle::begun();
    ask(&mut circle, ago(31), None, "Ik kom er niet uit");
    assert_eq!(circle.summary().help, []);
}

/// A route with one goal; the route, and the goal.
fn route(circle: &mut Circle) -> (RecordId, RecordId) {
    let route = circle.make(ME, ago(70), &Route { title: "Naar school".into(), picture: None, order: None }, None);
    let part = circle.make(ME, ago(70), &Part::titled("A", Means::Tram, "Lijn 4"), Some(route));
    (route, circle.make(ME, ago(70), &Goal::saying("A", "Check in"), Some(part)))
}

fn practise(circle: &mut Circle, (route, goal): (RecordId, RecordId), at: Millis, help: HelpLevel) {
    let practice = circle.make(VOLUNTEER, at, &Practice { route, at }, None);
    circle.make(VOLUNTEER, at, &GoalHelp { goal, help, at, replaces: None }, Some(practice));
}

#[test]
fn a_route_is_to_be_practised_until_its_goals_go_by_themselves() {
    let mut circle = Circle::begun();
    let told = route(&mut circle);
    assert_eq!(circle.summary().travel, [], "a route that was never practised asks for nothing");
    practise(&mut circle, told, ago(9), HelpLevel::Together);
    let travel = Travel {
        trajectory: None,
        stage: None,
        route: Some(told.0),
        volunteer: Some(VOLUNTEER),
        practices: 1,
        last: Some(ago(9)),
        weekly: Some(today().back(9)),
        handover: None,
        follow_ups: Vec::new(),
    };
    let summary = circle.summary();
    assert_eq!(summary.travel, [travel]);
    assert_eq!((summary.weeks[0].practices, summary.weeks[0].all, summary.weeks[0].by_oneself), (1, 1, 0));
    circle.make(CLIENT, ago(4), &Arrival { route: told.0, at: ago(4) }, None);
    assert_eq!(circle.summary().travel[0].last, Some(ago(4)));
    for days in [3, 2, 1] {
        practise(&mut circle, told, ago(days), HelpLevel::ByOneself);
    }
    assert_eq!(circle.summary().travel[0].weekly, None);
}

#[test]
fn a_trajectory_is_to_be_practised_every_week_in_its_stage_alone() {
    let mut circle = Circle::begun();
    let (route, _) = route(&mut circle);
    let trajectory = Trajectory { route: Some(route), ..Trajectory::of(today().back(60), Channel::School) };
    let trajectory = circle.make(ME, ago(60), &trajectory, None);
    let mut comes_to = |stage, days| {
        let entry = StageEntry { stage, on: today().back(days), responsible: None, reason: None };
        circle.make(ME, ago(days), &entry, Some(trajectory));
        let travel = circle.summary().travel;
        (travel.len(), travel[0].stage, travel[0].weekly, travel[0].handover.is_some())
    };
    assert_eq!(comes_to(Stage::Practice, 20), (1, Some(Stage::Practice), Some(today().back(20)), false));
    assert_eq!(comes_to(Stage::Handover, 5), (1, Some(Stage::Handover), None, true));
}

#[test]
fn of_consents_only_those_of_the_reader_are_told_that_end_and_are_not_renewed() {
    let mut circle = Circle::begun();
    let mut give = |person, section, from: Millis, until| {
        let consent = Consent { act: ConsentAct::Given, person, section, from, until, ends: None };
        circle.make(CLIENT, ago(50), &consent, None);
        circle.summary().consents.into_iter().map(|(_, (section, _))| section).collect::<Vec<_>>()
    };
    let end = now().plus(72 * HOUR);
    assert_eq!(give(VOLUNTEER, Section::Photos, ago(50), Some(end)), []);
    assert_eq!(give(ME, Section::Plans, ago(50), None), []);
    assert_eq!(give(ME, Section::Photos, ago(50), Some(end)), [Section::Photos]);
    assert_eq!(give(ME, Section::Travel, ago(50), Some(now())), [Section::Photos], "what ended is no news");
    assert_eq!(give(ME, Section::Photos, end, None), []);
}

#[test]
fn hours_are_held_by_week_and_role_and_grants_without_their_words() {
    let mut circle = Circle::begun();
    let time = |days: u32, minutes| TimeSpent::of(today().back(days), minutes, TimeKind::Direct);
    circle.make(ME, ago(7), &time(7, 60), None);
    circle.make(COLLEAGUE, ago(7), &TimeSpent { role: Some(DuoRole::SupportWorker), ..time(8, 30) }, None);
    circle.make(ME, ago(77), &time(77, 500), None);
    let grant = Grant { number: Some("B-12".into()), ..Grant::of(today().back(90), today().on(90), 60, 90) };
    circle.make(ME, ago(70), &grant, None);
    circle.make(ME, ago(70), &Grant::of(today().back(400), today().back(90), 60, 90), None);
    let held = circle.summary().hours;
    let week = WeekMinutes { week: Week(THIS.0 - 1), supervisor: 60, support_worker: 30 };
    assert_eq!(held, HoursHeld { weeks: vec![week], grants: vec![Grant { number: None, ..grant }] });
}

#[test]
fn what_is_arranged_and_marked_is_told_as_it_stands() {
    let mut circle = Circle::begun();
    let task = Task { title: "Pas opladen".into(), picture: None, goal: None, due: Some(today()), ended: None };
    let task = circle.make(ME, ago(3), &task, None);
    let asked = TaskHandover { act: HandoverAct::Asked, at: ago(3), to: Some(VOLUNTEER), word: None };
    circle.make(ME, ago(3), &asked, Some(task));
    let mut meets = |days: i64, cancelled| {
        let at = Millis(now().0.saturating_add_signed(days * 86_400_000));
        let with = VOLUNTEER;
        let (title, place, picture, route) = (None, None, None, None);
        circle.make(ME, ago(5), &Appointment { with, at, minutes: 60, title, place, picture, route, cancelled }, None)
    };
    let (_, later, _, first) = (meets(-1, None), meets(6, None), meets(1, Some(ago(1))), meets(2, None));
    for days in [9, 2] {
        let (rule, act) = (AttentionRule::NoPractice, AttentionAct::Looked);
        let mark = AttentionMark { rule, act, at: ago(days), about: None, until: None, word: Some("Gebeld".into()) };
        circle.make(COLLEAGUE, ago(days), &mark, None);
    }
    let summary = circle.summary();
    let waits = TaskWaits { task, by: Some(ME), to: VOLUNTEER, at: ago(3), due: Some(today()) };
    assert_eq!((summary.tasks.as_slice(), summary.title(task)), (&[waits][..], "Pas opladen"));
    assert_eq!(summary.next.iter().map(|next| next.id).collect::<Vec<_>>(), [first, later]);
    assert_eq!(summary.marks.iter().map(|mark| (mark.at, mark.by)).collect::<Vec<_>>(), [(ago(2), Some(COLLEAGUE))]);
    let taken = TaskHandover { act: HandoverAct::TakenOn, at: ago(1), to: None, word: None };
    circle.make(VOLUNTEER, ago(1), &taken, Some(task));
    assert_eq!(circle.summary().tasks, []);
}

#[test]
fn what_two_people_changed_is_counted_with_when_that_was() {
    let mut circle = Circle::begun();
    circle.plan("Opstaan", 1);
    let stamp = Stamp { millis: ago(2), counter: 0, device: opstap_core::DeviceId([9; 16]) };
    let kept = Kept { cell: "text".into(), value: Value::Bool(true), stamp, number: 1 };
    circle.records.last_mut().unwrap().kept.push(kept);
    assert_eq!(circle.summary().conflicts, Some(Piled { count: 1, latest: ago(2) }));
}
