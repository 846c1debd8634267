//! Law: the overlay of no edits is the confirmed record. It is made anew whenever a screen reads, so an edit that no longer waits (refused,
//! or accepted and confirmed) leaves no trace.

use std::cmp::Ordering;

use crate::edit::{Change, Edit};
use crate::id::RecordId;
use crate::merge::{By, higher};
use crate::record::{Cell, DELETED, Kept, Record};
use crate::value::Value;

/// The record as a screen shows it: what the server confirmed, with the device's own pending edits laid over it in their order.
#[must_use]
pub fn overlay<'a>(
    confirmed: Option<Record>,
    id: RecordId,
    pending: impl IntoIterator<Item = &'a Edit>,
) -> Option<Record> {
    let mut record = confirmed;
    // What lost a conflict in a life before stands in no cell.
    for edit in pending.into_iter().filter(|edit| !edit.brings_what_lost()) {
        for change in edit.changes.iter().filter(|change| change.record() == id) {
            if let (None, Change::Make { kind, parent, .. }) = (&record, change) {
                record = Some(Record::new(id, *kind, *parent));
            }
            // Setting cells of a record that is not here (its maker's edit was refused) shows nothing.
            let Some(record) = &mut record else { continue };
            // Nothing is laid over what was erased.
            if record.is_purged() {
                continue;
            }
            if change.erases() {
                let by = Cell { value: Value::Bool(true), stamp: edit.stamp, number: 0 };
                *record = record.purged(by);
                continue;
            }
            let making = record.making();
            for (name, value) in change.cells() {
                let incoming = Cell { value: value.clone(), stamp: edit.stamp, number: 0 };
                let stays = record.cells.get(name).is_some_and(|present| higher(&incoming, present) == Ordering::Less);
                if !stays {
                    record.cells.insert(name.clone(), incoming);
                }
            }
            bring_back(record, edit);
            record.keep_maker(making);
        }
    }
    record
}

