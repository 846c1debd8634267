//! What one screen works on: records as they were read with its own edits over them, where somebody types, and what can be undone.

use std::future::Future;

use leptos::task::spawn_local;
use opstap_core::record::DELETED;
use opstap_core::{Change, CircleId, Millis, PersonId, Record, RecordId, Seen, Sorted};
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;

use super::history::{Done, History, Stay};
use super::own_edits::OwnEdits;
use super::writers::Writers;
use crate::components::{Button, Icon, Toast, clear_toast, show_toast};
use crate::device::{self, Made, NotKept, Reader};
use crate::pages::shared::{not_kept, undoing};
use crate::words::{Text, Word, past, plan_editor, shared};

/// Records that are read together and changed together.
pub trait Worked: Clone + PartialEq + Send + Sync + 'static {
    /// What an edit made from this has seen.
    fn seen(&self) -> Seen;
    /// One of them, also a removed one.
    fn record(&self, id: RecordId) -> Option<&Record>;
    /// The one above it, whose removal takes it away as well.
    fn above(&self, id: RecordId) -> Option<&Record>;
    /// Takes a record out, to be put in again as another.
    fn take(&mut self, id: RecordId) -> Option<Record>;
    /// Puts a record in, where it belongs as it is now.
    fn put(&mut self, record: Record);
    /// Brings lists in their order.
    fn sort(&mut self);
    /// Who wrote what.
    fn writers(&self) -> &Writers;
    /// A moment later than all that stands in it where order matters: what is made on this screen comes after what there is.
    fn now(&self) -> Millis {
        Millis(0)
    }
}

/// Words typed in a field, as an edit.
#[derive(Clone, Copy)]
pub struct InField {
    /// The stay in the field they were typed in.
    pub stay: Stay,
    /// What whoever typed them had seen.
    pub as_of: Seen,
}

/// A reading: how many of the own edits it holds, and what was read.
type Read<S> = (u32, Option<S>);

/// The work of one screen. Copy it freely; open it once, in the component that shows the whole.
pub struct Work<S: Worked> {
    /// The circle it is in.
    pub circle: CircleId,
    beside: Option<PersonId>,
    /// What is read, with the own edits over it; none while it is being read, nothing in it where it was never here.
    pub sheet: Signal<Option<Option<S>>>,
    /// The record in whose field somebody types now.
    pub typing: RwSignal<Option<RecordId>>,
    /// What stands in the fields that others on the screen follow at each key, kept or not yet.
    pub drafts: RwSignal<Sorted<RecordId, String>>,
    /// Fields keep what is typed when this moves: the window is being put away.
    pub flushed: RwSignal<()>,
    /// What was removed last, as long as the message about it stands.
    removed: RwSignal<Option<RecordId>>,
    history: RwSignal<History>,
    own: OwnEdits,
    read: Signal<Option<Read<S>>>,
    stays: StoredValue<u32>,
}

impl<S: Worked> Clone for Work<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Worked> Copy for Work<S> {}

