//! What somebody still changes their mind about, of a record that is written once: each time it is kept, a new one goes in the place of the
//! one before. It outlives its screen, so that a photo that comes late, or a phone that is put away, costs nothing.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::model::{Face, delete};
use opstap_core::{BlobRef, Change, CircleId, RecordId};
use opstap_view::prelude::*;
use send_wrapper::SendWrapper;

use crate::device::{self, Haste};

/// What somebody says of a moment, of whichever of these a record takes.
#[derive(Clone, Default, PartialEq)]
pub struct Said {
    /// A face.
    pub face: Option<Face>,
    /// A photo.
    pub photo: Option<BlobRef>,
    /// A voice.
    pub voice: Option<BlobRef>,
    /// Typed words.
    pub text: String,
}

/// Gives the record with an id, below a parent.
type Make = fn(RecordId, RecordId, Said) -> Change;

/// What is on the screen, and what of it is kept.
#[derive(Clone)]
pub struct Draft(SendWrapper<Rc<Inner>>);

struct Inner {
    circle: CircleId,
    make: Make,
    parent: RecordId,
    now: RefCell<Said>,
    kept: RefCell<Option<(RecordId, Said)>>,
}

impl Draft {
    /// Nothing yet.
    pub fn below(circle: CircleId, parent: RecordId, make: Make) -> Self {
        let inner = Inner { circle, make, parent, now: RefCell::default(), kept: RefCell::default() };
        Self(SendWrapper::new(Rc::new(inner)))
    }

    /// Something that is kept already, for what comes to go in its place. Only the first counts.
    pub fn stands(&self, record: RecordId, what: &Said) {
        if self.0.kept.borrow().is_some() {
            return;
        }
        self.0.kept.replace(Some((record, what.clone())));
        let mut now = self.0.now.borrow_mut();
        if *now == Said::default() {
            *now = what.clone();
        }
    }

    /// Changes it on the screen.
    pub fn set(&self, change: impl FnOnce(&mut Said)) {
        change(&mut self.0.now.borrow_mut());
    }

    /// The record that is kept.
    pub fn record(&self) -> Option<RecordId> {
        self.0.kept.borrow().as_ref().map(|(record, _)| *record)
    }

    fn changes(&self) -> Vec<Change> {
        let now = self.0.now.borrow().clone();
        let mut kept = self.0.kept.borrow_mut();
        if kept.as_ref().map_or_else(|| now == Said::default(), |(_, kept)| *kept == now) {
            return Vec::new();
        }
        let before = kept.take().map(|(record, _)| delete(record));
        let made = (now != Said::default()).then(|| {
            let id = device::new_id();
            *kept = Some((id, now.clone()));
            (self.0.make)(id, self.0.parent, now)
        });
        made.into_iter().chain(before).collect()
    }

    /// Keeps it, where it is something else than what is kept. `false` when it could not be; that has been said.
    pub async fn keep(&self) -> bool {
        let before = self.0.kept.borrow().clone();
        let changes = self.changes();
        if changes.is_empty() {
            return true;
        }
        match device::edit_in_time(self.0.circle, changes, Haste::Some).await {
            Ok(()) => true,
            Err(why) => {
                self.0.kept.replace(before);
                super::say_not_kept(why);
                false
            }
        }
    }

    /// Keeps it without waiting.
    pub fn keep_soon(&self) {
        let draft = self.clone();
        spawn_local(async move {
            draft.keep().await;
        });
    }

    /// Keeps it when the phone is put away: it may not come back.
    pub fn keep_when_put_away(&self) {
        let away = self.clone();
        let away = window_event_listener(leptos::ev::visibilitychange, move |_| away.keep_soon());
        on_cleanup(move || away.remove());
    }

    /// Keeps it then, and when the screen goes, whichever way.
    pub fn keep_on_leaving(&self) {
        self.keep_when_put_away();
        let leaving = self.clone();
        on_cleanup(move || leaving.keep_soon());
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Model, RunWord};
    use opstap_core::{Kind, Millis};

    use super::*;

    fn word(id: RecordId, run: RecordId, said: Said) -> Change {
        RunWord { text: Some(said.text), voice: None, at: Millis(1), audience: Vec::new() }.make_below(id, run)
    }

    fn draft() -> Draft {
        Draft::below(CircleId([1; 16]), RecordId([2; 16]), word)
    }

    fn says(draft: &Draft, text: &str) -> Vec<Change> {
        draft.set(|now| text.clone_into(&mut now.text));
        draft.changes()
    }

    fn makes(change: &Change) -> bool {
        matches!(change, Change::Make { kind: Kind::RunWord, .. })
    }

    #[test]
    fn what_is_said_anew_goes_in_the_place_of_what_was_said() {
        let draft = draft();
        assert!(draft.changes().is_empty(), "nothing was said");
        let first = says(&draft, "Lekker");
        assert!(matches!(first.as_slice(), [made] if makes(made)));
        assert!(says(&draft, "Lekker").is_empty(), "it is kept already");
        let kept = draft.record().unwrap();
        assert_eq!(says(&draft, "").as_slice(), [delete(kept)]);
        assert_eq!(draft.record(), None);
    }

    #[test]
    fn what_stood_there_before_is_replaced_and_not_doubled() {
        let (draft, before) = (draft(), RecordId([7; 16]));
        draft.stands(before, &Said { text: "Leuk".to_owned(), ..Said::default() });
        assert!(draft.changes().is_empty());
        let changes = says(&draft, "Heel leuk");
        assert!(makes(&changes[0]) && changes[1] == delete(before), "{changes:?}");
        draft.stands(before, &Said { text: "Leuk".to_owned(), ..Said::default() });
        assert!(draft.changes().is_empty(), "a reading that comes late changes nothing");
    }
}
