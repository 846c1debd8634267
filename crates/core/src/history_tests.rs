//! What undo puts back and what it leaves, in a circle that is a map.

use proptest::prelude::*;

use super::*;
use crate::edit::Change;
use crate::id::DeviceId;
use crate::merge::{By, Outcome, set_cell};
use crate::model::{Model, Plan, Step, delete, restore, set};

const PLAN: RecordId = RecordId([1; 16]);
const STEP: RecordId = RecordId([2; 16]);

/// Records with all they ever held.
#[derive(Default)]
struct Circle {
    records: BTreeMap<RecordId, (Record, Vec<(CellName, Cell)>)>,
}

fn stamp(millis: u64, device: u8) -> Stamp {
    Stamp { millis: Millis(millis), counter: 0, device: DeviceId([device; 16]) }
}

impl Circle {
    fn take(&mut self, millis: u64, device: u8, changes: &[Change]) -> Stamp {
        let stamp = stamp(millis, device);
        for change in changes {
            let made = match change {
                Change::Make { id, kind, parent, .. } => Record::new(*id, *kind, *parent),
                Change::Set { id, .. } => Record::new(*id, Kind::Step, None),
            };
            let (record, displaced) = self.records.entry(change.record()).or_insert((made, Vec::new()));
            for (name, value) in change.cells() {
                let by = By { stamp, number: millis, seen: u64::MAX };
                if let Outcome::Displaced(cell) = set_cell(record, name, value.clone(), by) {
                    displaced.push((name.clone(), cell));
                }
            }
        }
        stamp
    }

    fn history(&self) -> Vec<PastEdit> {
        edits_of(self.records.values().map(|(record, displaced)| (record, displaced.as_slice())))
    }

    fn undo(&self, of: Stamp) -> Vec<Change> {
        undo(&self.history(), of, |id| self.records.get(&id).map(|(record, _)| record))
    }

    fn value(&self, record: RecordId, cell: &str) -> Option<&Value> {
        self.records.get(&record).and_then(|(record, _)| record.value(cell))
    }

    /// A plan with one step, made by device 1.
    fn with_a_plan() -> (Self, Stamp) {
        let plan = Plan::titled("Boodschappen doen");
        let step = Step::saying("V", "Pak je tas.");
        let mut circle = Self::default();
        let made = circle.take(1, 1, &[plan.make(PLAN), step.make_below(STEP, PLAN)]);
        (circle, made)
    }
}

#[test]
fn the_history_says_per_edit_what_each_cell_held_before() {
    let (mut circle, made) = Circle::with_a_plan();
    let changed = circle.take(2, 2, &[set(STEP, "text", "Pak alles.")]);
    let history = circle.history();
    assert_eq!(history.iter().map(|edit| edit.stamp).collect::<Vec<_>>(), [changed, made]);
    let [change] = history[0].changes.as_slice() else { panic!("one record was changed") };
    let text = PastCell { name: "text".into(), set: "Pak alles.".into(), was: "Pak je tas.".into() };
    assert_eq!((change.made, change.cells.as_slice()), (false, [text].as_slice()));
    assert!(history[1].changes.iter().all(|change| change.made));
    assert_eq!(history[1].changes.len(), 2);
}

#[test]
fn words_that_still_stand_are_put_back_and_an_empty_cell_is_emptied_again() {
    let (mut circle, _) = Circle::with_a_plan();
    let changed = circle.take(2, 2, &[set(STEP, "text", "Pak alles."), set(STEP, "hint", "In de gang.")]);
    let back = circle.undo(changed);
    circle.take(3, 1, &back);
    assert_eq!(circle.value(STEP, "text"), Some(&"Pak je tas.".into()));
    assert_eq!(circle.value(STEP, "hint"), None);
}

#[test]
fn what_somebody_set_since_stays() {
    let (mut circle, _) = Circle::with_a_plan();
    let changed = circle.take(2, 2, &[set(STEP, "text", "Pak alles."), set(STEP, "hint", "In de gang.")]);
    circle.take(3, 3, &[set(STEP, "text", "Pak je jas.")]);
    assert_eq!(circle.undo(changed), [set(STEP, "hint", None::<String>)]);
}

#[test]
fn undone_twice_an_edit_gives_nothing_more() {
    let (mut circle, _) = Circle::with_a_plan();
    let changed = circle.take(2, 2, &[set(STEP, "text", "Pak alles.")]);
    let back = circle.undo(changed);
    circle.take(3, 1, &back);
    assert!(circle.undo(changed).is_empty());
}

#[test]
fn undoing_the_last_first_leads_all_the_way_back() {
    let (mut circle, _) = Circle::with_a_plan();
    let edits = [circle.take(2, 2, &[set(STEP, "text", "b")]), circle.take(3, 3, &[set(STEP, "text", "c")])];
    for (millis, of) in (4..).zip(edits.into_iter().rev()) {
        let back = circle.undo(of);
        circle.take(millis, 1, &back);
    }
    assert_eq!(circle.value(STEP, "text"), Some(&"Pak je tas.".into()));
}

#[test]
fn a_deletion_is_undone_by_bringing_back_and_a_return_by_deleting() {
    let (mut circle, _) = Circle::with_a_plan();
    let deleted = circle.take(2, 2, &[delete(STEP)]);
    assert_eq!(circle.undo(deleted), [restore(STEP)]);
    let restored = circle.take(3, 2, &[restore(STEP)]);
    assert_eq!(circle.undo(restored), [delete(STEP)]);
}

