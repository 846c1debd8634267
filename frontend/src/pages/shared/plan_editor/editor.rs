//! The state of one open editor: what is read, where somebody types, which step is chosen, what can be undone.

use leptos::task::spawn_local;
use opstap_core::model::Model;
use opstap_core::plan_format::{Advice, Language};
use opstap_core::{Change, CircleId, PersonId, RecordId, Seen, Sorted};
use opstap_view::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;

use super::advice::advise;
use super::history::{Done, History, Stay};
use super::own_edits::OwnEdits;
use super::places;
use super::reading::{self, Sheet};
use crate::components::{Button, Icon, Toast, clear_toast, show_toast};
use crate::device::{self, Entry, Made, NoPhoto, NotKept};
use crate::language;
use crate::pages::shared::{not_kept, undoing};
use crate::words::{Text, Word, past, plan_editor, shared};

/// Words typed in a field, as an edit.
#[derive(Clone, Copy)]
pub(super) struct InField {
    /// The stay in the field they were typed in.
    pub stay: Stay,
    /// What whoever typed them had seen.
    pub as_of: Seen,
}

/// A cell that holds a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PictureCell {
    /// The plan, a step or a choice.
    pub record: RecordId,
    /// The name of the cell.
    pub cell: &'static str,
}

impl From<RecordId> for PictureCell {
    fn from(record: RecordId) -> Self {
        Self { record, cell: "picture" }
    }
}

/// One open editor. Copy it freely; open it once, in the component that shows the plan.
#[derive(Clone, Copy)]
pub struct Editor {
    pub(super) circle: CircleId,
    pub(super) plan: RecordId,
    beside: Option<PersonId>,
    pub(super) sheet: Signal<Option<Option<Sheet>>>,
    /// The plan or step in whose field somebody types now.
    pub(super) typing: RwSignal<Option<RecordId>>,
    /// What stands in the fields, kept or not yet: advice and preview follow each key.
    pub(super) drafts: RwSignal<Sorted<RecordId, String>>,
    /// The step whose tools and preview are shown.
    pub(super) chosen: RwSignal<Option<RecordId>>,
    /// The step whose row "Meer" is open.
    pub(super) more: RwSignal<Option<RecordId>>,
    /// What a screen reader is told of a move.
    pub(super) told: RwSignal<Option<usize>>,
    /// The picture that is being chosen.
    pub(super) choosing: RwSignal<Option<PictureCell>>,
    /// The steps as their rows stand.
    pub(super) rows: Memo<Vec<RecordId>>,
    pub(super) advice: Memo<Vec<Advice>>,
    /// Fields keep what is typed when this moves: the window is being put away.
    pub(super) flushed: RwSignal<()>,
    /// What had the focus when its row began to move.
    pub(super) focus_after_move: StoredValue<Option<SendWrapper<web_sys::HtmlElement>>>,
    /// What was removed last, as long as the message about it stands.
    removed: RwSignal<Option<RecordId>>,
    history: RwSignal<History>,
    own: OwnEdits,
    /// The plan as it was last read, and how many of the own edits are in that.
    read: Signal<Option<Read>>,
    stays: StoredValue<u32>,
}

/// A reading: how many of the own edits it holds, and the plan.
type Read = (u32, Option<Sheet>);

