//! Which weeks count, what is granted in them, and where time is that counts nowhere.

use proptest::prelude::*;

use super::*;

/// Monday 2019-11-25.
const MONDAY: u32 = 18_225;
/// As many minutes as a grant comes to when each of its minutes is there on every day of a week.
const WEEK: u64 = Granted::IN_A_MINUTE;

fn time(on: u32, minutes: u32, role: DuoRole) -> GuidanceTime {
    GuidanceTime { on: Day(on), minutes, role, kind: TimeKind::Direct, planned: true }
}

fn days(from: u32, to: u32) -> Period {
    Period { from: Day(from), to: Day(to) }
}

fn grant(from: u32, to: u32, specialist: u32, basic: u32) -> Grant {
    Grant::of(Day(from), Day(to), specialist, basic)
}

/// So many weeks from the Monday on.
fn weeks(from: u32, count: u32) -> Period {
    days(MONDAY + 7 * from, MONDAY + 7 * (from + count) - 1)
}

fn of_weeks(from: u32, count: u32, specialist: u32, basic: u32) -> Grant {
    let Period { from, to } = weeks(from, count);
    Grant::of(from, to, specialist, basic)
}

use DuoRole::{Supervisor, SupportWorker};

#[test]
fn each_week_has_what_was_used_beside_what_is_granted() {
    let times = [
        time(MONDAY, 30, Supervisor),
        time(MONDAY + 6, 15, Supervisor),
        time(MONDAY + 6, 60, SupportWorker),
        time(MONDAY + 14, 20, SupportWorker),
    ];
    let week = by_week(&times, &[of_weeks(0, 3, 180, 60)], weeks(0, 3));
    let granted = Granted { specialist: 180 * WEEK, basic: 60 * WEEK };
    assert_eq!(
        week.iter().map(|week| (week.week.monday().0, week.granted)).collect::<Vec<_>>(),
        [(MONDAY, granted), (MONDAY + 7, granted), (MONDAY + 14, granted)]
    );
    let used: Vec<_> = week.iter().map(|week| (week.used.supervisor, week.used.support_worker)).collect();
    assert_eq!(used, [(45, 60), (0, 0), (0, 20)]);
    assert!(week.iter().all(WeekUse::is_granted));
}

#[test]
fn a_row_is_the_sum_of_its_weeks_and_tells_what_the_time_was_spent_on() {
    let times = [
        time(MONDAY, 30, Supervisor),
        GuidanceTime { kind: TimeKind::Indirect, planned: false, ..time(MONDAY + 1, 20, Supervisor) },
        GuidanceTime { kind: TimeKind::Travel, ..time(MONDAY + 8, 10, SupportWorker) },
    ];
    let row = client_hours(&times, &[of_weeks(0, 2, 180, 60)], weeks(0, 2));
    let expected = ClientHours {
        weeks: 2,
        used: Used { supervisor: 50, support_worker: 10 },
        granted: Granted { specialist: 360 * WEEK, basic: 120 * WEEK },
        by_kind: TimeByKind { direct: 30, indirect: 20, travel: 10, unplanned: 20 },
        outside: 0,
    };
    assert_eq!(row, expected);
}

#[test]
fn weeks_that_are_partly_in_the_period_do_not_count_and_their_time_in_it_is_told_apart() {
    let times: Vec<_> = (0..21).map(|day| time(MONDAY + day, 10, Supervisor)).collect();
    let row = client_hours(&times, &[of_weeks(0, 3, 180, 60)], days(MONDAY + 1, MONDAY + 19));
    assert_eq!((row.weeks, row.used.supervisor, row.outside), (1, 70, 60 + 60));
    assert_eq!(by_week(&times, &[], days(MONDAY + 1, MONDAY + 19)).len(), 1);
}

#[test]
fn a_period_without_a_whole_week_has_no_row_but_tells_its_time() {
    let times = [time(MONDAY + 2, 30, Supervisor)];
    let row = client_hours(&times, &[of_weeks(0, 1, 180, 60)], days(MONDAY + 1, MONDAY + 6));
    assert_eq!(row, ClientHours { outside: 30, ..ClientHours::default() });
}

#[test]
fn time_in_weeks_without_a_grant_is_seen_by_week_and_told_apart_in_the_row() {
    let times = [time(MONDAY, 30, Supervisor), time(MONDAY + 7, 45, SupportWorker)];
    let grants = [of_weeks(1, 1, 180, 60)];
    let row = client_hours(&times, &grants, weeks(0, 4));
    assert_eq!((row.weeks, row.used.both(), row.outside), (1, 45, 30));
    let seen: Vec<_> =
        by_week(&times, &grants, weeks(0, 4)).iter().map(|week| (week.used.both(), week.is_granted())).collect();
    assert_eq!(seen, [(30, false), (45, true)]);
    let row = client_hours(&times, &[], weeks(0, 4));
    assert_eq!(row, ClientHours { outside: 75, ..ClientHours::default() });
}

#[test]
fn granted_weeks_without_any_time_count() {
    let row = client_hours(&[], &[of_weeks(0, 4, 180, 0)], weeks(0, 4));
    assert_eq!((row.weeks, row.used, row.granted.both()), (4, Used::default(), 720 * WEEK));
}

