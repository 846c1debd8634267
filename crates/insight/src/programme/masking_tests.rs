//! What is masked cannot be worked out from what is shown.

use std::collections::BTreeMap;

use opstap_core::model::{Channel, Registration, StopReason, StopReasons, TrajectoryOutcome};
use proptest::prelude::*;

use super::super::drawn::{any_rows, day, on, registration, row};
use super::super::{Amount, Amounts, Breakdown, FigureKey, Programme, ProgrammeRow};

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

/// Rows that stopped: so many times each of these sets of reasons.
fn stopped(counts: &[(u16, &[usize])]) -> Vec<ProgrammeRow> {
    let (started, outcome) = (Some(day("2013-02-01")), Some(TrajectoryOutcome::Stopped));
    let of = |reasons: &[usize]| StopReasons::of(reasons.iter().copied());
    let all = counts.iter().flat_map(|(times, reasons)| (0..*times).map(|_| of(reasons)));
    let rows = (0..).zip(all);
    rows.map(|(n, reasons)| row(n, Registration { started, outcome, reasons, ..registration() })).collect()
}

/// What is shown of those who stopped: all of them, and each reason that somebody gave or, last, none.
fn why(rows: &[ProgrammeRow]) -> (Option<Amount>, Vec<Option<Amount>>) {
    let programme = on(rows, "2014-01-01");
    let masked = programme.masked();
    let reasons = StopReason::ALL.iter().copied().map(Some).chain([None]).map(FigureKey::StoppedFor);
    let given = reasons.filter(|reason| programme.count(*reason) > 0).map(|reason| masked[&reason]);
    (masked[&FigureKey::Stopped], given.collect())
}

const fn count(count: u64) -> Option<Amount> {
    Some(Amount::Count(count))
}

#[test]
fn reasons_of_many_each_are_shown() {
    assert_eq!(why(&stopped(&[(9, &[4]), (6, &[1]), (5, &[])])), (count(20), vec![count(6), count(9), count(5)]));
    assert_eq!(why(&stopped(&[(9, &[4]), (6, &[1, 4])])), (count(15), vec![count(6), count(15)]));
}

#[test]
fn a_reason_that_all_but_one_gave_is_not_shown_either() {
    assert_eq!(why(&stopped(&[(9, &[4]), (1, &[1])])), (count(10), vec![None, None]));
}

#[test]
fn one_hidden_reason_takes_the_others_along_and_what_was_not_written_down() {
    // Of the twelve who gave a reason nine gave the other: it would be three or four.
    assert_eq!(why(&stopped(&[(8, &[]), (9, &[4]), (3, &[1])])), (count(20), vec![None, None, None]));
    assert_eq!(why(&stopped(&[(10, &[4]), (6, &[1]), (4, &[2])])), (count(20), vec![None, None, None]));
}

#[test]
fn reasons_of_which_one_to_four_people_gave_both_are_not_shown() {
    assert_eq!(why(&stopped(&[(8, &[4]), (2, &[1, 4]), (10, &[1])])), (count(20), vec![None, None]));
}

#[test]
fn a_group_that_is_hidden_is_hidden_under_every_name() {
    // An import without reasons: all who withdrew are those of whom no reason was written down.
    let ended = |outcome| Registration { outcome: Some(outcome), ..registration() };
    let began = Registration { started: Some(day("2013-02-01")), ..registration() };
    let all = [(3, ended(TrajectoryOutcome::Outside)), (12, ended(TrajectoryOutcome::Withdrew)), (36, began)];
    let all = all.into_iter().flat_map(|(times, registration)| std::iter::repeat_n(registration, times));
    let rows: Vec<_> = (0..).zip(all).map(|(n, registration)| row(n, registration)).collect();
    let masked = on(&rows, "2014-01-01").masked();
    assert_eq!((masked[&FigureKey::Registered], masked[&FigureKey::Started]), (count(51), count(36)));
    assert_eq!([FigureKey::Outside, FigureKey::Withdrew].map(|key| masked[&key]), [None, None]);
    assert_eq!(masked[&FigureKey::WithdrewFor(None)], None);
    assert_eq!(masked[&FigureKey::WithdrewFor(Some(StopReason::Health))], count(0), "nobody is nobody's secret");
}

