//! What the editor writes, as pure functions from the plan as it stands to the changes of one edit.

use opstap_core::model::{Model, Step, ToCell};
use opstap_core::{Change, RecordId, Value};

use super::reading::Sheet;
use crate::pages::shared::editing::places::{moves, place_at};

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

/// Makes two steps of one: the first keeps its picture and its place, the second is new and stands behind it.
pub(super) fn split(sheet: &Sheet, step: RecordId, (first, second): (String, String), new: RecordId) -> Vec<Change> {
    let Place { order, others } = place_behind(sheet, Some(step));
    let Some(order) = order else { return Vec::new() };
    let second = Step::saying(order, second);
    let mut cells = vec![("text".into(), first.to_cell())];
    // A voice that was spoken at the whole sentence would go on saying both parts.
    if sheet.step(step).is_some_and(|step| step.value.voice.is_some()) {
        cells.push(("voice".into(), Value::Nothing));
    }
    let mut changes = vec![Change::Set { id: step, cells }, second.make_below(new, sheet.plan.id)];
    changes.extend(others);
    changes
}

/// Puts an empty step behind one, for what is too much in it. The client does not see it before it has words.
pub(super) fn part_off(sheet: &Sheet, step: RecordId, new: RecordId) -> Vec<Change> {
    let Place { order, others } = place_behind(sheet, Some(step));
    let Some(order) = order else { return Vec::new() };
    [Step::saying(order, "").make_below(new, sheet.plan.id)].into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use opstap_core::model::set;
    use opstap_core::{BlobHash, BlobRef, Media};

    use super::super::reading::sheet_of;
    use super::*;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn cell(change: &Change, name: &str) -> Option<Value> {
        change.cells().iter().find(|(cell, _)| cell == name).map(|(_, value)| value.clone())
    }

    #[test]
    fn a_split_step_becomes_two_in_one_edit_and_the_second_stands_right_behind_the_first() {
        let sheet = sheet_of(&[("Pak je tas en doe hem dicht.", "B"), ("Ga.", "C")]);
        let parts = ("Pak je tas.".to_owned(), "Doe hem dicht.".to_owned());
        let changes = split(&sheet, id(1), parts, id(7));
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0], set(id(1), "text", "Pak je tas."));
        assert!(
            matches!(&changes[1], Change::Make { id: made, parent, .. } if *made == id(7) && *parent == Some(sheet.plan.id))
        );
        assert_eq!(cell(&changes[1], "text"), Some("Doe hem dicht.".into()));
        let Some(Value::Text(order)) = cell(&changes[1], "order") else { panic!("a place") };
        assert!("B" < order.as_str() && order.as_str() < "C");
    }

    #[test]
    fn a_split_takes_the_voice_of_the_whole_sentence_away_in_the_same_edit() {
        let mut sheet = sheet_of(&[("Pak je tas en doe hem dicht.", "B")]);
        sheet.steps[0].value.voice = Some(BlobRef { hash: BlobHash([1; 32]), size: 9, media: Media::Recording });
        let changes = split(&sheet, id(1), ("Pak je tas.".to_owned(), "Doe hem dicht.".to_owned()), id(7));
        assert_eq!(cell(&changes[0], "voice"), Some(Value::Nothing));
        assert_eq!(cell(&changes[1], "voice"), None);
        assert_eq!(part_off(&sheet, id(1), id(7)).len(), 1, "a sentence that stays keeps its voice");
    }

    #[test]
    fn a_sentence_that_falls_into_no_two_gets_an_empty_step_right_behind_it() {
        let sheet = sheet_of(&[("Pak je tas.", "B"), ("Ga.", "C")]);
        let changes = part_off(&sheet, id(1), id(7));
        let Some(Value::Text(order)) = cell(&changes[0], "order") else { panic!("a place") };
        assert!(changes.len() == 1 && "B" < order.as_str() && order.as_str() < "C");
        assert_eq!(cell(&changes[0], "text"), Some("".into()));
    }

    #[test]
    fn a_new_step_stands_behind_the_last() {
        let place = place_behind(&sheet_of(&[("Pak je tas.", "B"), ("Ga.", "C")]), None);
        assert!(place.order.is_some_and(|order| order.as_str() > "C") && place.others.is_empty());
    }
}
