//! Taking an import back as a whole: what it made goes, what it set is put back where it still holds. What somebody went on with stays.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::history::{PastEdit, edits_of, undo};
use opstap_core::{Cell, CellName, Change, Kind, Record, RecordId, Value};

use super::past::imports;
use super::plan::IMPORT;

/// A record with what it held before.
pub type Whole = (Record, Vec<(CellName, Cell)>);

/// What taking an import back would write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoPlan {
    /// How many rows would go.
    pub gone: usize,
    /// How many rows would be put back as they were.
    pub put_back: usize,
    /// The rows that stay, since somebody went on with them.
    pub stay: Vec<RecordId>,
    /// The changes of each row.
    pub acts: Vec<Vec<Change>>,
}

/// The names of all imports there were, also of those that were taken back.
#[must_use]
pub fn names(records: &[Whole]) -> BTreeSet<String> {
    imports(records).into_iter().map(|import| import.name).collect()
}

/// What takes back the import of this name; `records` are all registrations with all that stands below them.
#[must_use]
pub fn undo_plan(records: &[Whole], name: &str) -> UndoPlan {
    let mut plan = UndoPlan::default();
    let mut families: BTreeMap<RecordId, Vec<&Whole>> = BTreeMap::new();
    for whole in records {
        families.entry(whole.0.parent.unwrap_or(whole.0.id)).or_default().push(whole);
    }
    for (row, _) in records.iter().filter(|(record, _)| record.kind == Kind::Registration) {
        let family = families.remove(&row.id).unwrap_or_default();
        // It went with all below it.
        if row.is_deleted() {
            continue;
        }
        let edits = edits_of(family.iter().map(|(record, displaced)| (record, displaced.as_slice())));
        let Some(edit) = import_of(&edits, row.id, name) else { continue };
        let now = |id| family.iter().map(|(record, _)| record).find(|record| record.id == id);
        let changes = undo(&edits, edit.stamp, now);
        let made = edit.changes.iter().any(|change| change.record == row.id && change.made);
        match (changes.is_empty(), made) {
            (true, true) => plan.stay.push(row.id),
            // Nothing of it holds any more.
            (true, false) => {}
            (false, true) if deletes(&changes, row.id) => plan.gone += 1,
            (false, true) => plan.stay.push(row.id),
            (false, false) => plan.put_back += 1,
        }
        if !changes.is_empty() {
            plan.acts.push(changes);
        }
    }
    plan
}

/// The edit by which an import wrote a row: the first that gave it this name. A later one that did put the name back when it took back
/// another import.
#[must_use]
pub fn import_of<'a>(edits: &'a [PastEdit], row: RecordId, name: &str) -> Option<&'a PastEdit> {
    let wrote = |edit: &&PastEdit| {
        let of_row = edit.changes.iter().filter(|change| change.record == row);
        of_row.into_iter().any(|change| change.set(IMPORT) == Some(&Value::Text(name.to_owned())))
    };
    edits.iter().rev().find(wrote)
}

fn deletes(changes: &[Change], row: RecordId) -> bool {
    changes.iter().any(|change| change.record() == row && *change == opstap_core::model::delete(row))
}