impl<S: Worked> Work<S> {
    /// Begins to read, and to work on what is read. `beside` is whoever sits next to the one who changes it.
    pub fn open<R>(circle: CircleId, beside: Option<PersonId>, reading: impl Fn(Reader) -> R + 'static) -> Self
    where
        R: Future<Output = Option<S>> + 'static,
    {
        let own = OwnEdits::new();
        let read = device::watch(circle, move |reader| {
            let kept = own.kept();
            let reading = reading(reader);
            async move { (kept, reading.await) }
        });
        let sheet = Memo::new(move |_| {
            let laid = |(kept, sheet): &Read<S>| sheet.as_ref().map(|sheet| own.over(sheet, *kept));
            read.with(|read| read.as_ref().map(laid))
        });
        let flushed = RwSignal::new(());
        let put_away = window_event_listener_untyped("visibilitychange", move |_| flushed.set(()));
        on_cleanup(move || put_away.remove());
        let work = Self {
            circle,
            beside,
            sheet: sheet.into(),
            typing: RwSignal::new(None),
            drafts: RwSignal::new(Sorted::new()),
            flushed,
            removed: RwSignal::new(None),
            history: RwSignal::new(History::default()),
            own,
            read,
            stays: StoredValue::new(0),
        };
        Effect::new(move |gone| work.message_of_removal(gone));
        work
    }

    /// Reads from what is here; nothing while it is still being read.
    pub fn with<T>(self, read: impl FnOnce(&S) -> T) -> Option<T> {
        self.sheet.try_with(|sheet| sheet.as_ref()?.as_ref().map(read)).flatten()
    }

    /// The same, without following it.
    pub fn with_now<T>(self, read: impl FnOnce(&S) -> T) -> Option<T> {
        self.sheet.try_with_untracked(|sheet| sheet.as_ref()?.as_ref().map(read)).flatten()
    }

    /// A new stay in a field.
    pub fn stay(self) -> Stay {
        let next = self.stays.try_update_value(|last| {
            *last += 1;
            Stay(*last)
        });
        next.unwrap_or(Stay(0))
    }

    fn clear_message(self) {
        clear_toast();
        let _ = self.removed.try_set(None);
    }

    /// Leaves the field that somebody types in, so that what they typed counts before what they tapped: a tap on a button takes the focus
    /// out of it in some browsers, and not in others.
    pub fn out_of_the_field(self) {
        if self.typing.try_get_untracked().flatten().is_none() {
            return;
        }
        let field = document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(field) = field {
            let _ = field.blur();
        }
    }

    /// Keeps an edit that can be undone, without waiting for it.
    pub fn change(self, what: Word, changes: Vec<Change>) {
        self.clear_message();
        let kept = self.keep(what, changes, None);
        spawn_local(async move {
            kept.await;
        });
    }

    /// Keeps an edit that can be undone; says in a sentence why, should it not be kept. It stands on the screen, and can be undone, before
    /// anybody waits for it.
    pub fn keep(
        self,
        what: Word,
        changes: Vec<Change>,
        typed: Option<InField>,
    ) -> impl Future<Output = bool> + 'static {
        self.begin(what, changes, typed).1
    }

    /// The same, with the edit by which it can be forgotten again.
    fn begin(
        self,
        what: Word,
        changes: Vec<Change>,
        typed: Option<InField>,
    ) -> (u32, impl Future<Output = bool> + 'static) {
        let did = self.with_now(|sheet| undoing::done_beside(&changes, |id| sheet.record(id))).unwrap_or_default();
        let (n, kept) = self.write(changes, typed.map(|typed| typed.as_of));
        let stay = typed.map(|typed| typed.stay);
        let _ = self.history.try_update(|history| history.push(Done { n, what, did, stay }));
        let kept = async move {
            let is_kept = kept.await;
            if let Err(why) = is_kept {
                let _ = self.history.try_update(|history| history.forget(n));
                show_toast(Toast::new(not_kept(why)));
            }
            is_kept.is_ok()
        };
        (n, kept)
    }

    /// Lays an edit over the sheet and keeps it after those before it. What came in since the sheet was read crosses it.
    fn write(
        self,
        changes: Vec<Change>,
        as_of: Option<Seen>,
    ) -> (u32, impl Future<Output = Result<(), NotKept>> + 'static) {
        let read = self.read.try_with_untracked(|read| read.as_ref().map_or(0, |(kept, _)| *kept)).unwrap_or_default();
        let as_of = as_of.or_else(|| self.with_now(Worked::seen));
        let mut begun = self.own.begin(&changes, read);
        let Self { circle, beside, own, .. } = self;
        let n = begun.n;
        let kept = async move {
            begun.turn().await;
            let kept = device::edit_made(circle, changes, Made { beside, as_of }).await;
            own.end(n, kept.is_ok());
            kept
        };
        (n, kept)
    }

    /// Puts back what the last edit changed, as far as nobody changed it since.
    pub fn undo(self) {
        self.out_of_the_field();
        let Some(did) = self.history.try_update(History::pop).flatten() else { return };
        self.clear_message();
        let changes = self.with_now(|sheet| undoing::back(&did, |id| sheet.record(id))).unwrap_or_default();
        if changes.is_empty() {
            return show_toast(Toast::new(past::CHANGED_SINCE));
        }
        let (_, kept) = self.write(changes, None);
        spawn_local(async move {
            let says = match kept.await {
                Ok(()) => past::IS_PUT_BACK,
                Err(why) => not_kept(why),
            };
            show_toast(Toast::new(says));
        });
    }