/// A deletion that the author had not seen when they worked on the record gives way on the server, so it does on the screen.
/// One of later than the edit may have seen it: that is for the server to say.
fn bring_back(record: &mut Record, edit: &Edit) {
    let by = By { stamp: edit.stamp, number: 0, seen: edit.seen.number };
    let unseen = |cell: &&mut Cell| cell.value == Value::Bool(true) && by.is_blind_to(cell) && cell.stamp < edit.stamp;
    if let Some(deleted) = record.cells.get_mut(DELETED).filter(unseen) {
        let stays = Cell { value: Value::Bool(false), stamp: edit.stamp, number: 0 };
        let Cell { value, stamp, number } = std::mem::replace(deleted, stays);
        record.kept.push(Kept { cell: DELETED.into(), value, stamp, number });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{EditName, Seen};
    use crate::id::{CircleId, DeviceId};
    use crate::record::Kind;
    use crate::stamp::{Millis, Stamp};
    use proptest::prelude::*;

    const STEP: RecordId = RecordId([1; 16]);

    fn edit(n: u64, millis: u64, change: Change) -> Edit {
        let device = DeviceId([2; 16]);
        Edit {
            name: EditName { device, n },
            stamp: Stamp { millis: Millis(millis), counter: 0, device },
            circle: CircleId([3; 16]),
            seen: Seen::default(),
            beside: None,
            changes: vec![change],
        }
    }

    fn make(text: &str) -> Change {
        Change::Make { id: STEP, kind: Kind::Step, parent: None, cells: vec![("text".into(), text.into())] }
    }

    fn set(text: &str) -> Change {
        Change::Set { id: STEP, cells: vec![("text".into(), text.into())] }
    }

    #[test]
    fn a_step_made_offline_is_on_the_screen_with_its_later_changes() {
        let shown = overlay(None, STEP, &[edit(1, 10, make("Pak een kar")), edit(2, 20, set("Pak een mandje"))]);
        assert_eq!(shown.and_then(|step| step.value("text").cloned()), Some("Pak een mandje".into()));
    }

    #[test]
    fn a_change_of_a_record_that_is_not_here_shows_nothing() {
        assert_eq!(overlay(None, STEP, &[edit(1, 10, set("Pak een mandje"))]), None);
    }

    #[test]
    fn a_step_that_somebody_deleted_meanwhile_stays_on_the_screen_of_whoever_changes_it_marked() {
        let mut base = overlay(None, STEP, &[edit(1, 10, make("Pak een kar"))]).unwrap();
        let stamp = Stamp { millis: Millis(20), counter: 0, device: DeviceId([9; 16]) };
        base.cells.insert(DELETED.into(), Cell { value: Value::Bool(true), stamp, number: 7 });
        let seeing = |number, millis| Edit {
            seen: Seen { number, ..Seen::default() },
            ..edit(2, millis, set("Pak een mandje"))
        };
        let shown = |edit: Edit| overlay(Some(base.clone()), STEP, &[edit]).unwrap();
        let back = shown(seeing(6, 30));
        assert!(!back.is_deleted() && back.came_back());
        for (number, millis, why) in [(7, 30, "its author saw the deletion"), (6, 15, "the deletion may have seen it")]
        {
            let away = shown(seeing(number, millis));
            assert!(away.is_deleted() && !away.came_back(), "{why}");
        }
    }

    /// A confirmed record with values of others, and edits of this device on it in the order of their stamps or not.
    fn screen() -> impl Strategy<Value = (Option<Record>, Vec<Edit>)> {
        let names = || prop::sample::select(vec!["text", "hint", DELETED]);
        let value = |name: &str, n: u64| {
            if name == DELETED { Value::Bool(n.is_multiple_of(2)) } else { Value::Int(n.cast_signed()) }
        };
        let cells = prop::collection::btree_map(names(), (0_u64..30, 1_u64..9), 0..4);
        let confirmed = cells.prop_map(move |cells| {
            let mut record = Record::new(STEP, Kind::Step, None);
            for (name, (millis, number)) in cells {
                let stamp = Stamp { millis: Millis(millis), counter: 0, device: DeviceId([9; 16]) };
                record.cells.insert(name.into(), Cell { value: value(name, millis), stamp, number });
            }
            record
        });
        let change = (any::<bool>(), names(), 0_u64..30, 0_u64..9);
        let edits = prop::collection::vec(change, 0..6).prop_map(move |changes| {
            let each = (1..).zip(changes).map(|(n, (makes, name, millis, seen))| {
                let cells = vec![(name.into(), value(name, n))];
                let change = if makes {
                    Change::Make { id: STEP, kind: Kind::Step, parent: None, cells }
                } else {
                    Change::Set { id: STEP, cells }
                };
                Edit { seen: Seen { number: seen, ..Seen::default() }, ..edit(n, millis, change) }
            });
            each.collect()
        });
        (prop::option::of(confirmed), edits)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn without_edits_the_screen_shows_what_is_confirmed((confirmed, _) in screen()) {
            prop_assert_eq!(overlay(confirmed.clone(), STEP, []), confirmed);
        }

        #[test]
        fn edits_laid_over_in_two_goes_show_what_they_show_in_one((confirmed, edits) in screen(), cut in any::<prop::sample::Index>()) {
            let (first, then) = edits.split_at(cut.index(edits.len() + 1));
            let in_two = overlay(overlay(confirmed.clone(), STEP, first), STEP, then);
            prop_assert_eq!(in_two, overlay(confirmed, STEP, &edits));
        }

        #[test]
        fn edits_laid_over_twice_show_what_they_show_once((confirmed, edits) in screen()) {
            let once = overlay(confirmed.clone(), STEP, &edits);
            let twice = overlay(once.clone(), STEP, &edits);
            let words = |shown: Option<Record>| shown.map(|record| record.cells.into_iter().filter(|(name, _)| name != DELETED).collect::<Vec<_>>());
            // Whoever waits in front of a record that was not there has its changes shown the second time.
            if confirmed.is_some() {
                prop_assert_eq!(words(twice), words(once));
            }
        }

        #[test]
        fn a_cell_on_the_screen_is_the_highest_of_what_is_confirmed_and_what_waits((confirmed, edits) in screen()) {
            let confirmed = confirmed.unwrap_or(Record::new(STEP, Kind::Step, None));
            let shown = overlay(Some(confirmed.clone()), STEP, &edits).unwrap();
            for name in ["text", "hint"] {
                let own = edits.iter().flat_map(|edit| {
                    let cells = edit.changes.iter().flat_map(Change::cells).filter(|(of, _)| of == name);
                    cells.map(|(_, value)| Cell { value: value.clone(), stamp: edit.stamp, number: 0 })
                });
                let all = own.chain(confirmed.cells.get(name).cloned());
                prop_assert_eq!(shown.cells.get(name).cloned(), all.max_by(higher));
            }
        }
    }
}
