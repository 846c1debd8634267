//! The laws of applying edits, in a circle that is a map.

use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::edit::{EditName, Seen};
use crate::id::CircleId;
use crate::model::{self, Model, Plan, Step};
use crate::record::Kind;

const PLAN: RecordId = RecordId([1; 16]);
const STEP: RecordId = RecordId([2; 16]);

#[derive(Default)]
pub(in crate::merge) struct Circle {
    pub(in crate::merge) records: BTreeMap<RecordId, Record>,
    displaced: Vec<(RecordId, CellName, Cell)>,
    number: u64,
}

impl ReadRecords for Circle {
    type Error = Infallible;

    fn record(&mut self, id: RecordId) -> Result<Option<Record>, Infallible> {
        Ok(self.records.get(&id).cloned())
    }

    fn owner(&mut self, _: DeviceId) -> Result<Option<PersonId>, Infallible> {
        Ok(None)
    }
}

impl CircleRecords for Circle {
    fn children(&mut self, id: RecordId) -> Result<Vec<RecordId>, Infallible> {
        Ok(self.records.values().filter(|record| record.parent == Some(id)).map(|record| record.id).collect())
    }

    fn put(&mut self, record: Record) -> Result<(), Infallible> {
        self.records.insert(record.id, record);
        Ok(())
    }

    fn displaced(&mut self, record: RecordId, cell: &CellName, value: Cell) -> Result<(), Infallible> {
        self.displaced.push((record, cell.clone(), value));
        Ok(())
    }

    fn number_of(&mut self, record: RecordId, cell: &CellName, stamp: Stamp) -> Result<Option<u64>, Infallible> {
        let mut history = self.displaced.iter();
        let found = history.find(|(of, name, was)| (*of, name, was.stamp) == (record, cell, stamp));
        Ok(found.map(|(_, _, was)| was.number))
    }

    fn purge(&mut self, left: Record) -> Result<(), Infallible> {
        self.displaced.retain(|(of, ..)| *of != left.id);
        self.put(left)
    }
}

/// What a record holds in a cell.
pub(in crate::merge) fn held<'a>(record: &'a Record, cell: &str) -> &'a Cell {
    record.cells.get(cell).unwrap()
}

fn edit(device: u8, millis: u64, seen: u64, changes: Vec<Change>) -> Edit {
    let device = DeviceId([device; 16]);
    Edit {
        name: EditName { device, n: millis },
        stamp: Stamp { millis: Millis(millis), counter: 0, device },
        circle: CircleId([9; 16]),
        seen: Seen { number: seen, ..Seen::default() },
        beside: None,
        changes,
    }
}

#[test]
fn what_is_purged_keeps_its_bare_id_and_nothing_of_what_was_in_it_or_below() {
    let mut circle = Circle::with_a_plan();
    circle.take(&text_by(2, 2, 1, "Zet hem uit"));
    circle.take(&text_by(3, 3, 1, "Druk op de wekker"));
    assert!(!circle.displaced.is_empty() && !circle.records[&STEP].kept.is_empty());
    circle.take(&edit(1, 4, 3, vec![model::purge(PLAN)]));
    for id in [PLAN, STEP] {
        let left = &circle.records[&id];
        assert!(left.is_purged() && left.is_deleted() && left.number == 4, "{left:?}");
        assert_eq!((left.cells.len(), left.kept.len()), (1, 0));
    }
    assert_eq!(circle.records[&STEP].parent, Some(PLAN));
    assert!(circle.displaced.is_empty());
    circle.take(&text_by(2, 5, 2, "Toch"));
    assert!(circle.records[&STEP].value("text").is_none(), "nothing comes back");
}

impl Circle {
    fn take(&mut self, edit: &Edit) -> Applied {
        self.number += 1;
        let by = By { stamp: edit.stamp, number: self.number, seen: edit.seen.number };
        let Ok(applied) = apply(self, edit, by);
        applied
    }

    /// A plan with one step, made by device 1 with number 1.
    fn with_a_plan() -> Self {
        let mut circle = Self::default();
        let plan = Plan::titled("Boodschappen doen");
        let step = Step::saying("V", "Pak een kar");
        circle.take(&edit(1, 1, 0, vec![plan.make(PLAN), step.make_below(STEP, PLAN)]));
        circle
    }

    fn is_shown(&self, id: RecordId) -> bool {
        let Some(record) = self.records.get(&id) else {
            return false;
        };
        !record.is_deleted() && record.parent.is_none_or(|parent| self.is_shown(parent))
    }
}

