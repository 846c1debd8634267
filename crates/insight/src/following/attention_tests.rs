//! Each rule at its boundary, the order, and what hides something.

use opstap_core::model::{AttentionSettings, Ending, Face, Grant, HandoverTopic, Picked, Stage};
use proptest::prelude::*;

use super::super::samples::{CLIENT, COLLEAGUE, HOUR, ME, MINUTE, THIS, VOLUNTEER, ago, clock, id, now, quiet, today};
use super::super::{LastRun, Line, LineWeek, Mark, Travel, WeekDone, WeekMinutes, rule, sort_asks as sorted};
use super::*;
use AttentionRule as Rule;

const PLAN: RecordId = id(10);
const STEP: RecordId = id(11);

fn asked(summary: &Summary) -> Vec<Asks> {
    attention(summary, &DeviceFacts::default(), clock(), ME)
}

fn rules(summary: &Summary) -> Vec<(Rule, Group)> {
    asked(summary).into_iter().map(|asks| (asks.rule, asks.group)).collect()
}

fn help(at: Millis) -> HelpAsked {
    HelpAsked { message: id(20), to: VOLUNTEER, at, step: Some(STEP), plan: Some(PLAN), place: Some((6, 9)) }
}

fn given_up(at: Millis) -> GivenUp {
    GivenUp { plan: PLAN, run: id(12), at, step: Some(STEP), place: (3, 6), face: Some(Face::Hard) }
}

fn failing(times: u32, last: Millis) -> Failing {
    Failing { step: STEP, plan: PLAN, times, last, stopped: true }
}

fn travel(weekly: Option<u32>, last: Option<u32>) -> Travel {
    Travel {
        trajectory: Some(id(30)),
        stage: Some(Stage::Practice),
        route: Some(id(31)),
        volunteer: Some(VOLUNTEER),
        practices: 5,
        last: last.map(ago),
        weekly: weekly.map(|days| today().back(days)),
        handover: None,
        follow_ups: Vec::new(),
    }
}

fn line(weeks: &[(u32, u32)]) -> Line {
    let week = |(back, (by_oneself, all)): (u32, &(u32, u32))| LineWeek {
        week: Week(THIS.0 - back),
        times: 1,
        by_oneself: *by_oneself,
        all: *all,
    };
    Line { of: PLAN, is_route: false, weeks: (0..).zip(weeks).map(week).collect() }
}

#[test]
fn where_nothing_is_nothing_asks() {
    assert_eq!(asked(&quiet()), []);
}

#[test]
fn help_asks_after_ten_minutes_for_today_after_a_day_and_no_more_after_a_week() {
    let of = |at| rules(&Summary { help: vec![help(at)], ..quiet() });
    assert_eq!(of(Millis(now().0 - 10 * MINUTE + 1)), []);
    assert_eq!(of(Millis(now().0 - 10 * MINUTE)), [(Rule::HelpUnanswered, Group::Now)]);
    assert_eq!(of(Millis(now().0 - 24 * HOUR + 1)), [(Rule::HelpUnanswered, Group::Now)]);
    assert_eq!(of(Millis(now().0 - 24 * HOUR)), [(Rule::HelpUnanswered, Group::Today)]);
    assert_eq!(of(ago(7)), [(Rule::HelpUnanswered, Group::Today)]);
    assert_eq!(of(ago(8)), []);
}

#[test]
fn a_client_is_called_or_written_to_where_no_telephone_number_is_known() {
    let mut summary = Summary { help: vec![help(ago(0))], ..quiet() };
    assert_eq!(asked(&summary)[0].action, Action::Call(CLIENT));
    summary.team[0].phone = false;
    assert_eq!(asked(&summary)[0].action, Action::SendMessage(CLIENT));
}

#[test]
fn a_plan_that_was_given_up_asks_for_a_week() {
    let of = |days| rules(&Summary { given_up: vec![given_up(ago(days))], ..quiet() });
    assert_eq!((of(7), of(8)), (vec![(Rule::GivenUp, Group::Today)], vec![]));
}

