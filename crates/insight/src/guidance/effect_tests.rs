//! Measureds side by side with their goal, over the tables of the study and over what it does not have.

use proptest::prelude::*;

use super::*;
use crate::guidance::fixtures::{IROC, ZRM, rows};

const FIRST: Day = Day(18_200);
const SECOND: Day = Day(18_330);

/// What one file of the study comes to: per client the effects in the order of its lines.
fn of_file(text: &'static str, level: impl Fn(&str) -> u8) -> Vec<(&'static str, Vec<Effect<&'static str, u8>>)> {
    let goal = |name| match name {
        "Vooruitgang" => Aim::Progress,
        "Stabiel blijven" => Aim::Stable,
        "Begeleide achteruitgang" => Aim::Decline,
        "Geen doelen" => Aim::None,
        other => panic!("{other} is no goal"),
    };
    let lines = rows(text);
    let mut clients: Vec<&str> = lines.iter().map(|line| line["client"]).collect();
    clients.dedup();
    let of_client = |client| {
        let own: Vec<_> = lines.iter().filter(|line| line["client"] == client).collect();
        let domains: Vec<&str> = own.iter().map(|line| line["domain"]).collect();
        let goals: Vec<_> = own.iter().map(|line| (line["domain"], goal(line["goal"]))).collect();
        let measured = |on, column| {
            let level = &level;
            own.iter().map(move |line| Measured { domain: line["domain"], on, level: level(line[column]) })
        };
        // The order in which measurements come says nothing.
        let measurements: Vec<_> = measured(SECOND, "second").chain(measured(FIRST, "first")).collect();
        (client, effects(&domains, &goals, &measurements))
    };
    clients.into_iter().map(of_client).collect()
}

fn zrm_level(text: &str) -> u8 {
    text.parse().unwrap()
}

fn iroc_level(text: &str) -> u8 {
    let levels = ["(Bijna) nooit", "Soms", "Regelmatig", "(Bijna) altijd"];
    u8::try_from(levels.iter().position(|level| *level == text).unwrap() + 1).unwrap()
}

/// Up, stayed and down of each goal, and in how many it was reached.
fn told(clients: &[(&str, Vec<Effect<&str, u8>>)]) -> [((u32, u32, u32), Option<u32>); 4] {
    let counts = counts_by_goal(clients.iter().flat_map(|(_, effects)| effects));
    assert!(counts.iter().all(|counts| counts.unknown == 0));
    assert_eq!(counts.map(|counts| counts.goal), AIMS);
    counts.map(|counts| ((counts.up, counts.stayed, counts.down), counts.reached()))
}

#[test]
fn the_domains_of_the_zrm_tables_stand_side_by_side_and_are_counted_by_goal() {
    let clients = of_file(ZRM, zrm_level);
    assert_eq!(clients.iter().map(|(_, effects)| effects.len()).collect::<Vec<_>>(), [11; 4]);
    let expected = [((2, 19, 2), Some(2)), ((2, 9, 1), Some(11)), ((0, 0, 0), None), ((0, 9, 0), None)];
    assert_eq!(told(&clients), expected);
    let (_, fourth) = &clients[3];
    let row = |effect: &Effect<&'static str, u8>| {
        (effect.domain, effect.first().unwrap().1, effect.goal, effect.second().unwrap().1, effect.is_reached())
    };
    assert_eq!(row(&fourth[7]), ("ADL", 3, Aim::Progress, 4, Some(true)));
    assert_eq!(row(&fourth[8]), ("Sociaal netwerk", 3, Aim::Progress, 2, Some(false)));
    assert_eq!(row(&fourth[10]), ("Justitie", 5, Aim::None, 5, None));
    let (_, second) = &clients[1];
    assert_eq!(row(&second[4]), ("Geestelijke gezondheid", 3, Aim::Stable, 4, Some(true)));
    assert_eq!(row(&second[10]), ("Justitie", 4, Aim::Stable, 3, Some(false)));
}

