//! The rows of tables 4 and 5, as the study published them, and what they are where it has no such client.

use opstap_core::Day;
use opstap_core::model::{DuoRole, Grant, TimeKind};
use proptest::prelude::*;

use super::*;
use crate::guidance::fixtures::{EXPECTED_HOURS, GRANTS, TIME_ENTRIES, rows};
use crate::guidance::{GuidanceTime, Period, Used, client_hours};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn times_of(client: &str) -> Vec<GuidanceTime> {
    let lines = rows(TIME_ENTRIES);
    let own = lines.iter().filter(|line| line["client"] == client);
    own.map(|line| GuidanceTime {
        on: day(line["date"]),
        minutes: line["minutes"].parse().unwrap(),
        role: if line["role"] == "PB" { DuoRole::Supervisor } else { DuoRole::SupportWorker },
        kind: TimeKind::Direct,
        planned: line["kind"] == "planned",
    })
    .collect()
}

fn grants_of(client: &str) -> Vec<Grant> {
    let lines = rows(GRANTS);
    let own = lines.iter().filter(|line| line["client"] == client);
    let minutes = |cell: &str| cell.parse().unwrap();
    own.map(|line| {
        let (specialist, basic) = (line["specialist_minutes_per_week"], line["basic_minutes_per_week"]);
        Grant::of(day(line["from"]), day(line["to"]), minutes(specialist), minutes(basic))
    })
    .collect()
}

/// The clients of the study over the year in which it was made.
fn study() -> Vec<(&'static str, ClientHours)> {
    let year = Period { from: day("2019-07-01"), to: day("2020-06-30") };
    let clients = rows(GRANTS).into_iter().map(|line| line["client"]);
    clients.map(|client| (client, client_hours(&times_of(client), &grants_of(client), year))).collect()
}

/// A row as the study writes it.
fn written(name: &str, row: &ShownHours) -> String {
    let long = |of: ByRole<Tenths>| [of.supervisor, of.support_worker, of.both].map(|one| one.written('.')).join(",");
    let short =
        |of: ByRole<Tenths>| [of.supervisor, of.support_worker, of.both].map(|one| one.written_short('.')).join(",");
    let shares = row.shares.map_or_else(|| "-,-".to_owned(), |(one, other)| format!("{one},{other}"));
    let weeks = row.weeks.written_short('.');
    format!("{name},{weeks},{},{shares},{},{}", long(row.used), short(row.granted), long(row.over))
}

#[test]
fn the_rows_of_the_study_are_exactly_those_it_published() {
    let computed: Vec<String> = study().iter().map(|(client, row)| written(client, &row.shown().unwrap())).collect();
    let published: Vec<&str> = EXPECTED_HOURS.lines().skip(1).collect();
    assert_eq!(computed, published);
    assert!(study().iter().all(|(_, row)| row.outside == 0), "all time of the study is in granted weeks");
}

#[test]
fn the_overall_row_is_the_mean_of_the_clients_unrounded_values_the_shares_too() {
    let rows: Vec<ClientHours> = study().into_iter().map(|(_, row)| row).collect();
    // By hand: (1.4398 + 1.5156 + 1.2292 + 2.4375) / 4 = 1.6555, and so on. The share of the means would be 58 per cent, not 57.
    let expected = "overall,15.5,1.7,1.2,2.9,57,43,2.8,0.8,3.6,-1.2,0.4,-0.7";
    assert_eq!(written("overall", &overall(&rows).unwrap()), expected);
}

fn row(weeks: u32, used: (u64, u64), granted: (u64, u64)) -> ClientHours {
    let a_week = |minutes: u64| minutes * u64::from(weeks) * Granted::IN_A_MINUTE;
    ClientHours {
        weeks,
        used: Used { supervisor: used.0, support_worker: used.1 },
        granted: Granted { specialist: a_week(granted.0), basic: a_week(granted.1) },
        ..ClientHours::default()
    }
}

