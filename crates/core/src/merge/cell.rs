//! Law: whatever the order in which values arrive, the cell ends with the one of the highest stamp (equal stamps: the higher
//! bytes), and every other value was handed out as displaced; those that lost to somebody who had not seen them are also kept.

use std::cmp::Ordering;

use crate::merge::By;
use crate::record::{Cell, Kept, ORDER, Record};
use crate::value::{CellName, Value};

/// Which of two values of one cell stays.
#[must_use]
pub fn higher(a: &Cell, b: &Cell) -> Ordering {
    a.stamp.cmp(&b.stamp).then_with(|| a.value.to_bytes().cmp(&b.value.to_bytes()))
}

/// What came of setting a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The cell holds the value; nothing else was there.
    Set,
    /// One of the two values is now in the cell; this is the other, for the history.
    Displaced(Cell),
}

/// Sets one cell of a record on behalf of an edit, keeping what loses a conflict.
pub fn set_cell(record: &mut Record, name: &CellName, value: Value, by: By) -> Outcome {
    // Whoever saw the conflict and sets the cell again has settled it.
    record.kept.retain(|kept| kept.cell != *name || kept.number > by.seen);
    let incoming = Cell { value, stamp: by.stamp, number: by.number };
    let Some(present) = record.cells.get_mut(name) else {
        record.cells.insert(name.clone(), incoming);
        return Outcome::Set;
    };
    // Two places in a list are no conflict: either is as good, and nobody misses the other.
    let conflict = present.number > by.seen
        && present.stamp.device != by.stamp.device
        && present.value != incoming.value
        && *name != ORDER;
    let loser = match higher(&incoming, present) {
        Ordering::Greater => std::mem::replace(present, incoming),
        Ordering::Less | Ordering::Equal => incoming,
    };
    // It may have been brought to a restored server before.
    let is_kept = |kept: &Kept| kept.cell == *name && kept.stamp == loser.stamp && kept.value == loser.value;
    if conflict && !record.kept.iter().any(is_kept) {
        let (value, stamp) = (loser.value.clone(), loser.stamp);
        record.kept.push(Kept { cell: name.clone(), value, stamp, number: by.number });
    }
    Outcome::Displaced(loser)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, RecordId};
    use crate::merge::apply::tests::held;
    use crate::record::Kind;
    use crate::stamp::{Millis, Stamp};
    use proptest::prelude::*;

    fn step() -> Record {
        Record::new(RecordId([1; 16]), Kind::Step, None)
    }

    fn by(millis: u64, device: u8, number: u64, seen: u64) -> By {
        By { stamp: Stamp { millis: Millis(millis), counter: 0, device: DeviceId([device; 16]) }, number, seen }
    }

    const TEXT: CellName = CellName::Borrowed("text");

    #[test]
    fn two_people_who_had_not_seen_each_other_both_keep_their_words() {
        let mut record = step();
        set_cell(&mut record, &TEXT, "eerst".into(), by(1, 1, 1, 0));
        set_cell(&mut record, &TEXT, "van Marloes".into(), by(5, 2, 2, 1));
        set_cell(&mut record, &TEXT, "van Youssef".into(), by(4, 3, 3, 1));
        assert_eq!(record.value("text"), Some(&"van Marloes".into()));
        let [kept] = record.kept.as_slice() else { panic!("one value is kept") };
        assert_eq!(kept.value, "van Youssef".into());
    }

    #[test]
    fn whoever_saw_the_conflict_settles_it_by_setting_the_cell() {
        let mut record = step();
        set_cell(&mut record, &TEXT, "a".into(), by(1, 1, 1, 0));
        set_cell(&mut record, &TEXT, "b".into(), by(2, 2, 2, 0));
        assert_eq!(record.kept.len(), 1);
        set_cell(&mut record, &TEXT, "a".into(), by(9, 1, 3, 2));
        assert!(record.kept.is_empty());
    }

    #[test]
    fn changing_what_one_has_seen_is_no_conflict() {
        let mut record = step();
        set_cell(&mut record, &TEXT, "a".into(), by(1, 1, 1, 0));
        set_cell(&mut record, &TEXT, "b".into(), by(2, 2, 2, 1));
        assert!(record.kept.is_empty());
    }

    #[test]
    fn two_moves_of_one_step_are_no_conflict() {
        let mut record = step();
        set_cell(&mut record, &ORDER.into(), "V".into(), by(1, 1, 1, 0));
        set_cell(&mut record, &ORDER.into(), "W".into(), by(2, 2, 2, 0));
        assert!(record.kept.is_empty());
    }

    /// Cells that often have a part in common.
    fn any_cell() -> impl Strategy<Value = Cell> {
        let value = prop_oneof![
            Just(Value::Nothing),
            any::<bool>().prop_map(Value::Bool),
            (-1_i64..2).prop_map(Value::Int),
            "[ab]{0,2}".prop_map(Value::Text),
            (0_u8..2).prop_map(|id| Value::Id([id; 16])),
        ];
        (value, 0_u64..3, 0_u32..2, 0_u8..3).prop_map(|(value, millis, counter, device)| Cell {
            value,
            stamp: Stamp { millis: Millis(millis), counter, device: DeviceId([device; 16]) },
            number: 0,
        })
    }

    /// The cell after these values arrived in this order, each from somebody who had seen so much, and what was displaced.
    fn after(arrivals: &[(Cell, u64)]) -> (Record, Vec<Cell>) {
        let (mut record, mut displaced) = (step(), Vec::new());
        for (number, (cell, seen)) in (1..).zip(arrivals) {
            let by = By { stamp: cell.stamp, number, seen: *seen };
            if let Outcome::Displaced(cell) = set_cell(&mut record, &TEXT, cell.value.clone(), by) {
                displaced.push(cell);
            }
        }
        (record, displaced)
    }

    fn said(cell: &Cell) -> (Stamp, Vec<u8>) {
        (cell.stamp, cell.value.to_bytes())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn which_of_two_values_is_higher_is_one_order_for_all(a in any_cell(), b in any_cell(), c in any_cell()) {
            prop_assert_eq!(higher(&a, &b), higher(&b, &a).reverse());
            prop_assert_eq!(higher(&a, &b) == Ordering::Equal, (a.stamp, &a.value) == (b.stamp, &b.value));
            if higher(&a, &b).is_le() && higher(&b, &c).is_le() {
                prop_assert!(higher(&a, &c).is_le());
            }
        }

        #[test]
        fn a_cell_ends_the_same_in_any_order_of_arrival_and_whatever_was_seen(
            (arrivals, other) in prop::collection::vec((any_cell(), 0_u64..9), 1..8)
                .prop_flat_map(|arrivals| (Just(arrivals.clone()), Just(arrivals).prop_shuffle())),
        ) {
            let ((one, displaced), (two, also)) = (after(&arrivals), after(&other));
            prop_assert_eq!(said(held(&one, "text")), said(held(&two, "text")));
            let all = |record: &Record, displaced: &[Cell]| {
                let mut all: Vec<_> = displaced.iter().chain(record.cells.values()).map(said).collect();
                all.sort();
                all
            };
            let mut given: Vec<_> = arrivals.iter().map(|(cell, _)| said(cell)).collect();
            given.sort();
            prop_assert_eq!(&all(&one, &displaced), &given, "each value is in the cell or displaced, and once");
            prop_assert_eq!(all(&two, &also), given);
        }

        #[test]
        fn a_value_that_arrives_again_changes_nothing(
            arrivals in prop::collection::vec((any_cell(), 0_u64..9), 1..8),
            again in any::<prop::sample::Index>(),
        ) {
            let before = after(&arrivals).0;
            let again = again.get(&arrivals).clone();
            let after = after(&[arrivals, vec![again]].concat()).0;
            prop_assert_eq!(said(held(&after, "text")), said(held(&before, "text")));
        }

        #[test]
        fn of_people_who_had_not_seen_each_other_every_word_is_in_the_cell_or_kept(
            values in prop::collection::btree_map(0_u8..8, (0_u64..4, 0_u8..3), 1..8),
        ) {
            let arrivals: Vec<(Cell, u64)> = values
                .iter()
                .map(|(device, (millis, word))| {
                    let stamp = by(*millis, *device, 0, 0).stamp;
                    (Cell { value: Value::Int(i64::from(*word)), stamp, number: 0 }, 0)
                })
                .collect();
            let (record, _) = after(&arrivals);
            for (cell, _) in &arrivals {
                let present = record.value("text") == Some(&cell.value);
                prop_assert!(present || record.others("text").any(|kept| kept.value == cell.value));
            }
        }

        #[test]
        fn the_highest_stamp_stays_in_any_order_and_no_value_is_lost(
            values in prop::collection::vec((0_u64..20, 0_u8..4), 1..12).prop_shuffle(),
            seen in 0_u64..6,
        ) {
            let mut record = step();
            let mut had = Vec::new();
            for (number, (millis, device)) in (1..).zip(&values) {
                let value = Value::Text(format!("{millis} {device} {number}"));
                if let Outcome::Displaced(cell) = set_cell(&mut record, &TEXT, value, by(*millis, *device, number, seen.min(number - 1))) {
                    had.push(cell.value);
                }
            }
            let highest = values.iter().map(|(millis, device)| by(*millis, *device, 0, 0).stamp).max();
            prop_assert_eq!(record.cells.get("text").map(|cell| cell.stamp), highest);
            had.extend(record.value("text").cloned());
            for (number, (millis, device)) in (1..).zip(&values) {
                let value = Value::Text(format!("{millis} {device} {number}"));
                prop_assert!(had.contains(&value));
            }
        }
    }
}