impl Editor {
    /// Opens the editor of a plan. `beside` is the client when they sit next to a volunteer who changes the plan with them.
    #[must_use]
    pub fn open(circle: CircleId, plan: RecordId, beside: Option<PersonId>) -> Self {
        let own = OwnEdits::new();
        let read = device::watch(circle, move |reader| {
            let kept = own.kept();
            async move { (kept, reading::read(reader, plan).await) }
        });
        let sheet = Memo::new(move |_| {
            let laid = |(kept, sheet): &Read| sheet.as_ref().map(|sheet| own.over(sheet, *kept));
            read.with(|read| read.as_ref().map(laid))
        });
        let typing = RwSignal::new(None::<RecordId>);
        let drafts = RwSignal::new(Sorted::new());
        let rows = Memo::new(move |before: Option<&Vec<RecordId>>| {
            let now = sheet.with(|sheet| match sheet {
                Some(Some(sheet)) => sheet.steps.iter().map(|step| step.id).collect(),
                _ => Vec::new(),
            });
            places::rows(before.map_or(&[], Vec::as_slice), &now, typing.get().filter(|id| *id != plan))
        });
        let advice = Memo::new(move |_| {
            sheet.with(|sheet| match sheet {
                Some(Some(sheet)) => drafts.with(|drafts| advise(sheet, drafts)),
                _ => Vec::new(),
            })
        });
        let flushed = RwSignal::new(());
        let removed = RwSignal::new(None);
        Effect::new(move |gone| message_of_removal(removed, rows, gone));
        let put_away = window_event_listener_untyped("visibilitychange", move |_| flushed.set(()));
        on_cleanup(move || put_away.remove());
        Self {
            circle,
            plan,
            beside,
            sheet: sheet.into(),
            typing,
            drafts,
            chosen: RwSignal::new(None),
            more: RwSignal::new(None),
            told: RwSignal::new(None),
            choosing: RwSignal::new(None),
            rows,
            advice,
            flushed,
            focus_after_move: StoredValue::new(None),
            removed,
            history: RwSignal::new(History::default()),
            own,
            read,
            stays: StoredValue::new(0),
        }
    }

    /// The title of the plan, for the frame.
    #[must_use]
    pub fn title(self) -> Signal<String> {
        Signal::derive(move || self.with(|sheet| sheet.plan.value.title.clone()).unwrap_or_default())
    }

    /// Reads from what is here; nothing while it is still being read.
    pub(super) fn with<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.sheet.try_with(|sheet| sheet.as_ref()?.as_ref().map(read)).flatten()
    }

    /// The same, without following it.
    pub(super) fn with_now<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.sheet.try_with_untracked(|sheet| sheet.as_ref()?.as_ref().map(read)).flatten()
    }

    /// A step, as long as its row stands.
    pub(super) fn step(self, id: RecordId) -> Memo<Option<Entry<opstap_core::model::Step>>> {
        Memo::new(move |_| self.with(|sheet| sheet.step(id).cloned()).flatten())
    }

    /// The words of a step or the title as they stand on the screen.
    pub(super) fn words(self, id: RecordId) -> String {
        let typed = self.drafts.with(|drafts| drafts.get(&id).cloned());
        let held = |sheet: &Sheet| match (sheet.step(id), sheet.choice(id)) {
            (Some(step), _) => step.value.text.clone(),
            (None, Some(choice)) => choice.value.text.clone(),
            (None, None) => sheet.plan.value.title.clone(),
        };
        typed.or_else(|| self.with(held)).unwrap_or_default()
    }

    /// The place of a step's row, from 1.
    pub(super) fn number(self, id: RecordId) -> Memo<usize> {
        let rows = self.rows;
        Memo::new(move |_| rows.with(|rows| rows.iter().position(|row| *row == id)).map_or(0, |at| at + 1))
    }

    /// The step that is chosen, or else the first.
    pub(super) fn step_in_view(self) -> Option<RecordId> {
        let rows = self.rows.get();
        self.chosen.get().filter(|id| rows.contains(id)).or_else(|| rows.first().copied())
    }

    /// A new stay in a field.
    pub(super) fn stay(self) -> Stay {
        self.stays
            .try_update_value(|last| {
                *last += 1;
                Stay(*last)
            })
            .unwrap_or(Stay(0))
    }

    fn clear_message(self) {
        clear_toast();
        let _ = self.removed.try_set(None);
    }

    /// Leaves the field that somebody types in, so that what they typed counts before what they tapped: a tap on a button takes the focus
    /// out of it in some browsers, and not in others.
    pub(super) fn out_of_the_field(self) {
        if self.typing.try_get_untracked().flatten().is_none() {
            return;
        }
        let field = document().active_element().and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(field) = field {
            let _ = field.blur();
        }
    }

    /// Keeps an edit that can be undone, without waiting for it.
    pub(super) fn change(self, what: Word, changes: Vec<Change>) {
        self.clear_message();
        let kept = self.keep(what, changes, None);
        spawn_local(async move {
            kept.await;
        });
    }

    /// Keeps an edit that can be undone; says in a sentence why, should it not be kept. It stands on the screen, and can be undone, before
    /// anybody waits for it.
    pub(super) fn keep(
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
        let did = self.with_now(|sheet| undoing::done(&changes, |id| sheet.record(id))).unwrap_or_default();
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
        let as_of = as_of.or_else(|| self.with_now(|sheet| sheet.seen));
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
    pub(super) fn undo(self) {
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

    /// Removes a step or the plan, with a way back in the message. The message may outlive this screen: it carries what it puts back.
    pub(super) fn remove(self, id: RecordId, said: Text) {
        let neighbour = self.rows.with_untracked(|rows| places::neighbour(rows, id));
        let removal = vec![opstap_core::model::delete(id)];
        let did = self.with_now(|sheet| undoing::done(&removal, |id| sheet.record(id))).unwrap_or_default();
        let (n, kept) = self.begin(plan_editor::DONE_REMOVED, removal, None);
        if self.chosen.get_untracked() == Some(id) {
            self.chosen.set(neighbour);
        }
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
            let _ = self.removed.try_set(Some(id));
        });
    }

    /// Makes a step behind the last, or behind another.
    pub(super) fn add(self, text: String, behind: Option<RecordId>) {
        let Some(mut changes) = self.with_now(|sheet| super::changes::place_behind(sheet, behind)) else { return };
        let id = device::new_id();
        let Some(order) = changes.order.take() else { return };
        let step = opstap_core::model::Step::saying(order, text);
        let mut all = vec![step.make_below(id, self.plan)];
        all.append(&mut changes.others);
        self.change(plan_editor::DONE_ADDED, all);
        let _ = self.chosen.try_set(Some(id));
    }
}

