//! What can be undone in an editor: every edit of the visit, and what its cells held before.

use opstap_core::history::PastChange;

use crate::pages::shared::undoing::go_on;
use crate::words::Word;

/// The most edits that can be undone one after the other.
const MOST: usize = 100;

/// One stay in one field: all that is typed in it meanwhile is undone at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay(pub u32);

/// One edit that can be undone.
#[derive(Clone)]
pub struct Done {
    /// The edit.
    pub n: u32,
    /// What was done, for the button.
    pub what: Word,
    /// What it changed.
    pub did: Vec<PastChange>,
    /// The stay in a field it belongs to.
    pub stay: Option<Stay>,
}

/// The edits of this visit to the editor, oldest first. Those of one stay stand together and count as one.
#[derive(Clone, Default)]
pub struct History(Vec<Vec<Done>>);

impl History {
    /// Remembers an edit.
    pub fn push(&mut self, done: Done) {
        if done.did.is_empty() {
            return;
        }
        let last = self.0.last_mut().filter(|last| done.stay.is_some() && last.iter().all(|one| one.stay == done.stay));
        if let Some(last) = last {
            last.push(done);
            return;
        }
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push(vec![done]);
    }

    /// Forgets an edit: it was not kept, or it was undone elsewhere.
    pub fn forget(&mut self, n: u32) {
        for one in &mut self.0 {
            one.retain(|done| done.n != n);
        }
        self.0.retain(|one| !one.is_empty());
    }

    /// The last edit, to be undone: what it changed.
    pub fn pop(&mut self) -> Option<Vec<PastChange>> {
        let mut all = self.0.pop()?.into_iter();
        let mut did = all.next()?.did;
        all.for_each(|then| go_on(&mut did, &then.did));
        Some(did)
    }

    /// What would be undone.
    pub fn last(&self) -> Option<Word> {
        self.0.last().and_then(|last| last.first()).map(|done| done.what)
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::set;
    use opstap_core::{Cell, Change, DeviceId, Kind, Millis, Record, RecordId, Stamp};

    use super::*;
    use crate::pages::shared::undoing::{back, done};
    use crate::words::shared;

    const ID: RecordId = RecordId([1; 16]);

    fn saying(text: &str) -> Record {
        let mut record = Record::new(ID, Kind::Step, None);
        let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
        record.cells.insert("text".into(), Cell { value: text.into(), stamp, number: 1 });
        record
    }

    /// The edit that made one text of another.
    fn typed(n: u32, before: &str, text: &str, stay: Option<Stay>) -> Done {
        let before = saying(before);
        Done { n, what: shared::SAVE, did: done(&[set(ID, "text", text)], |_| Some(&before)), stay }
    }

    fn undone(history: &mut History, now: &str) -> Option<Vec<Change>> {
        let now = saying(now);
        history.pop().map(|did| back(&did, |_| Some(&now)))
    }

    fn of_two_stays() -> History {
        let mut history = History::default();
        history.push(typed(1, "eerst", "half", Some(Stay(1))));
        history.push(typed(2, "half", "heel", Some(Stay(1))));
        history.push(typed(3, "heel", "later", Some(Stay(2))));
        history
    }

    #[test]
    fn all_that_was_typed_in_one_stay_is_undone_at_once() {
        let mut history = of_two_stays();
        assert_eq!(undone(&mut history, "later"), Some(vec![set(ID, "text", "heel")]));
        assert_eq!(undone(&mut history, "heel"), Some(vec![set(ID, "text", "eerst")]));
        assert!(history.pop().is_none());
    }

    #[test]
    fn an_edit_that_was_not_kept_or_was_undone_elsewhere_is_no_more_in_the_way() {
        let mut history = of_two_stays();
        history.forget(3);
        history.forget(2);
        assert_eq!(undone(&mut history, "half"), Some(vec![set(ID, "text", "eerst")]));
        assert!(history.last().is_none());
    }
}