#[test]
fn a_step_asks_at_the_third_time_in_a_row_or_as_settled() {
    let mut summary = Summary { failing: vec![failing(2, ago(1))], ..quiet() };
    assert_eq!(asked(&summary), []);
    summary.settings.failures = Some(2);
    let [asks] = &asked(&summary)[..] else { panic!("it asks") };
    assert_eq!((asks.about, asks.action), (Some(STEP), Action::ShowStep { plan: PLAN, step: STEP }));
    summary.settings.failures = None;
    summary.failing = vec![failing(3, ago(14))];
    assert_eq!(rules(&summary), [(Rule::StepFails, Group::Today)]);
    summary.failing = vec![failing(3, ago(15))];
    assert_eq!(asked(&summary), []);
}

#[test]
fn less_by_oneself_asks_from_twenty_per_cents_of_all() {
    let of = |weeks: &[(u32, u32)]| asked(&Summary { lines: vec![line(weeks)], ..quiet() });
    let fell = [(3, 8), (4, 8), (4, 8), (4, 8), (6, 8), (6, 8), (6, 8), (6, 8)];
    let [asks] = &of(&fell)[..] else { panic!("it asks") };
    let share = |by_oneself, all| Share { by_oneself, all };
    let weeks = (Week(THIS.0 - 7), THIS);
    let (was, is) = (share(24, 32), share(15, 32));
    assert_eq!(asks.what, What::Less { of: PLAN, is_route: false, was, is, weeks });
    assert_eq!(asks.action, Action::ShowCourse(PLAN));
    assert_eq!(of(&[(6, 10), (0, 0), (0, 0), (0, 0), (8, 10)]).len(), 1, "20 per cents");
    assert_eq!(of(&[(61, 100), (0, 0), (0, 0), (0, 0), (80, 100)]), [], "19 per cents");
    assert_eq!(of(&[(0, 4), (0, 0), (0, 0), (0, 0), (8, 8)]), [], "four steps say nothing");
    assert_eq!(of(&[(0, 9)]), [], "with nothing before there is no less");
}

#[test]
fn a_week_without_practice_asks_whoever_practises_where_weekly_practice_is_agreed() {
    let of = |travel| asked(&Summary { travel: vec![travel], ..quiet() });
    assert_eq!(of(travel(Some(30), Some(6))), []);
    let [asks] = &of(travel(Some(30), Some(7)))[..] else { panic!("it asks") };
    let (route, with) = (Some(id(31)), Some(VOLUNTEER));
    assert_eq!(asks.what, What::NoPractice { route, days: 7, last: Some(ago(7)), with });
    assert_eq!((asks.action, asks.about), (Action::AskVolunteer(VOLUNTEER), Some(id(30))));
    assert_eq!(of(travel(None, Some(20))), [], "nothing is agreed");
    assert_eq!(of(travel(Some(6), Some(20))), [], "it was agreed six days ago");
    assert_eq!(of(travel(Some(7), None)).len(), 1, "it never was practised");
    let alone = |days| Travel { trajectory: None, ..travel(Some(90), Some(days)) };
    assert_eq!((of(alone(56)).len(), of(alone(57)).len()), (1, 0), "a route without a trajectory comes to rest");
}

#[test]
fn days_off_do_not_count_and_on_one_nobody_is_asked() {
    let mut summary = Summary { travel: vec![travel(Some(30), Some(8))], ..quiet() };
    summary.days_off = vec![(today().back(4), today().back(3))];
    assert_eq!(asked(&summary), []);
    summary.travel = vec![travel(Some(30), Some(9))];
    assert_eq!(asked(&summary).len(), 1);
    summary.days_off = vec![(today(), today())];
    assert_eq!(asked(&summary), []);
}

#[test]
fn plans_that_were_done_week_after_week_are_missed_after_a_week() {
    let week = |back: u32| WeekDone {
        week: Week(THIS.0 - back),
        begun: 2,
        done: 2,
        stopped: 0,
        all: 6,
        by_oneself: 6,
        practices: 0,
    };
    let run = LastRun {
        run: id(12),
        plan: PLAN,
        began: ago(7),
        ended: Some((Ending::Done, ago(7))),
        reached: 3,
        steps: 3,
        by_oneself: 3,
        face: None,
    };
    let mut summary = Summary { last_run: Some(run), weeks: vec![week(1), week(2), week(4)], ..quiet() };
    assert_eq!(asked(&summary), [], "a client without a plan to follow");
    summary.lines = vec![line(&[])];
    assert_eq!(rules(&summary), [(Rule::NoPractice, Group::Today)]);
    summary.weeks = vec![week(1), week(2), week(5)];
    assert_eq!(asked(&summary), [], "once in a while is no habit");
}