#[test]
fn a_grant_of_no_minutes_is_a_grant() {
    let row = client_hours(&[time(MONDAY, 30, Supervisor)], &[of_weeks(0, 1, 0, 0)], weeks(0, 1));
    assert_eq!((row.weeks, row.used.both(), row.outside), (1, 30, 0));
}

#[test]
fn a_grant_that_follows_another_counts_from_its_first_week() {
    let row = client_hours(&[], &[of_weeks(0, 2, 180, 60), of_weeks(2, 1, 120, 90)], weeks(0, 3));
    assert_eq!(row.granted, Granted { specialist: 480 * WEEK, basic: 210 * WEEK });
}

#[test]
fn a_week_in_which_a_grant_changes_is_whole_and_has_of_each_grant_its_days() {
    let grants = [grant(MONDAY, MONDAY + 2, 70, 14), grant(MONDAY + 3, MONDAY + 13, 140, 0)];
    let weeks = by_week(&[], &grants, weeks(0, 2));
    assert_eq!(weeks[0].granted, Granted { specialist: 3 * 70 + 4 * 140, basic: 3 * 14 });
    assert_eq!(weeks[1].granted, Granted { specialist: 7 * 140, basic: 0 });
    assert!(weeks.iter().all(WeekUse::is_granted));
}

#[test]
fn a_week_with_a_day_that_is_not_granted_is_not_whole() {
    let grants = [grant(MONDAY, MONDAY + 2, 70, 14), grant(MONDAY + 4, MONDAY + 13, 140, 0)];
    let row = client_hours(&[time(MONDAY, 30, Supervisor)], &grants, weeks(0, 2));
    assert_eq!((row.weeks, row.granted.specialist, row.outside), (1, 980, 30));
    assert!(!by_week(&[], &grants, weeks(0, 1))[0].is_granted());
}

#[test]
fn grants_at_the_same_time_add_up_and_their_weeks_count_once() {
    let row = client_hours(&[], &[of_weeks(0, 2, 180, 0), of_weeks(0, 2, 0, 60)], weeks(0, 2));
    assert_eq!((row.weeks, row.granted), (2, Granted { specialist: 360 * WEEK, basic: 120 * WEEK }));
}

#[test]
fn a_grant_or_a_period_that_ends_before_it_begins_is_nothing() {
    let grants = [grant(MONDAY + 13, MONDAY, 180, 60), grant(MONDAY + 3, MONDAY + 1, 180, 60)];
    assert!(by_week(&[], &grants, weeks(0, 2)).is_empty());
    let row = client_hours(&[time(MONDAY, 30, Supervisor)], &[of_weeks(0, 2, 180, 60)], days(MONDAY + 13, MONDAY));
    assert_eq!(row, ClientHours::default());
}

#[test]
fn a_grant_without_an_end_and_the_most_minutes_make_nothing_panic() {
    let times = [time(u32::MAX, u32::MAX, Supervisor), time(MONDAY, u32::MAX, SupportWorker)];
    let grants = [(); 3].map(|()| grant(0, u32::MAX, u32::MAX, u32::MAX));
    let row = client_hours(&times, &grants, weeks(0, 1));
    assert_eq!(row.granted.specialist, 3 * WEEK * u64::from(u32::MAX));
    assert!(row.shown().is_some());
}

fn any_times() -> impl Strategy<Value = Vec<GuidanceTime>> {
    let one = (0_u32..70, 0_u32..600, any::<bool>()).prop_map(|(day, minutes, is_supervisor)| {
        time(MONDAY + day, minutes, if is_supervisor { Supervisor } else { SupportWorker })
    });
    proptest::collection::vec(one, 0..30)
}

fn any_grants() -> impl Strategy<Value = Vec<Grant>> {
    let one = (0_u32..70, 0_u32..70, 0_u32..300, 0_u32..300);
    let one = one
        .prop_map(|(from, length, specialist, basic)| grant(MONDAY + from, MONDAY + from + length, specialist, basic));
    proptest::collection::vec(one, 0..4)
}

proptest! {
    #[test]
    fn no_minute_of_the_period_is_lost_or_counted_twice(
        times in any_times(), grants in any_grants(), from in 0_u32..30, length in 0_u32..60,
    ) {
        let period = days(MONDAY + from, MONDAY + from + length);
        let row = client_hours(&times, &grants, period);
        let all: u64 = times.iter().filter(|time| period.has(time.on)).map(|time| u64::from(time.minutes)).sum();
        prop_assert_eq!(row.used.both() + row.outside, all);
        let by_kind = row.by_kind;
        prop_assert_eq!(by_kind.direct + by_kind.indirect + by_kind.travel, row.used.both());
        prop_assert!(row.weeks as usize <= period.whole_weeks().len());
    }

    #[test]
    fn a_period_is_the_sum_of_its_weeks(times in any_times(), grants in any_grants()) {
        let whole = client_hours(&times, &grants, weeks(0, 10));
        let apart = (0..10).map(|week| client_hours(&times, &grants, weeks(week, 1)));
        let sum = apart.fold((0, 0, 0, 0), |(weeks, used, granted, outside), row| {
            (weeks + row.weeks, used + row.used.both(), granted + row.granted.both(), outside + row.outside)
        });
        prop_assert_eq!(sum, (whole.weeks, whole.used.both(), whole.granted.both(), whole.outside));
    }
}