/// What a reader of the shown figures can work out: between which bounds each figure lies. Who knows the rule knows that a zero is shown.
fn worked_out(programme: &Programme, amounts: &Amounts) -> Known {
    const MOST: i64 = 1_000_000_000;
    let value = |amount: Amount| match amount {
        Amount::Count(amount) | Amount::Minutes(amount) => i64::try_from(amount).unwrap(),
    };
    let bounds = |amount: &Option<Amount>| amount.map_or((1, MOST), |amount| (value(amount), value(amount)));
    let mut known: Known = amounts.iter().map(|(key, amount)| (*key, bounds(amount))).collect();
    loop {
        let before = known.clone();
        for breakdown in &programme.breakdowns {
            if breakdown.overlap { narrow_overlapping(&mut known, breakdown) } else { narrow(&mut known, breakdown) }
        }
        if known == before {
            return known;
        }
    }
}

type Known = BTreeMap<FigureKey, (i64, i64)>;

/// Groups add up to their whole.
fn narrow(known: &mut Known, breakdown: &Breakdown) {
    let sum = |known: &Known, but: Option<FigureKey>| {
        let others = breakdown.groups.iter().filter(|group| Some(**group) != but).map(|group| known[group]);
        others.fold((0, 0), |(low, high), (a, b)| (low + a, high + b))
    };
    within(known, breakdown.of, sum(known, None));
    for group in &breakdown.groups {
        let (others_low, others_high) = sum(known, Some(*group));
        let (of_low, of_high) = known[&breakdown.of];
        within(known, *group, (of_low - others_high, of_high - others_low));
    }
}

/// Groups come to their whole together; those that gave a reason may have given several, and those that gave none are in no other group.
fn narrow_overlapping(known: &mut Known, breakdown: &Breakdown) {
    let (unsaid, reasons): (Vec<FigureKey>, Vec<FigureKey>) = breakdown
        .groups
        .iter()
        .partition(|group| matches!(group, FigureKey::WithdrewFor(None) | FigureKey::StoppedFor(None)));
    // Nothing is told of those that gave none where there are none.
    let none = |known: &Known| unsaid.first().map_or((0, 0), |group| known[group]);
    let together = |known: &Known, but: Option<FigureKey>| {
        let others = reasons.iter().filter(|group| Some(**group) != but).map(|group| known[group]);
        others.fold((0, 0), |(low, high), (a, b)| (i64::max(low, a), high + b))
    };
    let (none_low, none_high) = none(known);
    let (low, high) = together(known, None);
    within(known, breakdown.of, (none_low + low, none_high + high));
    let (of_low, of_high) = known[&breakdown.of];
    for group in &unsaid {
        within(known, *group, (of_low - high, of_high - low));
    }
    for group in &reasons {
        let (_, others_high) = together(known, Some(*group));
        let (none_low, none_high) = none(known);
        within(known, *group, (of_low - none_high - others_high, of_high - none_low));
    }
}

fn within(known: &mut Known, key: FigureKey, (low, high): (i64, i64)) {
    let (of_low, of_high) = known[&key];
    known.insert(key, (of_low.max(low), of_high.min(high)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

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
            // Nor is any of one to four ruled out for a reason: whoever knows the rule knows that one of what is hidden is so few.
            let of = match key {
                FigureKey::WithdrewFor(_) => FigureKey::Withdrew,
                FigureKey::StoppedFor(_) => FigureKey::Stopped,
                _ => continue,
            };
            let tells_nothing = low == 1 && high >= 4 || masked[&of].is_none();
            prop_assert!(masked[&key].is_some() || tells_nothing, "{key:?}: {low} to {high}");
            prop_assert!(masked[&of].is_some() || masked[&key].is_none_or(|shown| shown == Amount::Count(0)), "{key:?} is shown");
        }
    }

    #[test]
    fn masking_hides_nothing_where_every_group_is_large_or_empty(times in proptest::collection::vec(5_u16..20, 6)) {
        let counts: Vec<_> = Channel::ALL.iter().copied().zip(times).collect();
        prop_assert!(on(&through(&counts), "2014-06-01").masked().values().all(Option::is_some));
    }
}