#[test]
fn a_handover_asks_three_days_before_its_day_when_none_is_settled_and_when_it_waits_to_be_closed() {
    let of = |on: Option<u32>, since: u32, to_close: Option<Day>| {
        let open = vec![HandoverTopic::Card];
        let now =
            HandoverNow { since: today().back(since), on: on.map(|days| today().on(days)), points: 6, open, to_close };
        let travel = Travel { stage: Some(Stage::Handover), handover: Some(now), ..travel(None, Some(3)) };
        asked(&Summary { travel: vec![travel], ..quiet() }).len()
    };
    assert_eq!((of(Some(4), 1, None), of(Some(3), 1, None), of(Some(0), 1, None)), (0, 1, 1));
    assert_eq!((of(None, 6, None), of(None, 7, None)), (0, 1));
    assert_eq!(of(Some(9), 1, Some(today())), 1);
}

#[test]
fn a_task_asks_whom_it_is_asked_of_at_once_and_others_when_nobody_answers() {
    let of = |to, days, due: Option<u32>| {
        let task =
            TaskWaits { task: id(40), by: Some(COLLEAGUE), to, at: ago(days), due: due.map(|days| today().on(days)) };
        rules(&Summary { tasks: vec![task], ..quiet() }).len()
    };
    assert_eq!((of(ME, 0, None), of(VOLUNTEER, 0, None)), (1, 0));
    assert_eq!((of(VOLUNTEER, 2, None), of(VOLUNTEER, 3, None)), (0, 1));
    assert_eq!((of(VOLUNTEER, 0, Some(4)), of(VOLUNTEER, 0, Some(3))), (0, 1));
}

#[test]
fn a_follow_up_asks_on_its_day() {
    let of = |days: u32| {
        let follow_ups = vec![(id(50), (3, today().on(days))), (id(51), (6, today().on(90)))];
        let travel = Travel { stage: Some(Stage::FollowUp), follow_ups, ..travel(None, None) };
        asked(&Summary { travel: vec![travel], ..quiet() })
    };
    assert_eq!(of(1), []);
    let [asks] = &of(0)[..] else { panic!("it asks") };
    assert_eq!(
        (asks.what.clone(), asks.action),
        (What::FollowUp { months: 3, due: today() }, Action::OpenFollowUp(id(50)))
    );
}

#[test]
fn a_consent_asks_in_its_last_seven_days_and_not_when_it_is_over() {
    let of = |until: Millis| asked(&Summary { consents: vec![(id(60), (Section::Photos, until))], ..quiet() }).len();
    assert_eq!(of(today().on(8).begins()), 0);
    assert_eq!(of(today().on(7).begins()), 1);
    assert_eq!((of(now().plus(1)), of(now())), (1, 0));
}

#[test]
fn a_phone_asks_after_three_days_of_silence_and_where_nothing_is_known_it_says_nothing() {
    let of = |facts: DeviceFacts| attention(&quiet(), &facts, clock(), ME).len();
    let heard = |days| of(DeviceFacts { heard: Some(ago(days)), ..DeviceFacts::default() });
    assert_eq!((heard(2), heard(3), of(DeviceFacts::default())), (0, 1, 0));
}

#[test]
fn edits_that_were_refused_or_set_apart_are_one_thing_that_asks() {
    let piled = |count, days| Some(Piled { count, latest: ago(days) });
    let facts = DeviceFacts { set_apart: piled(2, 1), ..DeviceFacts::default() };
    let summary = Summary { refused: piled(1, 3), conflicts: piled(4, 2), ..quiet() };
    let asks = attention(&summary, &facts, clock(), ME);
    let what: Vec<_> = asks.into_iter().map(|asks| asks.what).collect();
    let both = Piled { count: 3, latest: ago(1) };
    assert_eq!(what, [What::Refused(both), What::Conflicts(Piled { count: 4, latest: ago(2) })]);
}

