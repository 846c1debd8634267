//! The figures over rows of every kind, and that groups add up.

use std::collections::BTreeSet;

use opstap_core::model::{
    Model, Registration, RegistrationFollowUp, RegistrationTime, Stage, StopReasons, TrajectoryOutcome, delete,
};
use opstap_core::{Cell, Change, DeviceId, Millis, Record, Stamp};
use proptest::prelude::*;

use super::drawn::{any_rows, asked, completed, day, id, on, registration, row};
use super::*;

fn record(change: Change, millis: u64) -> Record {
    let Change::Make { id, kind, parent, cells } = change else { unreachable!("a record is made") };
    let stamp = Stamp { millis: Millis(millis), counter: 0, device: DeviceId([9; 16]) };
    let mut record = Record::new(id, kind, parent);
    record.cells = cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 1 })).collect();
    record
}

fn deleted(mut record: Record) -> Record {
    let Change::Set { cells, .. } = delete(record.id) else { unreachable!("deleting sets a cell") };
    let stamp = Stamp { millis: Millis(99), counter: 0, device: DeviceId([9; 16]) };
    record.cells.extend(cells.into_iter().map(|(name, value)| (name, Cell { value, stamp, number: 2 })));
    record
}

#[test]
fn rows_are_read_with_what_stands_below_them_and_nothing_of_what_is_deleted() {
    let below = |n, on: &str, millis, above| record(asked(on, Some(true)).make_below(id(n), id(above)), millis);
    let time = RegistrationTime { stage: Stage::Practice, role: TimeRole::Volunteer, minutes: 60 };
    let records = [
        below(11, "2013-09-01", 1, 1),
        below(12, "2013-06-01", 2, 1),
        deleted(below(13, "2014-06-01", 3, 1)),
        below(14, "2013-06-01", 1, 3),
        record(registration().make(id(1)), 1),
        record(Registration { registered: day("2012-12-01"), ..registration() }.make(id(2)), 1),
        deleted(record(registration().make(id(3)), 1)),
        record(time.make_below(id(15), id(1)), 1),
    ];
    let rows = programme_rows(&records);
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id(2), id(1)], "in order of registration");
    assert_eq!(rows[1].follow_ups, [asked("2013-06-01", Some(true)), asked("2013-09-01", Some(true))]);
    assert_eq!(rows[1].times, [time]);
    assert!(rows[0].follow_ups.is_empty());
}

#[test]
fn time_and_enquiries_that_two_desks_wrote_apart_count_once() {
    let time = |n, stage, role, minutes| record(RegistrationTime { stage, role, minutes }.make_below(id(n), id(1)), 1);
    let found = |n, months, travels| {
        record(RegistrationFollowUp { months, ..asked("2013-09-01", Some(travels)) }.make_below(id(n), id(1)), n.into())
    };
    let (practice, volunteer) = (Stage::Practice, TimeRole::Volunteer);
    let records = [
        record(registration().make(id(1)), 1),
        time(13, practice, volunteer, 90),
        time(12, practice, volunteer, 60),
        time(14, practice, TimeRole::Professional, 20),
        time(15, Stage::Intake, TimeRole::Professional, 30),
        found(22, Some(3), false),
        found(21, Some(3), true),
        found(23, None, true),
        found(24, None, false),
    ];
    let rows = programme_rows(&records);
    let minutes: Vec<_> = rows[0].times.iter().map(|time| (time.stage, time.role, time.minutes)).collect();
    let professional = TimeRole::Professional;
    let expected = [(Stage::Intake, professional, 30), (practice, volunteer, 60), (practice, professional, 20)];
    assert_eq!(minutes, expected);
    let told: Vec<_> = rows[0].follow_ups.iter().map(|one| (one.months, one.travels)).collect();
    assert_eq!(
        told,
        [(Some(3), Some(true)), (None, Some(true)), (None, Some(false))],
        "a lower id before a later word"
    );
}

#[test]
fn of_two_settings_that_were_made_apart_the_lower_id_counts() {
    let settings = |started| ProgrammeSettings { served: None, target_started: Some(started), target_completed: None };
    let both = [record(settings(40).make(id(7)), 1), record(settings(30).make(id(5)), 9)];
    assert_eq!(programme_settings(&both).and_then(|settings| settings.target_started), Some(30));
    assert_eq!(programme_settings(&[deleted(both[0].clone())]), None);
}

#[test]
fn where_a_row_stands_follows_from_its_days_before_its_word() {
    let began = Some(day("2013-02-01"));
    let of =
        |outcome, started, completed| row(1, Registration { outcome, started, completed, ..registration() }).standing();
    let withdrew = Some(TrajectoryOutcome::Withdrew);
    assert_eq!(of(None, None, None), Standing::Waiting);
    assert_eq!(of(Some(TrajectoryOutcome::Outside), None, None), Standing::Outside);
    assert_eq!(of(withdrew, None, None), Standing::Withdrew);
    assert_eq!(of(withdrew, began, None), Standing::Stopped);
    assert_eq!(of(None, began, None), Standing::Running);
    assert_eq!(of(None, None, began), Standing::Completed);
    assert_eq!(of(Some(TrajectoryOutcome::Stopped), began, None), Standing::Stopped);
    assert_eq!(of(Some(TrajectoryOutcome::Stopped), began, began), Standing::Completed);
}