fn deleted_by(device: u8, millis: u64, seen: u64, id: RecordId) -> Edit {
    edit(device, millis, seen, vec![model::delete(id)])
}

fn text_by(device: u8, millis: u64, seen: u64, text: &str) -> Edit {
    edit(device, millis, seen, vec![model::set(STEP, "text", text)])
}

#[test]
fn a_step_deleted_by_one_and_edited_by_another_comes_back_marked_in_either_order_and_at_any_time() {
    for (deletion_at, change_at) in [(10, 20), (20, 10)] {
        let deletion = deleted_by(2, deletion_at, 1, STEP);
        let change = text_by(3, change_at, 1, "Pak een mandje");
        for order in [[&deletion, &change], [&change, &deletion]] {
            let mut circle = Circle::with_a_plan();
            for edit in order {
                circle.take(edit);
            }
            let step = &circle.records[&STEP];
            assert!(circle.is_shown(STEP) && step.came_back());
            assert_eq!(step.value("text"), Some(&"Pak een mandje".into()));
        }
    }
}

#[test]
fn a_plan_deleted_while_another_works_on_its_step_comes_back_marked() {
    for change_first in [true, false] {
        let mut circle = Circle::with_a_plan();
        let edits = [text_by(3, 20, 1, "Pak een mandje"), deleted_by(2, 10, 1, PLAN)];
        circle.take(&edits[usize::from(!change_first)]);
        circle.take(&edits[usize::from(change_first)]);
        assert!(circle.is_shown(STEP));
        assert!(circle.records[&PLAN].came_back());
    }
}

#[test]
fn what_two_people_delete_without_having_seen_each_other_is_gone_in_either_order() {
    let step_or_plan = [STEP, PLAN];
    for (one, other) in step_or_plan.into_iter().flat_map(|one| step_or_plan.map(|other| (one, other))) {
        for at in [10, 20] {
            let mut circle = Circle::with_a_plan();
            circle.take(&deleted_by(2, at, 1, one));
            circle.take(&deleted_by(3, 15, 1, other));
            assert!(!circle.is_shown(STEP), "{one} at {at}, then {other}");
            assert!(circle.records.values().all(|record| !record.came_back()), "neither deletion hides work");
        }
    }
}

#[test]
fn words_in_the_change_that_deletes_their_step_bring_back_no_plan_that_somebody_deleted() {
    let mut circle = Circle::with_a_plan();
    circle.take(&deleted_by(3, 10, 1, STEP));
    circle.take(&deleted_by(2, 11, 1, PLAN));
    let cells = vec![("text".into(), "Pak een mandje".into()), (DELETED.into(), Value::Bool(true))];
    circle.take(&edit(3, 12, 1, vec![Change::Set { id: STEP, cells }]));
    assert!(!circle.is_shown(PLAN) && !circle.records[&PLAN].came_back());
    assert_eq!(circle.records[&STEP].value("text"), Some(&"Pak een mandje".into()), "nor are they lost");
}

#[test]
fn a_deletion_does_not_hide_words_that_lost_to_its_authors_own() {
    for deleted in [STEP, PLAN] {
        let mut circle = Circle::with_a_plan();
        circle.take(&text_by(3, 10, 1, "van Youssef"));
        circle.take(&text_by(2, 20, 1, "van Marloes"));
        circle.take(&deleted_by(2, 30, 1, deleted));
        assert!(circle.is_shown(STEP), "Marloes has not read what Youssef wrote");
        assert!(circle.records[&deleted].came_back());
    }
}

#[test]
fn a_deletion_by_somebody_who_has_read_what_lost_to_their_own_words_stays() {
    for deleted in [STEP, PLAN] {
        let mut circle = Circle::with_a_plan();
        circle.take(&text_by(3, 10, 1, "van Youssef"));
        // Marloes had begun before the pull that brought it; when she deletes it has come in.
        circle.take(&text_by(2, 20, 1, "van Marloes"));
        circle.take(&deleted_by(2, 30, 2, deleted));
        assert!(!circle.is_shown(STEP));
    }
}