    /// Does something that is said in a message with a way back. The message may outlive this screen: it carries what it puts back.
    /// `removed`: the record that goes, so that the message goes once it is back.
    pub fn say_what_was_done(self, what: Word, changes: Vec<Change>, said: Text, removed: Option<RecordId>) {
        let did = self.with_now(|sheet| undoing::done_beside(&changes, |id| sheet.record(id))).unwrap_or_default();
        let (n, kept) = self.begin(what, changes, None);
        spawn_local(async move {
            if !kept.await {
                return;
            }
            let (circle, history) = (self.circle, self.history);
            let undo = move || {
                let _ = history.try_update(|history| history.forget(n));
                spawn_local(undoing::put_back(circle, did.clone()));
            };
            show_toast(Toast::new(said).with_undo(undo));
            let _ = self.removed.try_set(removed);
        });
    }

    /// Removes a record, with a way back in the message.
    pub fn remove(self, id: RecordId, said: Text) {
        self.say_what_was_done(plan_editor::DONE_REMOVED, vec![opstap_core::model::delete(id)], said, Some(id));
    }

    /// Takes the message away that something was removed once it is back; returns what is away now.
    fn message_of_removal(self, gone: Option<Option<RecordId>>) -> Option<RecordId> {
        let removed = self.removed.get();
        let is_here = |id| self.with(|sheet| sheet.record(id).is_some_and(|record| !record.is_deleted()));
        let stands = removed.is_some_and(|id| is_here(id).unwrap_or_default());
        if stands && gone.flatten() == removed {
            clear_toast();
        }
        removed.filter(|_| !stands)
    }
}

/// What the author of words had seen: all that stood there when they began, and never the removal of what they were writing in. So
/// that removal crosses their words, and brings back what they stand in, marked, instead of hiding them.
pub fn seen_while_typing(sheet: &impl Worked, record: RecordId, began: Seen) -> Seen {
    let above = [sheet.record(record), sheet.above(record)];
    let removals =
        above.into_iter().flatten().filter(|record| record.is_deleted()).filter_map(|record| record.cells.get(DELETED));
    // A removal without a number waits on this very phone: its author is whoever types.
    let before = removals.filter_map(|removal| removal.number.checked_sub(1)).min();
    Seen { number: before.map_or(began.number, |before| before.min(began.number)), ..began }
}

/// Undoes the last edit of this visit.
#[component]
pub fn UndoWork<S: Worked>(work: Work<S>) -> impl IntoView {
    let last = Memo::new(move |_| work.history.with(History::last));
    let text = Text::live(move || match last.get() {
        Some(what) => plan_editor::undo_what(what.get()).get(),
        None => shared::UNDO.get().to_owned(),
    });
    let none = Signal::derive(move || last.get().is_none());
    view! { <Button text icon=Icon::UNDO mark_only=true disabled=none tap=move || work.undo() /> }
}

#[cfg(test)]
mod tests {
    use opstap_core::{Cell, Value};

    use super::*;
    use crate::pages::shared::plan_editor::sheet_of;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    #[test]
    fn words_typed_in_a_step_that_somebody_removed_meanwhile_have_not_seen_the_removal() {
        let mut sheet = sheet_of(&[("Pak je tas.", "B"), ("Ga.", "C")]);
        let began = Seen { number: 7, ..sheet.seen };
        assert_eq!(seen_while_typing(&sheet, id(1), began), began);
        let deleted = |number| Cell { value: Value::Bool(true), stamp: sheet.plan.made.unwrap(), number };
        let (late, early, unsent) = (deleted(8), deleted(5), deleted(0));
        let mut seen_with = |deleted: Cell| {
            let mut removed = sheet.steps.pop().unwrap();
            removed.record.cells.insert(DELETED.into(), deleted);
            sheet.removed = vec![removed.clone()];
            let seen = seen_while_typing(&sheet, id(2), began).number;
            sheet.steps.push(removed);
            seen
        };
        assert_eq!([late, early, unsent].map(&mut seen_with), [7, 4, 7]);
    }
}