/// Takes the message away that a step was removed once the step is back; returns what is away now.
fn message_of_removal(
    removed: RwSignal<Option<RecordId>>,
    rows: Memo<Vec<RecordId>>,
    gone: Option<Option<RecordId>>,
) -> Option<RecordId> {
    let removed = removed.get();
    let stands = removed.is_some_and(|id| rows.with(|rows| rows.contains(&id)));
    if stands && gone.flatten() == removed {
        clear_toast();
    }
    removed.filter(|_| !stands)
}

/// Undoes the last edit of this visit.
#[component]
pub fn UndoButton(editor: Editor) -> impl IntoView {
    let last = Memo::new(move |_| editor.history.with(History::last));
    let text = Text::live(move || match last.get() {
        Some(what) => plan_editor::undo_what(what.get()).get(),
        None => shared::UNDO.get().to_owned(),
    });
    let none = Signal::derive(move || last.get().is_none());
    view! { <Button text icon=Icon::UNDO mark_only=true disabled=none tap=move || editor.undo() /> }
}

/// Why there is no photo, as what to do.
#[must_use]
pub const fn no_photo(why: NoPhoto) -> Word {
    match why {
        NoPhoto::Broken => plan_editor::PHOTO_BROKEN,
        NoPhoto::TooLarge => plan_editor::PHOTO_LARGE,
        NoPhoto::NoStore => shared::CLOSE_AND_OPEN,
    }
}

/// The language a plan is written in; without one, that of the screens.
pub(super) fn language_of(sheet: &Sheet) -> Language {
    match (sheet.plan.value.language.as_deref(), language::language()) {
        (Some("en"), _) => Language::English,
        (Some("nl"), _) | (_, language::Language::Dutch) => Language::Dutch,
        (_, language::Language::English) => Language::English,
    }
}
