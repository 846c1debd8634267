//! The figures over rows of every kind; that groups add up, and that what is masked cannot be worked out.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::model::{
    Channel, Indication, Model, Registration, RegistrationFollowUp, RegistrationTime, SpecialTransport, Stage,
    StopReasons, TrajectoryOutcome, TravelMode, delete,
};
use opstap_core::{Cell, Change, DeviceId, Millis, Record, Stamp};
use proptest::prelude::*;

use super::*;

fn id(n: u16) -> RecordId {
    let mut bytes = [0; 16];
    bytes[..2].copy_from_slice(&n.to_be_bytes());
    RecordId(bytes)
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn registration() -> Registration {
    Registration::of(day("2013-01-10"), Channel::School)
}

fn row(n: u16, registration: Registration) -> ProgrammeRow {
    ProgrammeRow { id: id(n), registration, follow_ups: Vec::new(), times: Vec::new() }
}

fn completed(n: u16, on: &str) -> ProgrammeRow {
    row(n, Registration { started: Some(day("2013-02-01")), completed: Some(day(on)), ..registration() })
}

fn asked(on: &str, travels: Option<bool>) -> RegistrationFollowUp {
    RegistrationFollowUp { on: day(on), months: None, travels, other_routes: None, special: None }
}

fn on(rows: &[ProgrammeRow], today: &str) -> Programme {
    Programme::of(rows, None, day(today))
}

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
    assert_eq!(of(Some(TrajectoryOutcome::Stopped), began, began), Standing::Stopped);
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
fn a_cohort_says_who_travels_who_was_not_reached_and_for_whom_it_is_too_early() {
    let mut rows = [completed(1, "2013-07-01"), completed(2, "2013-08-10"), completed(3, "2013-10-02")];
    // Six months had passed and twelve had not.
    rows[0].follow_ups = vec![asked("2014-01-31", Some(true))];
    // It says itself after how many months it was, though it was made late.
    rows[1].follow_ups = vec![RegistrationFollowUp { months: Some(3), ..asked("2014-03-01", Some(false)) }];
    // Before the first month it counts as the first.
    rows[2].follow_ups = vec![asked("2013-10-20", None)];
    let programme = on(&rows, "2014-02-15");
    let third = Quarter { year: 2013, of_year: 3 };
    let at = |quarter, months, state| programme.count(FigureKey::Cohort(quarter, months, state));
    assert_eq!(at(third, 6, CohortState::Travels), 1);
    assert_eq!(at(third, 3, CohortState::NoLonger), 1);
    assert_eq!((at(third, 3, CohortState::NotReached), at(third, 1, CohortState::NotReached)), (1, 2));
    assert_eq!((at(third, 6, CohortState::NotReached), at(third, 12, CohortState::NotDue)), (1, 2));
    let fourth = Quarter { year: 2013, of_year: 4 };
    assert_eq!(at(fourth, 1, CohortState::NotSaid), 1);
    assert_eq!(at(fourth, 6, CohortState::NotDue), 1);
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
    assert_eq!(programme.count(FigureKey::StartedIn(2013)), 2);
    assert_eq!(programme.count(FigureKey::StartedIn(2014)), 0);
    assert_eq!(programme.count(FigureKey::CompletedIn(2014)), 1);
}

/// So many rows for each number, of this channel.
fn through(counts: &[(Channel, u16)]) -> Vec<ProgrammeRow> {
    let channels = counts.iter().flat_map(|(channel, times)| (0..*times).map(|_| *channel));
    (0..).zip(channels).map(|(n, channel)| row(n, Registration { channel, ..registration() })).collect()
}

fn shown(rows: &[ProgrammeRow], channel: Channel) -> Option<Amount> {
    on(rows, "2014-01-01").masked()[&FigureKey::Through(channel)]
}

#[test]
fn one_small_group_takes_the_next_smallest_along_since_the_sum_would_tell_it() {
    let rows = through(&[(Channel::Own, 12), (Channel::Provisions, 2), (Channel::Workplace, 6), (Channel::School, 20)]);
    assert_eq!(shown(&rows, Channel::Provisions), None);
    assert_eq!(shown(&rows, Channel::Workplace), None);
    assert_eq!(shown(&rows, Channel::Own), Some(Amount::Count(12)));
    assert_eq!(shown(&rows, Channel::Care), Some(Amount::Count(0)), "nobody is nobody's secret");
    assert_eq!(on(&rows, "2014-01-01").masked()[&FigureKey::Registered], Some(Amount::Count(40)));
}

#[test]
fn two_small_groups_that_are_few_together_take_a_third_along() {
    let rows = through(&[(Channel::Own, 9), (Channel::Provisions, 1), (Channel::Workplace, 1), (Channel::School, 8)]);
    assert_eq!(shown(&rows, Channel::School), None);
    assert_eq!(shown(&rows, Channel::Own), Some(Amount::Count(9)));
}

#[test]
fn five_groups_of_one_each_would_tell_themselves_and_do_not() {
    let one = |channel| (channel, 1);
    let mut counts: Vec<_> = Channel::ALL[..5].iter().copied().map(one).collect();
    counts.push((Channel::School, 30));
    let rows = through(&counts);
    assert_eq!(shown(&rows, Channel::School), None);
    assert_eq!(on(&rows, "2014-01-01").masked()[&FigureKey::Registered], Some(Amount::Count(35)));
}

#[test]
fn a_reason_that_all_but_one_gave_is_not_shown_either() {
    let stopped = |n, reasons| {
        let (started, outcome) = (Some(day("2013-02-01")), Some(TrajectoryOutcome::Stopped));
        row(n, Registration { started, outcome, reasons: StopReasons::of(reasons), ..registration() })
    };
    let mut rows: Vec<_> = (0..9).map(|n| stopped(n, vec![4])).collect();
    rows.push(stopped(9, vec![1]));
    let masked = on(&rows, "2014-01-01").masked();
    let health = FigureKey::StoppedFor(Some(opstap_core::model::StopReason::Health));
    assert_eq!((masked[&health], masked[&FigureKey::Stopped]), (None, Some(Amount::Count(10))));
}

fn any_day() -> impl Strategy<Value = Option<Day>> {
    let days = (0_u32..700).prop_map(|days| day("2013-01-01").on(days));
    proptest::option::weighted(0.7, days)
}

fn any_row() -> impl Strategy<Value = ProgrammeRow> {
    let place = |many: usize| proptest::option::weighted(0.8, 0..many);
    let cells = (0..Channel::ALL.len(), place(4), place(3), proptest::option::weighted(0.2, 0_usize..3), place(7));
    let answer = (any_day(), proptest::option::of(any::<bool>()), proptest::option::of(any::<bool>()), place(3));
    let time = (0..Stage::ALL.len(), any::<bool>(), 0_u32..200);
    let below = (proptest::collection::vec(answer, 0..3), proptest::collection::vec(time, 0..4));
    (cells, any_day(), any_day(), below).prop_map(|(cells, started, completed, (answers, times))| {
        let (channel, indication, mode, outcome, reason) = cells;
        let registration = Registration {
            channel: Channel::ALL[channel],
            indication: indication.map(|place| Indication::ALL[place]),
            mode: mode.map(|place| TravelMode::ALL[place]),
            outcome: outcome.map(|place| TrajectoryOutcome::ALL[place]),
            reasons: StopReasons::of(reason),
            started,
            completed,
            ..registration()
        };
        let mut row = row(0, registration);
        row.follow_ups = answers
            .into_iter()
            .map(|(on, travels, other_routes, special)| RegistrationFollowUp {
                on: on.unwrap_or_default(),
                months: None,
                travels,
                other_routes,
                special: special.map(|place| SpecialTransport::ALL[place]),
            })
            .collect();
        row.follow_ups.sort_by_key(|found| found.on);
        let times = times.into_iter();
        row.times = times
            .map(|(stage, volunteer, minutes)| RegistrationTime {
                stage: Stage::ALL[stage],
                role: if volunteer { TimeRole::Volunteer } else { TimeRole::Professional },
                minutes,
            })
            .collect();
        row
    })
}

fn any_rows() -> impl Strategy<Value = Vec<ProgrammeRow>> {
    // A few rows many times over make groups of every size.
    let seeds = proptest::collection::vec((any_row(), 1_usize..12), 0..12);
    seeds.prop_map(|seeds| {
        let rows = seeds.into_iter().flat_map(|(row, times)| std::iter::repeat_n(row, times));
        (0..).zip(rows).map(|(n, row)| ProgrammeRow { id: id(n), ..row }).collect()
    })
}

/// What a reader of the shown figures can work out: between which bounds each figure lies. Who knows the rule knows that a zero is shown.
fn worked_out(programme: &Programme, amounts: &Amounts) -> BTreeMap<FigureKey, (i64, i64)> {
    const MOST: i64 = 1_000_000_000;
    let value = |amount: Amount| match amount {
        Amount::Count(amount) | Amount::Minutes(amount) => i64::try_from(amount).unwrap(),
    };
    let bounds = |amount: &Option<Amount>| amount.map_or((1, MOST), |amount| (value(amount), value(amount)));
    let mut known: BTreeMap<FigureKey, (i64, i64)> =
        amounts.iter().map(|(key, amount)| (*key, bounds(amount))).collect();
    loop {
        let before = known.clone();
        for breakdown in programme.breakdowns.iter().filter(|breakdown| !breakdown.overlap) {
            let sum = |known: &BTreeMap<FigureKey, (i64, i64)>, but: Option<FigureKey>| {
                let others = breakdown.groups.iter().filter(|group| Some(**group) != but).map(|group| known[group]);
                others.fold((0, 0), |(low, high), (a, b)| (low + a, high + b))
            };
            let (low, high) = sum(&known, None);
            let (of_low, of_high) = known[&breakdown.of];
            known.insert(breakdown.of, (of_low.max(low), of_high.min(high)));
            for group in &breakdown.groups {
                let (others_low, others_high) = sum(&known, Some(*group));
                let (of_low, of_high) = known[&breakdown.of];
                let (low, high) = known[group];
                known.insert(*group, (low.max(of_low - others_high), high.min(of_high - others_low)));
            }
        }
        if known == before {
            return known;
        }
    }
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
    fn what_is_masked_cannot_be_worked_out_from_what_is_shown(rows in any_rows()) {
        let programme = on(&rows, "2014-06-01");
        let masked = programme.masked();
        let known = worked_out(&programme, &masked);
        for (key, figure) in programme.figures() {
            let few = (1..=4).contains(&figure.rows.len());
            prop_assert!(!few || masked[&key].is_none(), "{key:?} is shown");
            let (low, high) = known[&key];
            prop_assert!(masked[&key].is_some() || low < high, "{key:?} can only be {low}");
        }
    }

    #[test]
    fn masking_hides_nothing_where_every_group_is_large_or_empty(times in proptest::collection::vec(5_u16..20, 6)) {
        let counts: Vec<_> = Channel::ALL.iter().copied().zip(times).collect();
        prop_assert!(on(&through(&counts), "2014-06-01").masked().values().all(Option::is_some));
    }
}