#[test]
fn the_latest_follow_up_counts_and_three_months_are_92_days() {
    let mut rows = [completed(1, "2013-06-13"), completed(2, "2013-06-13"), completed(3, "2013-06-13")];
    rows[0].follow_ups = vec![asked("2013-09-13", Some(true))];
    rows[1].follow_ups = vec![asked("2013-09-14", Some(true))];
    rows[2].follow_ups = vec![asked("2013-07-13", Some(true)), asked("2014-01-31", Some(false))];
    let programme = on(&rows, "2014-06-01");
    assert_eq!(programme.figure(FigureKey::WithinThreeMonths).rows, [id(1)]);
    assert_eq!(programme.figure(FigureKey::Later).rows, [id(2), id(3)]);
    assert_eq!(programme.figure(FigureKey::Travels(Some(false))).rows, [id(3)]);
}

#[test]
fn a_cohort_says_who_travels_who_was_not_reached_or_not_asked_and_for_whom_it_is_too_early() {
    let mut rows = [
        completed(1, "2013-07-01"),
        completed(2, "2013-08-10"),
        completed(3, "2013-10-02"),
        completed(4, "2013-10-02"),
    ];
    // Six months had passed and twelve had not.
    rows[0].follow_ups = vec![asked("2014-01-31", Some(true))];
    // It says itself after how many months it was, though it was made late.
    rows[1].follow_ups = vec![RegistrationFollowUp { months: Some(3), ..asked("2014-03-01", Some(false)) }];
    // Before the first month it counts as the first.
    rows[2].follow_ups = vec![RegistrationFollowUp { other_routes: Some(true), ..asked("2013-10-20", None) }];
    // A day on which nothing was answered.
    rows[3].follow_ups = vec![asked("2013-11-05", None)];
    let programme = on(&rows, "2014-02-15");
    let third = Quarter { year: 2013, of_year: 3 };
    let at = |quarter, months, state| programme.count(FigureKey::Cohort(quarter, months, state));
    assert_eq!(at(third, 6, CohortState::Travels), 1);
    assert_eq!(at(third, 3, CohortState::NoLonger), 1);
    assert_eq!((at(third, 3, CohortState::NotAsked), at(third, 1, CohortState::NotAsked)), (1, 2));
    assert_eq!((at(third, 6, CohortState::NotAsked), at(third, 12, CohortState::NotDue)), (1, 2));
    let fourth = Quarter { year: 2013, of_year: 4 };
    assert_eq!((at(fourth, 1, CohortState::NotSaid), at(fourth, 1, CohortState::NotReached)), (1, 1));
    assert_eq!(at(fourth, 6, CohortState::NotDue), 2);
}

#[test]
fn who_ended_after_travelling_alone_stays_in_the_cohort_and_in_what_is_done() {
    let mut rows = [completed(1, "2013-07-01"), completed(2, "2013-07-01")];
    rows[0].follow_ups = vec![asked("2013-08-01", Some(true))];
    rows[1].registration.outcome = Some(TrajectoryOutcome::Stopped);
    rows[1].registration.ended = Some(day("2013-09-01"));
    let programme = on(&rows, "2014-02-15");
    assert_eq!([FigureKey::Completed, FigureKey::Stopped].map(|key| programme.count(key)), [2, 0]);
    let third = Quarter { year: 2013, of_year: 3 };
    let at = |months, state| programme.figure(FigureKey::Cohort(third, months, state)).rows;
    assert_eq!(at(1, CohortState::Travels), [id(1)]);
    assert_eq!((at(1, CohortState::NotAsked), at(6, CohortState::NotAsked)), (vec![id(2)], vec![id(1), id(2)]));
}

#[test]
fn a_row_stands_behind_a_figure_with_the_day_that_counts_for_it() {
    let mut row = completed(1, "2013-06-13");
    row.registration.started = Some(day("2013-04-02"));
    row.follow_ups = vec![asked("2013-09-13", Some(true))];
    assert_eq!(FigureKey::Registered.day_of(&row), row.registration.registered);
    assert_eq!(FigureKey::StartedIn(2013).day_of(&row), day("2013-04-02"));
    assert_eq!(FigureKey::Completed.day_of(&row), day("2013-06-13"));
    assert_eq!(FigureKey::Later.day_of(&row), day("2013-09-13"));
}