#[test]
fn a_deletion_that_gave_way_stays_in_the_history_also_when_the_mark_is_gone() {
    let mut circle = Circle::with_a_plan();
    circle.take(&deleted_by(2, 10, 1, STEP));
    circle.take(&text_by(3, 20, 1, "Pak een mandje"));
    let seen = circle.number;
    circle.take(&edit(1, 99, seen, vec![model::restore(STEP)]));
    assert!(circle.records[&STEP].kept.is_empty());
    let deletions = circle.displaced.iter().filter(|(_, cell, was)| cell == DELETED && was.value == Value::Bool(true));
    assert_eq!(deletions.count(), 1);
}

#[test]
fn a_restoration_that_a_mark_takes_the_place_of_stays_in_the_history() {
    let mut circle = Circle::with_a_plan();
    circle.take(&deleted_by(2, 10, 1, STEP));
    circle.take(&edit(3, 20, 2, vec![model::restore(STEP)]));
    circle.take(&deleted_by(4, 30, 2, STEP));
    assert!(circle.is_shown(STEP) && circle.records[&STEP].came_back());
    let restorations = circle.displaced.iter().filter(|(_, _, was)| was.value == Value::Bool(false));
    assert_eq!(restorations.count(), 1);
}

#[test]
fn what_the_deleter_had_seen_stays_deleted() {
    let mut circle = Circle::with_a_plan();
    circle.take(&text_by(3, 20, 1, "Pak een mandje"));
    circle.take(&deleted_by(2, 30, 2, STEP));
    assert!(!circle.is_shown(STEP));
    assert!(!circle.records[&STEP].came_back());
}

#[test]
fn the_mark_goes_when_somebody_who_saw_it_keeps_or_deletes_the_step() {
    for again in [model::delete(STEP), model::restore(STEP)] {
        let mut circle = Circle::with_a_plan();
        circle.take(&text_by(3, 20, 1, "Pak een mandje"));
        circle.take(&deleted_by(2, 10, 1, STEP));
        let seen = circle.number;
        let keeps = again == model::restore(STEP);
        circle.take(&edit(1, 99, seen, vec![again]));
        assert!(!circle.records[&STEP].came_back());
        assert_eq!(circle.is_shown(STEP), keeps);
    }
}

#[test]
fn a_changed_audience_gives_everything_below_the_new_number() {
    let mut circle = Circle::with_a_plan();
    let shared = model::set(PLAN, "audience", vec![PersonId([5; 16])]);
    circle.take(&edit(1, 30, 1, vec![shared]));
    assert_eq!(circle.records[&PLAN].number, 2);
    assert_eq!(circle.records[&STEP].number, 2);
    assert_eq!(circle.records[&STEP].kind, Kind::Step);
}

/// Changes of a plan that device 1 made at 20, by four devices whose clocks may be far behind, and the order in which they come.
fn edits_with_any_clock() -> impl Strategy<Value = (Vec<Edit>, Vec<Edit>)> {
    let deed = (2_u8..6, 1_u64..40, prop::sample::select(vec!["title", "theme", "language", AUDIENCE]));
    prop::collection::vec(deed, 1..9).prop_flat_map(|deeds| {
        let edits: Vec<Edit> = (0_u32..)
            .zip(deeds)
            .map(|(n, (device, millis, cell))| {
                let edit = edit(device, millis, 1, vec![model::set(PLAN, cell, format!("{n}").as_str())]);
                Edit { stamp: Stamp { counter: n, ..edit.stamp }, ..edit }
            })
            .collect();
        (Just(edits.clone()), Just(edits).prop_shuffle())
    })
}

/// The cells of a record as they count everywhere: the numbers tell only in which order they came to this server.
fn told(record: &Record) -> Vec<(CellName, Value, Stamp)> {
    record.cells.iter().map(|(name, cell)| (name.clone(), cell.value.clone(), cell.stamp)).collect()
}

