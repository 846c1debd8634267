//! Law: undo is a new edit. It puts back only cells that still hold what the undone edit set, and what that edit made goes only as
//! long as nobody went on with it.

use std::collections::BTreeMap;

use crate::edit::Change;
use crate::id::{PersonId, RecordId};
use crate::merge::higher;
use crate::record::{AUDIENCE, Cell, DELETED, Kind, PURGED, Record, is_mark};
use crate::stamp::{Millis, Stamp};
use crate::value::{CellName, Value};

/// How long what was deleted can be put back.
const RESTORABLE: u64 = 30 * 24 * 60 * 60 * 1_000;

/// The stamp with which a record was deleted, as long as it can be put back.
#[must_use]
pub fn restorable(record: &Record, now: Millis) -> Option<Stamp> {
    let deleted = record.cells.get(DELETED).filter(|_| record.is_deleted())?.stamp;
    (now < restorable_until(deleted)).then_some(deleted)
}

/// Until when what was deleted with this stamp can be put back.
#[must_use]
pub const fn restorable_until(deleted: Stamp) -> Millis {
    Millis(deleted.millis.0.saturating_add(RESTORABLE))
}

/// What an edit did to one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastCell {
    /// The cell's name.
    pub name: CellName,
    /// What the edit set.
    pub set: Value,
    /// What the cell held before; nothing when it held nothing yet.
    pub was: Value,
}

/// What an edit did to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastChange {
    /// The record.
    pub record: RecordId,
    /// What it is; not known of a record that is not here.
    pub kind: Option<Kind>,
    /// The record above it.
    pub parent: Option<RecordId>,
    /// Whether the edit made it.
    pub made: bool,
    /// Its cells that the edit changed, by name.
    pub cells: Vec<PastCell>,
}

impl PastChange {
    /// A change by itself, of which nobody knows yet what it displaces; nor, if it makes nothing, what it is about.
    #[must_use]
    pub fn of(change: &Change) -> Self {
        let (kind, parent, made) = match change {
            Change::Make { kind, parent, .. } => (Some(*kind), *parent, true),
            Change::Set { .. } => (None, None, false),
        };
        let cell =
            |(name, set): &(CellName, Value)| PastCell { name: name.clone(), set: set.clone(), was: Value::Nothing };
        Self { record: change.record(), kind, parent, made, cells: change.cells().iter().map(cell).collect() }
    }

    /// What the edit set a cell to.
    #[must_use]
    pub fn set(&self, cell: &str) -> Option<&Value> {
        self.cells.iter().find(|past| past.name == cell).map(|past| &past.set)
    }
}

/// An edit as the history of some records tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEdit {
    /// When it was made, on which device.
    pub stamp: Stamp,
    /// Whose device that is, where known.
    pub by: Option<PersonId>,
    /// What it did to these records.
    pub changes: Vec<PastChange>,
}

/// The edits behind some records, newest first: from what the cells hold, what is kept and what was displaced.
#[must_use]
pub fn edits_of<'a>(records: impl IntoIterator<Item = (&'a Record, &'a [(CellName, Cell)])>) -> Vec<PastEdit> {
    let mut edits: BTreeMap<Stamp, Vec<PastChange>> = BTreeMap::new();
    for (record, displaced) in records {
        for (stamp, change) in changes_of(record, displaced) {
            edits.entry(stamp).or_default().push(change);
        }
    }
    edits.into_iter().rev().map(|(stamp, changes)| PastEdit { stamp, by: None, changes }).collect()
}

