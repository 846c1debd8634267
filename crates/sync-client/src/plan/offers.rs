//! What a device offers to a server that came back from a backup: cells of others with numbers that the backup does not reach, as edits
//! under the stamps with which they counted, each stamp one edit, what stands above before what stands below; then what had lost conflicts.

use opstap_core::model::is_needed;
use opstap_core::record::{AUDIENCE, DELETED, is_mark};
use opstap_core::{CellName, Change, DeviceId, Edit, EditName, Kind, Record, Seen, Stamp, Value};

use super::Draft;
use crate::held::{HeldCircle, Pending, PendingState};

impl Draft<'_> {
    /// Lets what the device held of a circle in the life before wait to be sent, as far as the restored server lacks it by its own word.
    pub(super) fn offer(&mut self, held: &HeldCircle, restored: u64) {
        let Some((_, records)) = self.holding.before.iter().find(|(circle, _)| *circle == held.circle) else { return };
        let own = self.own_stamps();
        let epoch = self.holding.device.value.epoch.unwrap_or_default();
        let device = self.device.device;
        let stand = offered(records, restored, &own, device).into_iter().map(|edit| (held.number, edit));
        let lost = lost(records, restored, &own, device).into_iter().map(|edit| (0, edit));
        for (number, (stamp, changes)) in stand.chain(lost) {
            let seen = Seen { epoch, number };
            let name = EditName { device: self.device.device, n: self.device.next_n };
            self.device.next_n = name.n.saturating_add(1);
            let edit = Edit { name, stamp, circle: held.circle, seen, beside: None, changes };
            self.pending.push(Some(Pending { edit, state: PendingState::Waiting }));
            self.touched.push(held.circle);
        }
    }

    /// The stamps of the edits of its own that the device sends again, under which they counted or not.
    fn own_stamps(&self) -> Vec<Stamp> {
        let mut own: Vec<Stamp> = self.holding.sent.iter().map(|sent| sent.edit.stamp).collect();
        for pending in &self.holding.pending {
            own.push(pending.edit.stamp);
            if let PendingState::Accepted { stamp, .. } = pending.state {
                own.push(stamp);
            }
        }
        own
    }
}

type Cells = Vec<(CellName, Value)>;

/// The changes to offer, by stamp. Lists that are kept in order, not maps: this is in every phone and runs once in the life of a server.
fn offered(records: &[Record], restored: u64, own: &[Stamp], device: DeviceId) -> Vec<(Stamp, Vec<Change>)> {
    let mut by_stamp = Vec::new();
    let from_above = (0..=DEEPEST).flat_map(|level| records.iter().filter(move |record| depth(record.kind) == level));
    // What was erased stands in the journal.
    for record in from_above.filter(|record| !record.is_purged()) {
        let Some(made) = record.made() else { continue };
        // What somebody else said this device made, and it does not know of, it does not vouch for.
        let is_known = |stamp: Stamp| stamp.device != device || record.brought_by().is_none();
        let is_new = record.cells.values().all(|cell| cell.number > restored);
        if is_new && !own.contains(&made) && is_known(made) {
            let cells = cells_of_making(record, made);
            let (id, kind, parent) = (record.id, record.kind, record.parent);
            changes_of(&mut by_stamp, made).push(Change::Make { id, kind, parent, cells });
        }
        for (name, cell) in record.cells.iter() {
            let comes_again = (is_new && cell.stamp == made) || own.contains(&cell.stamp);
            if cell.number > restored && !is_mark(name) && !comes_again && is_known(cell.stamp) {
                let set = (name.clone(), cell.value.clone());
                let changes = changes_of(&mut by_stamp, cell.stamp);
                match changes.last_mut() {
                    Some(Change::Set { id, cells }) if *id == record.id => cells.push(set),
                    _ => changes.push(Change::Set { id: record.id, cells: vec![set] }),
                }
            }
        }
    }
    by_stamp
}