/// Blind edits of four devices on the plan and its step: words, deletions by the two who write nothing, and in which order they come.
fn blind_edits() -> impl Strategy<Value = (Vec<Edit>, Vec<Edit>)> {
    let deed = (2_u8..6, 2_u64..40, prop::sample::select(vec![PLAN, STEP]));
    prop::collection::vec(deed, 1..9).prop_flat_map(|deeds| {
        let edits: Vec<Edit> = (0_u32..)
            .zip(deeds)
            .map(|(n, (device, millis, id))| {
                let word = format!("{n}");
                let cell = if id == PLAN { "title" } else { "text" };
                let change = if device < 4 { model::set(id, cell, word.as_str()) } else { model::delete(id) };
                let edit = edit(device, millis, 1, vec![change]);
                Edit { stamp: Stamp { counter: n, ..edit.stamp }, ..edit }
            })
            .collect();
        (Just(edits.clone()), Just(edits).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_nobody_had_seen_of_each_other_gives_one_circle_in_any_order((edits, other) in blind_edits()) {
        let (mut a, mut b) = (Circle::with_a_plan(), Circle::with_a_plan());
        edits.iter().for_each(|edit| { a.take(edit); });
        other.iter().for_each(|edit| { b.take(edit); });
        for (id, cell) in [(PLAN, "title"), (STEP, "text")] {
            prop_assert_eq!(a.is_shown(id), b.is_shown(id), "{}", id);
            let [one, two] = [&a, &b].map(|circle| held(&circle.records[&id], cell));
            prop_assert_eq!((&one.value, one.stamp), (&two.value, two.stamp));
        }
    }

    #[test]
    fn whoever_made_a_record_stays_its_maker_and_the_marks_are_the_same_in_any_order((edits, other) in edits_with_any_clock()) {
        let making = edit(1, 20, 0, vec![Plan::titled("Boodschappen doen").make(PLAN)]);
        let after = |edits: &[Edit]| {
            let mut circle = Circle::default();
            circle.take(&making);
            edits.iter().for_each(|edit| { circle.take(edit); });
            circle.records.remove(&PLAN).unwrap()
        };
        let (one, two) = (after(&edits), after(&other));
        prop_assert_eq!(one.made(), Some(making.stamp));
        prop_assert_eq!(one.making(), Some((making.stamp, 1)));
        prop_assert_eq!(told(&one), told(&two));
    }

    #[test]
    fn what_nobody_had_seen_is_shown_unless_nobody_worked_on_it((edits, _) in blind_edits()) {
        let mut circle = Circle::with_a_plan();
        edits.iter().for_each(|edit| { circle.take(edit); });
        let (works, deletions): (Vec<_>, Vec<_>) =
            edits.iter().map(|edit| (edit.changes[0].record(), edit.changes[0] == model::delete(edit.changes[0].record()))).partition(|(_, deletes)| !deletes);
        let any = |of: &[(RecordId, bool)], id| of.iter().any(|(one, _)| *one == id);
        let step_stays = any(&works, STEP) || !any(&deletions, STEP);
        let plan_stays = !works.is_empty() || !any(&deletions, PLAN);
        prop_assert_eq!(circle.is_shown(PLAN), plan_stays);
        prop_assert_eq!(circle.is_shown(STEP), step_stays && plan_stays);
    }

    #[test]
    fn in_any_order_of_arrival_the_cells_agree_and_no_word_is_lost(
        edits in prop::collection::vec((2_u8..6, 2_u64..40), 1..8),
        order in any::<u64>(),
    ) {
        let edits: Vec<Edit> = edits
            .iter()
            .enumerate()
            .map(|(i, (device, millis))| text_by(*device, *millis, 1, &format!("{i}")))
            .collect();
        let mut other = edits.clone();
        let turn = usize::try_from(order).unwrap_or(0) % edits.len();
        other.rotate_left(turn);
        other.reverse();
        let (mut a, mut b) = (Circle::with_a_plan(), Circle::with_a_plan());
        edits.iter().for_each(|edit| { a.take(edit); });
        other.iter().for_each(|edit| { b.take(edit); });
        prop_assert_eq!(&held(&a.records[&STEP], "text").value, &held(&b.records[&STEP], "text").value);
        for i in 0..edits.len() {
            let text = Value::Text(format!("{i}"));
            prop_assert!(a.records[&STEP].value("text") == Some(&text) || a.displaced.iter().any(|(_, _, cell)| cell.value == text));
        }
    }

    #[test]
    fn a_deletion_among_blind_changes_never_hides_them(
        deletion_at in 2_u64..40,
        changes in prop::collection::vec((3_u8..6, 2_u64..40), 1..5),
        place in any::<prop::sample::Index>(),
    ) {
        let mut edits: Vec<Edit> = changes.iter().map(|(device, millis)| text_by(*device, *millis, 1, "woord")).collect();
        edits.insert(place.index(edits.len() + 1), deleted_by(2, deletion_at, 1, PLAN));
        let mut circle = Circle::with_a_plan();
        edits.iter().for_each(|edit| { circle.take(edit); });
        prop_assert!(circle.is_shown(STEP));
        prop_assert!(circle.records[&PLAN].came_back());
    }
}
