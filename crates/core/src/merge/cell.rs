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
    if conflict {
        let (value, stamp) = (loser.value.clone(), loser.stamp);
        record.kept.push(Kept { cell: name.clone(), value, stamp, number: by.number });
    }
    Outcome::Displaced(loser)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, RecordId};
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

    proptest! {
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