fn changes_of(record: &Record, displaced: &[(CellName, Cell)]) -> BTreeMap<Stamp, PastChange> {
    let mut lines: BTreeMap<CellName, Vec<Cell>> = BTreeMap::new();
    let mut add = |name: &CellName, cell: Cell| {
        if !is_mark(name) {
            lines.entry(name.clone()).or_default().push(cell);
        }
    };
    record.cells.iter().for_each(|(name, cell)| add(name, cell.clone()));
    displaced.iter().for_each(|(name, cell)| add(name, cell.clone()));
    for kept in &record.kept {
        add(&kept.cell, Cell { value: kept.value.clone(), stamp: kept.stamp, number: kept.number });
    }
    let first = lines.values().flatten().map(|cell| cell.stamp).min();
    let mut changes: BTreeMap<Stamp, PastChange> = BTreeMap::new();
    for (name, mut line) in lines {
        line.sort_by(higher);
        let mut was = Value::Nothing;
        for Cell { value, stamp, .. } in line {
            if value == was {
                continue;
            }
            let (record, kind, parent) = (record.id, Some(record.kind), record.parent);
            // What was erased tells of nothing but that.
            let made = Some(stamp) == first && name != PURGED;
            let new = || PastChange { record, kind, parent, made, cells: Vec::new() };
            let before = std::mem::replace(&mut was, value.clone());
            changes.entry(stamp).or_insert_with(new).cells.push(PastCell {
                name: name.clone(),
                set: value,
                was: before,
            });
        }
    }
    changes
}

/// The changes that undo one of these edits, given the records as they are now. None: nothing of it stands any more.
#[must_use]
pub fn undo<'a>(edits: &[PastEdit], of: Stamp, now: impl Fn(RecordId) -> Option<&'a Record>) -> Vec<Change> {
    let Some(edit) = edits.iter().find(|edit| edit.stamp == of) else { return Vec::new() };
    let undoing = Undoing { edits, edit, now };
    let (made, set): (Vec<_>, Vec<_>) = edit.changes.iter().partition(|change| change.made);
    let goes: Vec<RecordId> = made
        .iter()
        .map(|change| change.record)
        .filter(|record| undoing.stands(*record) && undoing.goes(*record))
        .collect();
    // What goes takes along what is below it.
    let covered = |change: &PastChange| change.parent.is_some_and(|parent| goes.contains(&parent));
    let top = made.iter().filter(|change| goes.contains(&change.record) && !covered(change));
    let mut changes: Vec<Change> = top.map(|change| crate::model::delete(change.record)).collect();
    changes.extend(set.into_iter().filter_map(|change| undoing.put_back(change)));
    changes
}

struct Undoing<'e, F> {
    edits: &'e [PastEdit],
    edit: &'e PastEdit,
    now: F,
}

impl<'a, F: Fn(RecordId) -> Option<&'a Record>> Undoing<'_, F> {
    /// A record that is here and not deleted.
    fn stands(&self, record: RecordId) -> bool {
        (self.now)(record).is_some_and(|record| !record.is_deleted())
    }

    /// Whether nobody went on with a record that the edit made, nor with what is below it.
    fn goes(&self, id: RecordId) -> bool {
        let Some(record) = (self.now)(id) else { return false };
        let made = self.edit.changes.iter().find(|change| change.record == id && change.made);
        let Some(made) = made else { return false };
        let untouched = |(name, cell): (&CellName, &Cell)| {
            name == DELETED || cell.value == *made.set(name).unwrap_or(&Value::Nothing)
        };
        let below = self.edits.iter().flat_map(|edit| &edit.changes).filter(|change| change.parent == Some(id));
        record.cells.iter().all(untouched)
            && below.into_iter().all(|below| !self.stands(below.record) || self.goes(below.record))
    }

    fn put_back(&self, change: &PastChange) -> Option<Change> {
        let record = (self.now)(change.record)?;
        let holds = |past: &&PastCell| {
            let held = record.cells.get(&past.name).map_or(&Value::Nothing, |cell| &cell.value);
            // A list of persons can be changed and not be taken away: that would open the record to everyone.
            *held == past.set && !(past.name == AUDIENCE && past.was.is_nothing())
        };
        let before = |past: &PastCell| match past.was {
            Value::Nothing if past.name == DELETED => Value::Bool(false),
            ref was => was.clone(),
        };
        let cells: Vec<_> = change.cells.iter().filter(holds).map(|past| (past.name.clone(), before(past))).collect();
        (!cells.is_empty()).then_some(Change::Set { id: change.record, cells })
    }
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