/// The values that lost conflicts of which the server does not know, by stamp. The device's own it sends again itself.
fn lost(records: &[Record], restored: u64, own: &[Stamp], device: DeviceId) -> Vec<(Stamp, Vec<Change>)> {
    let mut by_stamp = Vec::new();
    for record in records.iter().filter(|record| !record.is_purged()) {
        for kept in record.kept.iter().filter(|kept| kept.number > restored) {
            if kept.stamp.device != device && !own.contains(&kept.stamp) {
                let cells = vec![(kept.cell.clone(), kept.value.clone())];
                changes_of(&mut by_stamp, kept.stamp).push(Change::Set { id: record.id, cells });
            }
        }
    }
    by_stamp
}

/// The changes of a stamp, in a list in order of stamp.
fn changes_of(by_stamp: &mut Vec<(Stamp, Vec<Change>)>, stamp: Stamp) -> &mut Vec<Change> {
    let at = by_stamp.partition_point(|(other, _)| *other < stamp);
    if by_stamp.get(at).is_none_or(|(other, _)| *other != stamp) {
        by_stamp.insert(at, (stamp, Vec::new()));
    }
    #[expect(clippy::indexing_slicing, reason = "it was just put there if it was not")]
    &mut by_stamp[at].1
}

/// What a record is made with again: what it was made with, and what it cannot be without, or without which it would be open to all. What
/// a kind of a newer version cannot be without is not known here, so it gets everything.
fn cells_of_making(record: &Record, made: Stamp) -> Cells {
    let comes = |name: &CellName, stamp: Stamp| {
        let needed = matches!(record.kind, Kind::Unknown(_)) || is_needed(record.kind, name);
        !is_mark(name) && name != DELETED && (stamp == made || name == AUDIENCE || needed)
    };
    let cells = record.cells.iter().filter(|(name, cell)| comes(name, cell.stamp));
    cells.map(|(name, cell)| (name.clone(), cell.value.clone())).collect()
}

/// Below all known kinds.
const DEEPEST: usize = 3;

