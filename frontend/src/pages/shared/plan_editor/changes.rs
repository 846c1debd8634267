//! What the editor writes, as pure functions from the plan as it stands to the changes of one edit.

use opstap_core::model::{Model, Step, restore, set};
use opstap_core::{Change, RecordId};

use super::places::place_at;
use super::reading::Sheet;

/// A place for a new step, with the changes that make room for it.
pub(super) struct Place {
    /// Its fractional index.
    pub order: Option<String>,
    /// What has to move a little; mostly nothing.
    pub others: Vec<Change>,
}

/// The place behind a step, or at the end.
pub(super) fn place_behind(sheet: &Sheet, behind: Option<RecordId>) -> Place {
    let steps = sheet.places();
    let at = behind.and_then(|behind| steps.iter().position(|(id, _)| *id == behind)).map_or(steps.len(), |at| at + 1);
    // A name that no step has: the place is asked for a step that is yet to be made.
    let mut placed = place_at(&steps, RecordId([0; 16]), at).into_iter();
    Place { order: placed.next().map(|(_, order)| order), others: moves(placed) }
}

/// Sets the places of steps.
pub(super) fn moves(placed: impl IntoIterator<Item = (RecordId, String)>) -> Vec<Change> {
    placed.into_iter().map(|(id, order)| set(id, "order", order)).collect()
}

/// Makes two steps of one: the first keeps its picture and its place, the second is new and stands behind it.
pub(super) fn split(sheet: &Sheet, step: RecordId, (first, second): (String, String), new: RecordId) -> Vec<Change> {
    let Place { order, others } = place_behind(sheet, Some(step));
    let Some(order) = order else { return Vec::new() };
    let second = Step { order, text: second, picture: None, hint: None };
    let mut changes = vec![set(step, "text", first), second.make_below(new, sheet.plan.id)];
    changes.extend(others);
    changes
}

/// Keeps a text. When somebody removed the record while it was being typed, it comes back with it, so that the words are not lost.
pub(super) fn keep_text(record: RecordId, cell: &'static str, text: &str, removed: bool) -> Vec<Change> {
    let mut changes = vec![set(record, cell, text)];
    if removed {
        changes.push(restore(record));
    }
    changes
}
