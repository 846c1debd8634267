//! A summary comes back from its bytes, and nothing else does.

use opstap_core::model::{Ending, StepOutcome};
use proptest::prelude::*;

use super::super::samples::{Circle, ME, ago, clock, id, quiet};
use super::super::{Clock, DeviceFacts, attention, case_row};
use super::*;

/// A client who did three plans for twelve weeks, with all outcomes.
fn busy() -> Summary {
    let mut circle = Circle::begun();
    for title in ["Boodschappen doen", "Opstaan en ontbijten", "Naar bed"] {
        let (plan, steps) = circle.plan(title, 3);
        for week in 0..3 {
            let how = if week == 0 { Ending::Stopped } else { Ending::Done };
            let met = [StepOutcome::Done, StepOutcome::NotManaged];
            circle.run((plan, &steps), ago(7 * week + 1), &met, Some(how));
        }
    }
    circle.summary()
}

#[test]
fn a_summary_comes_back_from_its_bytes() {
    for summary in [quiet(), busy()] {
        assert_eq!(Summary::from_bytes(&summary.to_bytes()), Some(summary));
    }
}

#[test]
fn another_version_and_bytes_that_are_cut_off_or_go_on_are_no_summary() {
    let bytes = busy().to_bytes();
    assert_eq!(Summary::from_bytes(&[&[VERSION + 1], &bytes[1..]].concat()), None);
    assert_eq!(Summary::from_bytes(&[bytes.as_slice(), &[0]].concat()), None);
    for length in 0..bytes.len() {
        assert_eq!(Summary::from_bytes(&bytes[..length]), None, "{length} bytes");
    }
}

#[test]
fn the_bytes_of_a_version_stay() {
    // A cache of another version is thrown away; one of the same version has to be read as it was written. When this fails, raise VERSION.
    let bytes = busy().to_bytes();
    let sum = bytes.iter().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    assert_eq!((bytes.len(), sum), (533, 1_477_227_897));
}

#[test]
fn two_hundred_summaries_are_small_and_give_their_lists_from_bytes() {
    let bytes = busy().to_bytes();
    assert!(bytes.len() < 1_000, "{} bytes", bytes.len());
    let clock = clock();
    let facts = DeviceFacts::default();
    let all: Vec<_> =
        (0..200).flat_map(|_| attention(&Summary::from_bytes(&bytes).unwrap(), &facts, clock, ME)).collect();
    // Of each the same: three plans were given up, and the same step of each did not go.
    assert_eq!(all.len(), 200 * 6);
}

proptest! {
    #[test]
    fn whatever_the_bytes_reading_ends_and_the_rules_can_be_asked(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        (now, today) in any::<(u64, u32)>(),
    ) {
        let _ = Summary::from_bytes(&bytes);
        let mut damaged = busy().to_bytes();
        for (place, byte) in changes {
            let place = place.index(damaged.len());
            damaged[place] = byte;
        }
        if let Some(summary) = Summary::from_bytes(&damaged) {
            prop_assert_eq!(Summary::from_bytes(&summary.to_bytes()), Some(summary.clone()));
            let any = Clock { now: opstap_core::Millis(now), today: opstap_core::Day(today) };
            for clock in [any, clock()] {
                let _ = attention(&summary, &DeviceFacts::default(), clock, ME);
                let _ = case_row(&summary, &DeviceFacts::default(), clock, ME);
            }
        }
    }

    #[test]
    fn numbers_come_back(number in any::<u64>(), text in ".{0,20}", ids in proptest::collection::vec(0_u8..4, 0..9)) {
        let mut out = Out::default();
        let ids: Vec<_> = ids.into_iter().map(id).collect();
        ((number, text.clone()), ids.clone()).keep(&mut out);
        prop_assert_eq!(Kept::read(&mut In::of(&out.bytes)), Some(((number, text), ids)));
    }
}
