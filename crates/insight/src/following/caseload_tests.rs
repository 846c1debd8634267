//! The row of a client, and how rows are filtered and sorted.

use super::super::samples::{ME, THIS, VOLUNTEER, ago, clock, id, now, quiet, today};
use super::super::{Failing, HandoverNow, Travel, WeekDone};
use super::*;

fn row(summary: &Summary) -> CaseRow {
    case_row(summary, &DeviceFacts::default(), clock(), ME)
}

fn week(back: u32, by_oneself: u32, all: u32) -> WeekDone {
    WeekDone { week: Week(THIS.0 - back), begun: 3, done: 2, stopped: 1, all, by_oneself, practices: 0 }
}

#[test]
fn the_trend_sets_four_weeks_beside_the_four_before() {
    let of = |weeks: Vec<WeekDone>| row(&Summary { weeks, ..quiet() }).trend;
    assert_eq!(of(vec![week(0, 6, 10), week(4, 5, 10)]), Some(Trend::More), "ten per cents are more");
    assert_eq!(of(vec![week(3, 59, 100), week(4, 50, 100)]), Some(Trend::Equal), "nine are not");
    assert_eq!(of(vec![week(0, 41, 100), week(7, 50, 100)]), Some(Trend::Equal));
    assert_eq!(of(vec![week(0, 4, 10), week(7, 5, 10)]), Some(Trend::Less));
    assert_eq!(of(vec![week(0, 4, 4), week(7, 0, 10)]), None, "too little to say");
    assert_eq!(of(vec![week(0, 6, 10), week(8, 5, 10)]), None, "longer ago does not count");
    assert_eq!(of(Vec::new()), None);
}

#[test]
fn the_line_has_a_place_for_each_of_twelve_weeks() {
    let fading = row(&Summary { weeks: vec![week(0, 7, 9), week(11, 1, 9), week(12, 5, 9)], ..quiet() }).fading;
    assert_eq!(fading.len(), 12);
    assert_eq!(fading.first().copied().flatten(), Some(Share { by_oneself: 1, all: 9 }));
    assert_eq!(fading.last().copied().flatten().and_then(Share::per_cent), Some(78));
    assert_eq!(fading.iter().flatten().count(), 2);
}

#[test]
fn a_row_says_the_weeks_the_next_appointment_and_what_asks() {
    let at = |hours: u64| NextAppointment { id: id(9), with: VOLUNTEER, at: now().plus(hours), minutes: 60 };
    let over = NextAppointment { at: ago(1), ..at(0) };
    let failing = Failing { step: id(2), plan: id(1), times: 3, last: ago(1), stopped: false };
    let weeks = vec![week(0, 1, 1), week(1, 1, 1)];
    let row = row(&Summary { next: vec![over, at(5)], failing: vec![failing], weeks, ..quiet() });
    assert_eq!((row.name.as_str(), row.this_week, row.last_week), ("Sem", (2, 3), (2, 3)));
    assert_eq!((row.next, row.asks.len(), row.is_quiet), (Some(at(5)), 1, false));
    assert!(is_wanted(&row, Wanted::Asks) && !is_wanted(&row, Wanted::NoPractice) && is_wanted(&row, Wanted::All));
}

#[test]
fn travel_training_is_told_by_where_it_stands() {
    let of = |stage, on: Option<Day>| {
        let (open, since) = (Vec::new(), today());
        let travel = Travel {
            trajectory: Some(id(3)),
            stage: Some(stage),
            route: None,
            volunteer: None,
            practices: 7,
            last: None,
            weekly: None,
            handover: on.map(|on| HandoverNow { since, on: Some(on), points: 0, open, to_close: None }),
            follow_ups: vec![(id(4), (3, today().on(20)))],
        };
        row(&Summary { travel: vec![travel], ..quiet() }).travels
    };
    assert_eq!(of(Stage::Matching, None), Some(Travels::Before(Stage::Matching)));
    assert_eq!(of(Stage::Practice, None), Some(Travels::Practises(7)));
    assert_eq!(of(Stage::Handover, Some(today())), Some(Travels::HandsOver(Some(today()))));
    assert_eq!(of(Stage::FollowUp, None), Some(Travels::Alone(Some((3, today().on(20))))));
}

#[test]
fn rows_are_sorted_by_what_is_asked_and_equal_ones_by_name() {
    let named = |name: &str, summary: Summary| (0_u8, CaseRow { name: name.to_owned(), ..row(&summary) });
    let failing = Failing { step: id(2), plan: id(1), times: 3, last: ago(1), stopped: false };
    let (less, more) = (vec![week(0, 1, 9), week(5, 9, 9)], vec![week(0, 9, 9), week(5, 1, 9)]);
    let mut rows = vec![
        named("Stef", quiet()),
        named("aïcha", Summary { weeks: more, ..quiet() }),
        named("Joyce", Summary { weeks: less, failing: vec![failing], ..quiet() }),
        named("Bo", quiet()),
    ];
    let mut names = |by| {
        sort_rows(&mut rows, by);
        rows.iter().map(|(_, row)| row.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(SortBy::Name), ["aïcha", "Bo", "Joyce", "Stef"]);
    assert_eq!(names(SortBy::Asks), ["Joyce", "aïcha", "Bo", "Stef"]);
    assert_eq!(names(SortBy::Trend), ["Joyce", "aïcha", "Bo", "Stef"]);
    assert_eq!(names(SortBy::Done), ["Bo", "Stef", "aïcha", "Joyce"]);
}
