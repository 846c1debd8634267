//! What can be undone: for every edit the changes that put back what the cells held before it.

use opstap_core::record::{DELETED, Record};
use opstap_core::{Change, RecordId, Value};

use crate::words::Word;

/// The most edits that can be undone one after the other.
const MOST: usize = 100;

/// The changes that undo these, last first; a record that was made goes, a cell gets back what it held.
pub fn back<'a>(changes: &[Change], held: impl Fn(RecordId) -> Option<&'a Record>) -> Vec<Change> {
    changes.iter().rev().filter_map(|change| back_one(change, held(change.record()))).collect()
}

fn back_one(change: &Change, held: Option<&Record>) -> Option<Change> {
    match change {
        Change::Make { id, .. } => Some(opstap_core::model::delete(*id)),
        Change::Set { id, cells } => {
            let held = held?;
            let before = |name: &str| match (name, held.value(name)) {
                (_, Some(value)) => value.clone(),
                (DELETED, None) => Value::Bool(false),
                (_, None) => Value::Nothing,
            };
            Some(Change::Set { id: *id, cells: cells.iter().map(|(name, _)| (name.clone(), before(name))).collect() })
        }
    }
}

/// One stay in one field: all that is typed in it meanwhile is undone at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stay(pub u32);

/// One edit that can be undone.
#[derive(Clone)]
pub(super) struct Done {
    /// What was done, for the button.
    pub what: Word,
    /// What undoes it.
    pub back: Vec<Change>,
    /// The stay in a field it belongs to.
    pub stay: Option<Stay>,
}

/// The edits of this visit to the editor, oldest first.
#[derive(Clone, Default)]
pub(super) struct History(Vec<Done>);

impl History {
    /// Remembers an edit. Within one stay only the first counts: it holds what stood there before.
    pub fn push(&mut self, done: Done) {
        let same_stay = done.stay.is_some() && self.0.last().is_some_and(|last| last.stay == done.stay);
        if same_stay || done.back.is_empty() {
            return;
        }
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(done);
    }

    /// The last edit, to be undone.
    pub fn pop(&mut self) -> Option<Done> {
        self.0.pop()
    }

    /// What would be undone.
    pub fn last(&self) -> Option<Word> {
        self.0.last().map(|done| done.what)
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Model, Picture, Step, delete, set};
    use opstap_core::{Cell, DeviceId, Kind, Millis, Stamp};

    use super::*;
    use crate::words::shared;

    const ID: RecordId = RecordId([1; 16]);

    fn record() -> Record {
        let mut record = Record::new(ID, Kind::Step, None);
        let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
        for (name, value) in [("text", Value::from("Pak je tas.")), ("order", Value::from("V"))] {
            record.cells.insert(name.into(), Cell { value, stamp, number: 1 });
        }
        record
    }

    #[test]
    fn a_changed_sentence_gets_back_what_it_said_and_a_new_picture_goes() {
        let record = record();
        let done = [set(ID, "text", "Pak alles."), set(ID, "picture", Picture::Pictogram("bag".to_owned()))];
        let undo = back(&done, |_| Some(&record));
        assert_eq!(undo, [set(ID, "picture", None::<Picture>), set(ID, "text", "Pak je tas.")]);
    }

    #[test]
    fn a_step_that_was_made_goes_and_one_that_was_removed_comes_back() {
        let step = Step::saying("V", "Ga.");
        assert_eq!(back(&[step.make(ID)], |_| None), [delete(ID)]);
        let record = record();
        assert_eq!(back(&[delete(ID)], |_| Some(&record)), [opstap_core::model::restore(ID)]);
    }

    #[test]
    fn all_that_was_typed_in_one_stay_is_undone_at_once() {
        let typed = |text: &str, stay| Done { what: shared::SAVE, back: vec![set(ID, "text", text)], stay };
        let mut history = History::default();
        history.push(typed("eerst", Some(Stay(1))));
        history.push(typed("halverwege", Some(Stay(1))));
        history.push(typed("later", Some(Stay(2))));
        assert_eq!(history.pop().map(|done| done.back), Some(vec![set(ID, "text", "later")]));
        assert_eq!(history.pop().map(|done| done.back), Some(vec![set(ID, "text", "eerst")]));
        assert!(history.pop().is_none());
    }
}