fn hours(minutes: [u32; 4], granted: u32, since: u32) -> Summary {
    let week =
        |(back, minutes): (u32, u32)| WeekMinutes { week: Week(THIS.0 - back), supervisor: minutes, support_worker: 0 };
    let mut summary = quiet();
    summary.hours.weeks = (1..).zip(minutes).filter(|(_, minutes)| *minutes > 0).map(week).collect();
    summary.hours.grants = vec![Grant::of(Week(THIS.0 - since).monday(), today().on(300), granted, 0)];
    summary
}

#[test]
fn hours_ask_twenty_per_cents_over_or_under_over_four_granted_weeks() {
    let of = |minutes| rules(&hours(minutes, 100, 4)).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    assert_eq!((of([120; 4]), of([120, 120, 120, 119])), (vec![Rule::HoursOver], vec![]));
    assert_eq!((of([80; 4]), of([80, 80, 80, 81])), (vec![Rule::HoursUnder], vec![]));
    assert_eq!(of([0; 4]), [], "where nobody writes down hours nothing is under");
    assert_eq!(rules(&hours([120; 4], 100, 3)), [], "three granted weeks are not four");
    let mut wide = hours([120; 4], 100, 4);
    wide.settings.hours_percent = Some(21);
    assert_eq!(asked(&wide), []);
}

#[test]
fn the_list_is_in_order_of_urgency_and_of_equals_what_waits_longest_comes_first() {
    let summary = Summary {
        help: vec![
            help(ago(0)),
            HelpAsked { message: id(21), ..help(ago(0).plus(1)) },
            HelpAsked { message: id(22), ..help(ago(2)) },
        ],
        given_up: vec![given_up(ago(1))],
        failing: vec![failing(3, ago(2))],
        conflicts: Some(Piled { count: 1, latest: ago(9) }),
        ..quiet()
    };
    let order: Vec<_> = asked(&summary).into_iter().map(|asks| (asks.rule, asks.about)).collect();
    let expected = [
        (Rule::HelpUnanswered, Some(id(20))),
        (Rule::HelpUnanswered, Some(id(21))),
        (Rule::HelpUnanswered, Some(id(22))),
        (Rule::GivenUp, Some(PLAN)),
        (Rule::StepFails, Some(STEP)),
        (Rule::Conflict, None),
    ];
    assert_eq!(order, expected);
    let mut over_circles: Vec<_> = asked(&summary).into_iter().rev().map(|asks| (0_u8, asks)).collect();
    sorted(&mut over_circles);
    assert_eq!(over_circles.into_iter().map(|(_, asks)| asks).collect::<Vec<_>>(), asked(&summary));
}

#[test]
fn a_rule_that_is_switched_off_asks_nothing_and_the_others_go_on() {
    let mut summary = Summary { given_up: vec![given_up(ago(1))], failing: vec![failing(3, ago(2))], ..quiet() };
    let place = Rule::ALL.iter().position(|rule| *rule == Rule::GivenUp);
    summary.settings.off = Picked::of(place);
    assert_eq!(rules(&summary), [(Rule::StepFails, Group::Today)]);
}

fn mark(act: AttentionAct, at: Millis, until: Option<Day>) -> Mark {
    Mark { rule: Rule::GivenUp, about: Some(PLAN), act, at, until, by: Some(COLLEAGUE) }
}

#[test]
fn put_off_hides_until_the_day_whatever_happens_and_asks_again_on_that_day() {
    let mut summary = Summary { given_up: vec![given_up(ago(0))], ..quiet() };
    let mut of = |until: Option<Day>, at| {
        summary.marks = vec![mark(AttentionAct::Later, at, until)];
        let later = put_off(&summary, &DeviceFacts::default(), clock(), ME);
        (asked(&summary).len(), later.into_iter().map(|(_, until)| until).collect::<Vec<_>>())
    };
    assert_eq!(of(Some(today().on(1)), ago(3)), (0, vec![today().on(1)]));
    assert_eq!(of(Some(today()), ago(3)), (1, vec![]));
    assert_eq!(of(None, ago(0)), (0, vec![today().on(1)]), "without a day until tomorrow");
}