#[test]
fn a_reason_counts_in_each_group_that_it_stands_for() {
    let stopped = |n, reasons| {
        let began = Some(day("2013-02-01"));
        let outcome = Some(TrajectoryOutcome::Stopped);
        row(n, Registration { started: began, outcome, reasons, ..registration() })
    };
    let rows = [stopped(1, StopReasons::of([1, 4])), stopped(2, StopReasons::of([4])), stopped(3, None)];
    let programme = on(&rows, "2014-01-01");
    let reason = |reason| programme.figure(FigureKey::StoppedFor(reason)).rows;
    assert_eq!(reason(Some(opstap_core::model::StopReason::Parents)), [id(1)]);
    assert_eq!(reason(Some(opstap_core::model::StopReason::Health)), [id(1), id(2)]);
    assert_eq!(reason(None), [id(3)]);
}

#[test]
fn hours_are_told_by_stage_and_for_a_completed_trajectory_of_which_they_are_known() {
    let time = |stage, role, minutes| RegistrationTime { stage, role, minutes };
    let mut rows = [completed(1, "2013-06-01"), completed(2, "2013-06-01"), row(3, registration())];
    rows[0].times = vec![
        time(Stage::Practice, TimeRole::Volunteer, 600),
        time(Stage::Practice, TimeRole::Volunteer, 120),
        time(Stage::Handover, TimeRole::Volunteer, 61),
        time(Stage::Intake, TimeRole::Professional, 90),
    ];
    rows[2].times = vec![time(Stage::Intake, TimeRole::Professional, 45)];
    let programme = on(&rows, "2014-01-01");
    let minutes = |key| programme.figure(key).minutes;
    assert_eq!(minutes(FigureKey::HoursIn(TimeRole::Volunteer, Stage::Practice)), Some(720));
    assert_eq!(minutes(FigureKey::Hours(TimeRole::Volunteer)), Some(781));
    assert_eq!(programme.figure(FigureKey::HoursIn(TimeRole::Professional, Stage::Intake)).rows, [id(1), id(3)]);
    assert_eq!(minutes(FigureKey::HoursOfOthers(TimeRole::Professional)), Some(45));
    assert_eq!(minutes_per_completed(&programme.amounts(), TimeRole::Volunteer), Some(781));
    assert_eq!(programme.figure(FigureKey::HoursUnknown(TimeRole::Volunteer)).rows, [id(2)]);
    assert_eq!(minutes_per_completed(&programme.masked(), TimeRole::Volunteer), None);
}

#[test]
fn a_year_is_set_beside_its_target() {
    let settings = ProgrammeSettings { served: None, target_started: Some(40), target_completed: Some(25) };
    let mut late = completed(2, "2014-01-10");
    late.registration.started = Some(day("2013-11-01"));
    let programme = Programme::of(&[completed(1, "2013-06-01"), late], Some(&settings), day("2014-06-01"));
    let target = |year| Target { year, started: Some(40), completed: Some(25) };
    assert_eq!(programme.targets, [target(2013), target(2014)]);
    let later = |on| Programme::of(&[completed(1, "2013-06-01")], Some(&settings), day(on)).targets;
    assert_eq!(later("2015-02-01"), [target(2015)], "not of years long gone, and of this one from its first day");
    assert_eq!(programme.count(FigureKey::StartedIn(2013)), 2);
    assert_eq!(programme.count(FigureKey::StartedIn(2014)), 0);
    assert_eq!(programme.count(FigureKey::CompletedIn(2014)), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_groups_of_a_breakdown_add_up_to_their_whole(rows in any_rows()) {
        let programme = on(&rows, "2014-06-01");
        for breakdown in &programme.breakdowns {
            let whole: BTreeSet<_> = programme.figure(breakdown.of).rows.into_iter().collect();
            let groups = breakdown.groups.iter().map(|group| programme.figure(*group));
            let of_groups: BTreeSet<_> = groups.clone().flat_map(|group| group.rows).collect();
            prop_assert_eq!(&whole, &of_groups, "{:?}", breakdown.key);
            match programme.figure(breakdown.of).minutes {
                Some(minutes) => prop_assert_eq!(groups.filter_map(|group| group.minutes).sum::<u64>(), minutes),
                None if !breakdown.overlap => {
                    prop_assert_eq!(groups.map(|group| group.rows.len()).sum::<usize>(), whole.len());
                }
                None => {}
            }
        }
    }

    #[test]
    fn what_the_rows_behind_a_figure_of_time_add_comes_to_the_figure(rows in any_rows()) {
        let programme = on(&rows, "2014-06-01");
        for (key, figure) in programme.figures().filter(|(_, figure)| figure.minutes.is_some()) {
            let behind = rows.iter().filter(|row| figure.rows.contains(&row.id));
            prop_assert_eq!(behind.filter_map(|row| key.minutes_of(row)).sum::<u64>(), figure.minutes.unwrap_or_default());
        }
    }
}