/// How many records stand above one of this kind; what a kind of a newer version stands below is not known, so it comes last.
fn depth(kind: Kind) -> usize {
    if let Kind::Unknown(_) = kind {
        return DEEPEST;
    }
    std::iter::successors(kind.parent(), |kind| kind.parent()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use opstap_core::record::{BROUGHT, Kept};
    use opstap_core::{Cell, Millis, RecordId};

    const OTHER: DeviceId = DeviceId([2; 16]);
    const OWN: DeviceId = DeviceId([1; 16]);

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn at(millis: u64, device: DeviceId) -> Stamp {
        Stamp { millis: Millis(millis), counter: 0, device }
    }

    fn record(n: u8, kind: Kind, parent: Option<u8>, cells: &[(&'static str, u64, Stamp)]) -> Record {
        let mut record = Record::new(id(n), kind, parent.map(id));
        for (name, number, stamp) in cells {
            let value = Value::Text(format!("{name} {number}"));
            record.cells.insert((*name).into(), Cell { value, stamp: *stamp, number: *number });
        }
        record
    }

    fn said_of(change: &Change) -> (u8, bool, Vec<String>) {
        let makes = matches!(change, Change::Make { .. });
        (change.record().0[0], makes, change.cells().iter().map(|(name, _)| name.to_string()).collect())
    }

    #[test]
    fn what_the_backup_reaches_is_not_offered_and_what_is_new_in_it_is() {
        let records = [record(1, Kind::Plan, None, &[("title", 5, at(1, OTHER)), ("theme", 9, at(3, OTHER))])];
        let offered = offered(&records, 7, &[], OWN);
        let [(stamp, changes)] = offered.as_slice() else { panic!("one stamp: {offered:?}") };
        assert_eq!(*stamp, at(3, OTHER));
        assert_eq!(changes.iter().map(said_of).collect::<Vec<_>>(), [(1, false, vec!["theme".to_owned()])]);
    }

    #[test]
    fn a_record_that_is_lacking_is_made_with_what_it_needs_and_then_set_as_it_was() {
        let step = [("order", 9, at(2, OTHER)), ("text", 12, at(8, OTHER)), ("hint", 12, at(8, OTHER))];
        let records = [
            record(9, Kind::Step, Some(1), &step),
            record(1, Kind::Plan, None, &[("title", 9, at(2, OTHER)), (DELETED, 11, at(6, OTHER))]),
        ];
        let offered = offered(&records, 7, &[], OWN);
        let all: Vec<_> = offered.iter().flat_map(|(_, changes)| changes.iter().map(said_of)).collect();
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let expected = [
            (1, true, words(&["title"])),
            (9, true, words(&["order", "text"])),
            (1, false, words(&[DELETED])),
            (9, false, words(&["hint", "text"])),
        ];
        assert_eq!(all, expected, "the plan before its step, although the step has the lower id here or not");
    }

    #[test]
    fn what_the_device_sends_again_as_its_own_is_not_offered_and_an_audience_always_comes_along() {
        let own = at(2, OWN);
        let records = [
            record(1, Kind::Plan, None, &[("title", 9, own), ("theme", 10, at(4, OTHER))]),
            record(
                2,
                Kind::Run,
                None,
                &[("plan", 9, at(2, OTHER)), ("at", 9, at(2, OTHER)), (AUDIENCE, 12, at(9, OWN))],
            ),
            record(3, Kind::Plan, None, &[("title", 9, at(2, OTHER))]).purged(Cell {
                value: Value::Bool(true),
                stamp: at(3, OTHER),
                number: 9,
            }),
        ];
        let offered = offered(&records, 0, &[own, at(9, OWN)], OWN);
        let all: Vec<_> = offered.iter().flat_map(|(_, changes)| changes.iter().map(said_of)).collect();
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(all, [(2, true, words(&["at", AUDIENCE, "plan"])), (1, false, words(&["theme"]))]);
    }

    #[test]
    fn what_had_lost_a_conflict_above_the_backup_is_offered_unless_it_is_the_devices_own() {
        let mut record = record(1, Kind::Plan, None, &[("title", 5, at(9, OTHER))]);
        let kept = |text: &str, millis, device, number| Kept {
            cell: "title".into(),
            value: text.into(),
            stamp: at(millis, device),
            number,
        };
        let third = DeviceId([3; 16]);
        record.kept = vec![
            kept("in it", 1, third, 7),
            kept("lost", 2, third, 8),
            kept("own", 3, OWN, 9),
            kept("sent", 4, third, 9),
        ];
        let records = [
            record.clone(),
            Record { id: id(2), ..record }.purged(Cell { value: Value::Bool(true), stamp: at(9, OTHER), number: 9 }),
        ];
        let offered = lost(&records, 7, &[at(4, third)], OWN);
        let change = Change::Set { id: id(1), cells: vec![("title".into(), "lost".into())] };
        assert_eq!(offered, [(at(2, third), vec![change])]);
    }

    #[test]
    fn a_record_of_a_newer_kind_is_made_with_all_it_has_after_what_it_may_stand_below() {
        let newer = record(1, Kind::Unknown(900), Some(2), &[("a", 9, at(2, OTHER)), ("b", 10, at(5, OTHER))]);
        let records = [newer, record(2, Kind::Step, Some(3), &[("text", 9, at(2, OTHER))])];
        let offered = offered(&records, 7, &[], OWN);
        let all: Vec<_> = offered.iter().flat_map(|(_, changes)| changes.iter().map(said_of)).collect();
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        let expected = [(2, true, words(&["text"])), (1, true, words(&["a", "b"])), (1, false, words(&["b"]))];
        assert_eq!(all, expected);
    }

    #[test]
    fn what_others_say_this_device_made_it_does_not_vouch_for() {
        let mut said = record(1, Kind::Plan, None, &[("title", 9, at(2, OWN)), ("theme", 10, at(4, OTHER))]);
        let by = Cell { value: Value::Id([7; 16]), stamp: at(2, OWN), number: 9 };
        said.cells.insert(BROUGHT.into(), by);
        let offered = offered(&[said], 0, &[], OWN);
        let all: Vec<_> = offered.iter().flat_map(|(_, changes)| changes.iter().map(said_of)).collect();
        assert_eq!(all, [(1, false, vec!["theme".to_owned()])]);
    }
}