#[test]
fn the_domains_of_the_iroc_tables_stand_side_by_side_and_are_counted_by_goal() {
    let clients = of_file(IROC, iroc_level);
    assert_eq!(clients.iter().map(|(_, effects)| effects.len()).collect::<Vec<_>>(), [6; 4]);
    let expected = [((2, 20, 0), Some(2)), ((0, 2, 0), Some(2)), ((0, 0, 0), None), ((0, 0, 0), None)];
    assert_eq!(told(&clients), expected);
}

#[test]
fn a_goal_is_reached_by_what_it_asks_and_nothing_is_asked_of_decline_or_of_no_goal() {
    let changes = [Change::Up, Change::Stayed, Change::Down];
    let reached = AIMS.map(|goal| changes.map(|change| change.reaches(goal)));
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(reached, [[yes, no, no], [yes, yes, no], [None; 3], [None; 3]]);
}

fn one(goals: &[(u8, Aim)], measured: &[(u32, u8)]) -> Effect<u8, u8> {
    let measurement = |(on, level): &(u32, u8)| Measured { domain: 1, on: Day(*on), level: *level };
    let all: Vec<_> = measured.iter().map(measurement).collect();
    effects(&[1], goals, &all).remove(0)
}

#[test]
fn of_several_measurements_the_last_is_set_against_the_first_and_all_are_there() {
    let effect = one(&[(1, Aim::Stable)], &[(30, 4), (10, 3), (20, 2)]);
    assert_eq!(effect.measured, [(Day(10), 3), (Day(20), 2), (Day(30), 4)]);
    assert_eq!((effect.change(), effect.is_reached()), (Some(Change::Up), Some(true)));
}

#[test]
fn what_was_measured_once_or_never_has_no_change_and_no_goal_is_missed() {
    for measured in [&[][..], &[(10, 3)]] {
        let effect = one(&[(1, Aim::Progress)], measured);
        assert_eq!((effect.second(), effect.change(), effect.is_reached()), (None, None, None));
        let [progress, ..] = counts_by_goal([&effect]);
        assert_eq!((progress.unknown, progress.reached()), (1, Some(0)));
    }
    assert_eq!(one(&[], &[(10, 3)]).first(), Some((Day(10), 3)));
}

#[test]
fn what_was_said_later_of_one_day_or_one_goal_counts() {
    let effect = one(&[(1, Aim::Progress), (1, Aim::Decline)], &[(10, 3), (10, 2), (20, 2)]);
    assert_eq!((effect.goal, effect.change()), (Aim::Decline, Some(Change::Stayed)));
}

#[test]
fn without_a_goal_there_is_none_and_what_is_of_another_instrument_is_left_out() {
    let other = Measured { domain: 9, on: Day(10), level: 1_u8 };
    let effects = effects(&[2, 1], &[(9, Aim::Progress)], &[other]);
    let none = |domain| Effect::<_, u8> { domain, goal: Aim::None, measured: Vec::new() };
    assert_eq!(effects, [none(2), none(1)]);
}

proptest! {
    #[test]
    fn every_domain_is_counted_once_and_no_more_are_reached_than_there_are(
        all in proptest::collection::vec((0_usize..4, proptest::collection::vec((0_u32..5, 1_u8..6), 0..4)), 0..20),
    ) {
        let all: Vec<_> = all.iter().map(|(goal, measured)| one(&[(1, AIMS[*goal])], measured)).collect();
        let counts = counts_by_goal(&all);
        let sums = counts.map(|counts| counts.up + counts.stayed + counts.down + counts.unknown);
        for (goal, sum) in AIMS.iter().zip(sums) {
            prop_assert_eq!(all.iter().filter(|effect| effect.goal == *goal).count(), sum as usize);
        }
        let reached: u32 = counts.iter().filter_map(GoalCounts::reached).sum();
        prop_assert_eq!(all.iter().filter(|effect| effect.is_reached() == Some(true)).count(), reached as usize);
    }
}
