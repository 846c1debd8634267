//! Law: `join` is commutative, associative and idempotent, so copies of a record brought together in any order and any number of
//! times give the same record. It serves where there are copies and no order, as when phones offer what a restored server lacks.

use std::cmp::Ordering;

use crate::merge::higher;
use crate::record::{Kept, Record};

/// Two copies of one record as one: per cell the higher stamp, and everything either kept.
#[must_use]
pub fn join(mut a: Record, b: Record) -> Record {
    // Erased is erased: nothing of another copy comes back over it.
    match (a.is_purged(), b.is_purged()) {
        (true, false) => return Record { number: a.number.max(b.number), ..a },
        (false, true) => return Record { number: a.number.max(b.number), ..b },
        (true, true) | (false, false) => {}
    }
    for (name, cell) in b.cells {
        match a.cells.get_mut(&name) {
            Some(held) => match higher(&cell, held) {
                Ordering::Greater => *held = cell,
                Ordering::Equal => held.number = cell.number.max(held.number),
                Ordering::Less => {}
            },
            None => {
                a.cells.insert(name, cell);
            }
        }
    }
    a.number = a.number.max(b.number);
    a.kept.extend(b.kept);
    // Also what happens to be in the cell stays in this list, or a later copy could make it vanish: `Record::others` leaves it out.
    a.kept.sort_by(|a, b| order_of(a).cmp(&order_of(b)).then(b.number.cmp(&a.number)));
    a.kept.dedup_by(|a, b| order_of(a) == order_of(b));
    a
}

fn order_of(kept: &Kept) -> (&str, crate::stamp::Stamp, Vec<u8>) {
    (&kept.cell, kept.stamp, kept.value.to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, RecordId};
    use crate::merge::apply::tests::held;
    use crate::record::{Cell, Kind};
    use crate::stamp::{Millis, Stamp};
    use crate::value::Value;
    use proptest::prelude::*;

    fn cell() -> impl Strategy<Value = Cell> {
        (0_u64..4, 0_u32..2, 0_u8..3, 0_i64..3, 0_u64..5).prop_map(|(millis, counter, device, value, number)| Cell {
            value: Value::Int(value),
            stamp: Stamp { millis: Millis(millis), counter, device: DeviceId([device; 16]) },
            number,
        })
    }

    fn record() -> impl Strategy<Value = Record> {
        let cells = prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c"]), cell(), 0..3);
        let kept = prop::collection::vec((prop::sample::select(vec!["a", "b"]), cell()), 0..3);
        (cells, kept, 0_u64..9).prop_map(|(cells, kept, number)| {
            let mut record = Record::new(RecordId([7; 16]), Kind::Step, None);
            record.number = number;
            record.cells = cells.into_iter().map(|(name, cell)| (name.into(), cell)).collect();
            record.kept = kept
                .into_iter()
                .map(|(name, cell)| Kept {
                    cell: name.into(),
                    value: cell.value,
                    stamp: cell.stamp,
                    number: cell.number,
                })
                .collect();
            // A copy as it would be stored: joined with nothing, so that its kept values are in order.
            join(record.clone(), Record::new(record.id, record.kind, None))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]
        #[test]
        fn joining_is_commutative(a in record(), b in record()) {
            prop_assert_eq!(join(a.clone(), b.clone()), join(b, a));
        }

        #[test]
        fn joining_is_associative(a in record(), b in record(), c in record()) {
            prop_assert_eq!(join(join(a.clone(), b.clone()), c.clone()), join(a, join(b, c)));
        }

        #[test]
        fn joining_loses_nothing(a in record(), b in record()) {
            let both = join(a.clone(), b.clone());
            for one in [&a, &b] {
                prop_assert!(one.number <= both.number);
                for (name, cell) in one.cells.iter() {
                    prop_assert!(!higher(held(&both, name), cell).is_lt());
                }
                prop_assert!(one.kept.iter().all(|kept| both.kept.iter().any(|held| order_of(held) == order_of(kept))));
            }
            let had = |name: &str| a.cells.contains_key(name) || b.cells.contains_key(name);
            prop_assert!(both.cells.keys().all(|name| had(name)), "and makes nothing up");
        }

        #[test]
        fn joining_is_idempotent(a in record(), b in record()) {
            let once = join(a.clone(), b.clone());
            prop_assert_eq!(join(once.clone(), a.clone()), once.clone());
            prop_assert_eq!(join(once.clone(), once.clone()), once);
        }
    }
}