#[test]
fn what_is_done_asks_again_only_when_something_newer_happens() {
    let mut summary = Summary { given_up: vec![given_up(ago(2))], ..quiet() };
    summary.marks = vec![mark(AttentionAct::Done, ago(1), None)];
    assert_eq!(asked(&summary), []);
    assert_eq!(put_off(&summary, &DeviceFacts::default(), clock(), ME), []);
    summary.given_up = vec![given_up(ago(0))];
    assert_eq!(asked(&summary).len(), 1);
}

#[test]
fn a_mark_is_about_its_own_rule_and_thing_alone() {
    let other = GivenUp { plan: id(13), ..given_up(ago(2)) };
    let mut summary = Summary { given_up: vec![given_up(ago(2)), other], failing: vec![failing(3, ago(2))], ..quiet() };
    summary.marks =
        vec![mark(AttentionAct::Done, ago(1), None), mark(AttentionAct::Later, ago(1), Some(today().on(9)))];
    let left: Vec<_> = asked(&summary).into_iter().map(|asks| (asks.rule, asks.about)).collect();
    assert_eq!(left, [(Rule::GivenUp, Some(id(13))), (Rule::StepFails, Some(STEP))]);
}

#[test]
fn whoever_looked_since_is_told_and_hides_nothing() {
    let mut summary = Summary { given_up: vec![given_up(ago(2))], ..quiet() };
    summary.marks = vec![mark(AttentionAct::Looked, ago(3), None)];
    assert_eq!(asked(&summary)[0].looked, None);
    summary.marks = vec![mark(AttentionAct::Looked, ago(1), None)];
    assert_eq!(asked(&summary)[0].looked, Some((Some(COLLEAGUE), ago(1))));
}

#[test]
fn hours_that_are_done_with_ask_again_by_four_other_weeks() {
    let mut summary = hours([130; 4], 100, 9);
    let rule = Rule::HoursOver;
    let of = |at| Mark { rule, about: None, act: AttentionAct::Done, at, until: None, by: None };
    summary.marks = vec![of(Week(THIS.0 - 4).monday().begins())];
    assert_eq!(asked(&summary), []);
    summary.marks = vec![of(Millis(Week(THIS.0 - 4).monday().begins().0 - 1))];
    assert_eq!(asked(&summary).len(), 1);
}

#[test]
fn every_rule_stands_in_the_table_once_and_its_threshold_can_be_read() {
    for one in AttentionRule::ALL {
        assert_eq!(RULES.iter().filter(|rule| rule.rule == *one).count(), 1, "{one:?}");
    }
    let settings =
        AttentionSettings { quiet_days: Some(0), silent_days: Some(9), failures: None, off: None, hours_percent: None };
    let of = |one| threshold(rule(one).unwrap(), &settings);
    assert_eq!((of(Rule::NoPractice), of(Rule::PhoneSilent), of(Rule::StepFails)), (Some(1), Some(9), Some(3)));
}

proptest! {
    #[test]
    fn what_was_put_off_and_what_asks_are_never_the_same_and_marks_add_nothing(
        acts in proptest::collection::vec((0_usize..3, 0_u32..6, 0_u32..6, any::<bool>()), 0..8),
        happened in 0_u32..6,
    ) {
        let mut summary = Summary { given_up: vec![given_up(ago(happened))], failing: vec![failing(4, ago(1))], ..quiet() };
        let without = asked(&summary);
        summary.marks = acts
            .into_iter()
            .map(|(act, at, until, has_day)| {
                mark(AttentionAct::ALL[act], ago(at), has_day.then(|| today().back(3).on(until)))
            })
            .collect();
        let open = asked(&summary);
        let later = put_off(&summary, &DeviceFacts::default(), clock(), ME);
        let bare = |asks: &Asks| Asks { looked: None, ..asks.clone() };
        for asks in open.iter().chain(later.iter().map(|(asks, _)| asks)) {
            prop_assert!(without.contains(&bare(asks)));
        }
        prop_assert!(later.iter().all(|(asks, until)| *until > today() && !open.contains(asks)));
        let done = summary.marks.iter().any(|mark| mark.act == AttentionAct::Done && mark.at >= ago(happened));
        prop_assert_eq!(open.len() + later.len(), without.len() - usize::from(done));
        let in_order = open.windows(2).all(|two| urgency(&two[0]) <= urgency(&two[1]));
        prop_assert!(in_order);
    }
}