#[test]
fn what_was_made_goes_with_all_that_was_made_below_it() {
    let (circle, made) = Circle::with_a_plan();
    assert_eq!(circle.undo(made), [delete(PLAN)]);
}

#[test]
fn what_was_made_stays_as_soon_as_somebody_went_on_with_it_or_below_it() {
    let (mut circle, made) = Circle::with_a_plan();
    circle.take(2, 2, &[set(STEP, "text", "Pak alles.")]);
    assert!(circle.undo(made).is_empty(), "the step was changed since");
    let (mut circle, made) = Circle::with_a_plan();
    let step = Step::saying("W", "Ga.");
    circle.take(2, 2, &[step.make_below(RecordId([3; 16]), PLAN)]);
    assert_eq!(circle.undo(made), [delete(STEP)], "the plan has a step of somebody else");
    circle.take(3, 2, &[delete(RecordId([3; 16]))]);
    assert_eq!(circle.undo(made), [delete(PLAN)], "that step is away again");
}

#[test]
fn a_list_of_persons_is_never_taken_away() {
    let (mut circle, _) = Circle::with_a_plan();
    let named = circle.take(2, 1, &[set(PLAN, AUDIENCE, vec![PersonId([7; 16])])]);
    assert!(circle.undo(named).is_empty());
    let fewer = circle.take(3, 1, &[set(PLAN, AUDIENCE, Vec::<PersonId>::new())]);
    assert_eq!(circle.undo(fewer), [set(PLAN, AUDIENCE, vec![PersonId([7; 16])])]);
}

#[test]
fn a_record_that_is_not_here_is_left_alone() {
    let (circle, made) = Circle::with_a_plan();
    assert!(undo(&circle.history(), made, |_| None).is_empty());
    assert!(circle.undo(stamp(9, 9)).is_empty());
}

#[test]
fn what_was_deleted_can_be_put_back_for_thirty_days() {
    let (mut circle, _) = Circle::with_a_plan();
    let day = 24 * 60 * 60 * 1_000;
    let restorable_on = |circle: &Circle, now| restorable(&circle.records[&STEP].0, Millis(now));
    assert_eq!(restorable_on(&circle, 3), None, "it is not deleted");
    let deleted = circle.take(2, 2, &[delete(STEP)]);
    let until = Millis(2 + 30 * day);
    assert_eq!(restorable_until(deleted), until);
    assert_eq!(restorable_on(&circle, 3), Some(deleted));
    assert_eq!(restorable_on(&circle, until.0 - 1), Some(deleted));
    assert_eq!(restorable_on(&circle, until.0), None);
    circle.take(3, 2, &[restore(STEP)]);
    assert_eq!(restorable_on(&circle, 4), None, "it is back");
}

const CELLS: [&str; 3] = ["text", "hint", "order"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn undo_sets_only_cells_that_still_hold_what_the_edit_set_and_gives_them_what_they_held_before(
        edits in prop::collection::vec((prop::collection::vec((0_usize..3, 0_u8..4), 1..4), 1_u8..4), 1..8),
        which in any::<prop::sample::Index>(),
    ) {
        let (mut circle, _) = Circle::with_a_plan();
        let mut before = BTreeMap::new();
        let mut stamps = Vec::new();
        for (millis, (cells, device)) in (2..).zip(edits) {
            let held: Vec<_> = CELLS.iter().map(|cell| circle.value(STEP, cell).cloned()).collect();
            let cells: BTreeMap<usize, u8> = cells.into_iter().collect();
            let changes: Vec<Change> =
                cells.iter().map(|(cell, value)| set(STEP, CELLS[*cell], format!("{value}"))).collect();
            let of = circle.take(millis, device, &changes);
            stamps.push(of);
            before.insert(of, (held, cells));
        }
        let of = *which.get(&stamps);
        let (held, cells) = &before[&of];
        let back = circle.undo(of);
        for (name, value) in back.iter().flat_map(Change::cells) {
            let at = CELLS.iter().position(|cell| cell == name).unwrap();
            let set = Value::from(format!("{}", cells[&at]).as_str());
            prop_assert_eq!(circle.value(STEP, name), Some(&set));
            prop_assert_eq!(Some(value).filter(|value| !value.is_nothing()), held[at].as_ref());
        }
        // Nothing that can be put back is left out.
        for (at, value) in cells {
            let set = Value::from(format!("{value}").as_str());
            let stands = circle.value(STEP, CELLS[*at]) == Some(&set) && held[*at].as_ref() != Some(&set);
            let named = back.iter().flat_map(Change::cells).any(|(name, _)| name == CELLS[*at]);
            prop_assert_eq!(stands, named);
        }
    }
}

#[test]
fn what_was_erased_tells_of_that_alone_and_not_as_if_it_had_been_made() {
    let (mut circle, _) = Circle::with_a_plan();
    let (plan, _) = circle.records.get(&PLAN).cloned().unwrap();
    let erased = stamp(9, 1);
    let bare = plan.purged(Cell { value: Value::Bool(true), stamp: erased, number: 9 });
    circle.records = BTreeMap::from([(PLAN, (bare, Vec::new()))]);
    let told: Vec<_> = circle.history().into_iter().map(|edit| (edit.stamp, edit.changes[0].made)).collect();
    assert_eq!(told, [(erased, false)]);
}