#[test]
fn a_client_without_a_week_that_counts_has_no_row_and_weighs_nothing_in_the_overall_row() {
    let none = ClientHours { outside: 90, ..ClientHours::default() };
    assert_eq!((none.shown(), overall(&[none]), overall(&[])), (None, None, None));
    let one = row(2, (240, 120), (180, 60));
    assert_eq!(overall(&[one, none]), one.shown());
}

#[test]
fn a_client_without_time_has_no_shares_and_counts_in_the_hours_but_not_in_the_shares() {
    let idle = row(2, (0, 0), (180, 60));
    assert_eq!(written("idle", &idle.shown().unwrap()), "idle,2,0.0,0.0,0.0,-,-,3,1,4,-3.0,-1.0,-4.0");
    let busy = row(2, (240, 120), (180, 60));
    assert_eq!(written("both", &overall(&[idle, busy]).unwrap()), "both,2,1.0,0.5,1.5,67,33,3,1,4,-2.0,-0.5,-2.5");
}

#[test]
fn a_client_of_few_weeks_weighs_as_much_as_one_of_many() {
    let (short, long) = (row(1, (60, 0), (0, 0)), row(50, (0, 50 * 120), (0, 0)));
    assert_eq!(written("both", &overall(&[short, long]).unwrap()), "both,25.5,0.5,1.0,1.5,50,50,0,0,0,0.5,1.0,1.5");
}

#[test]
fn a_half_is_rounded_away_from_zero_in_hours_and_in_shares() {
    // 3 minutes are 0.05 hours; 1 in 8 is 12.5 per cent. What is shown of a whole need not be the sum of what is shown of its parts.
    let half = row(1, (3, 21), (6, 18));
    assert_eq!(written("half", &half.shown().unwrap()), "half,1,0.1,0.4,0.4,13,88,0.1,0.3,0.4,-0.1,0.1,0.0");
}

#[test]
fn what_is_less_than_a_twentieth_below_zero_is_written_without_a_sign() {
    let shown = row(1, (58, 0), (60, 0)).shown().unwrap();
    assert_eq!(
        (shown.over.supervisor.written(','), shown.over.supervisor.written_short(',')),
        ("0,0".into(), "0".into())
    );
}

#[test]
fn tenths_are_written_with_their_sign_also_below_one() {
    for (tenths, long, short) in [(-5, "-0,5", "-0,5"), (-10, "-1,0", "-1"), (41, "4,1", "4,1"), (40, "4,0", "4")] {
        assert_eq!((Tenths(tenths).written(','), Tenths(tenths).written_short(',')), (long.into(), short.into()));
    }
}

fn any_rows() -> impl Strategy<Value = Vec<ClientHours>> {
    let minutes = 0_u64..20_000;
    let one = (1_u32..200, (minutes.clone(), minutes), (0_u64..400, 0_u64..400));
    proptest::collection::vec(one.prop_map(|(weeks, used, granted)| row(weeks, used, granted)), 1..40)
}

proptest! {
    #[test]
    fn the_overall_row_lies_between_the_rows_and_their_order_does_not_matter(mut rows in any_rows()) {
        let all = overall(&rows).unwrap();
        let shown: Vec<ShownHours> = rows.iter().filter_map(ClientHours::shown).collect();
        let figures: [fn(&ShownHours) -> Tenths; 4] =
            [|row| row.used.both, |row| row.granted.supervisor, |row| row.over.both, |row| row.weeks];
        for of in figures {
            let (least, most) = (shown.iter().map(of).min(), shown.iter().map(of).max());
            prop_assert!(least <= Some(of(&all)) && Some(of(&all)) <= most);
        }
        rows.reverse();
        prop_assert_eq!(overall(&rows), Some(all));
    }

    #[test]
    fn of_equal_clients_the_overall_row_is_that_of_each(rows in any_rows(), times in 1_usize..300) {
        let same = vec![rows[0]; times];
        prop_assert_eq!(overall(&same), rows[0].shown());
    }

    #[test]
    fn the_two_shares_make_a_hundred_but_for_two_halves(rows in any_rows()) {
        if let Some((supervisor, support_worker)) = overall(&rows).unwrap().shares {
            prop_assert!((100..=101).contains(&(supervisor + support_worker)));
        }
    }
}
