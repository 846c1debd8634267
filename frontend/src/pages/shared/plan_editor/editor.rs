//! The state of one open editor: what is read, where somebody types, which step is chosen, what can be undone.

use opstap_core::model::Model;
use opstap_core::plan_format::{Advice, Language};
use opstap_core::{Change, CircleId, PersonId, RecordId};
use opstap_view::prelude::*;
use send_wrapper::SendWrapper;

use super::advice::advise;
use super::reading::{self, Sheet};
use crate::device::{self, Entry, NoPhoto};
use crate::language;
use crate::pages::shared::editing::{UndoWork, Work, places};
use crate::words::{Text, Word, plan_editor, shared};

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
    /// What is read, written and can be undone.
    pub(super) work: Work<Sheet>,
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
    /// What had the focus when its row began to move.
    pub(super) focus_after_move: StoredValue<Option<SendWrapper<web_sys::HtmlElement>>>,
}

impl Editor {
    /// Opens the editor of a plan. `beside` is the client when they sit next to a volunteer who changes the plan with them.
    #[must_use]
    pub fn open(circle: CircleId, plan: RecordId, beside: Option<PersonId>) -> Self {
        let work = Work::open(circle, beside, move |reader| reading::read(reader, plan));
        let Work { sheet, typing, drafts, .. } = work;
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
        Self {
            circle,
            plan,
            work,
            chosen: RwSignal::new(None),
            more: RwSignal::new(None),
            told: RwSignal::new(None),
            choosing: RwSignal::new(None),
            rows,
            advice,
            focus_after_move: StoredValue::new(None),
        }
    }

    /// The title of the plan, for the frame.
    #[must_use]
    pub fn title(self) -> Signal<String> {
        Signal::derive(move || self.with(|sheet| sheet.plan.value.title.clone()).unwrap_or_default())
    }

    /// Reads from what is here; nothing while it is still being read.
    pub(super) fn with<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.work.with(read)
    }

    /// The same, without following it.
    pub(super) fn with_now<T>(self, read: impl FnOnce(&Sheet) -> T) -> Option<T> {
        self.work.with_now(read)
    }

    /// Keeps an edit that can be undone, without waiting for it.
    pub(super) fn change(self, what: Word, changes: Vec<Change>) {
        self.work.change(what, changes);
    }

    /// A step, as long as its row stands.
    pub(super) fn step(self, id: RecordId) -> Memo<Option<Entry<opstap_core::model::Step>>> {
        Memo::new(move |_| self.with(|sheet| sheet.step(id).cloned()).flatten())
    }

    /// The words of a step or the title as they stand on the screen.
    pub(super) fn words(self, id: RecordId) -> String {
        let typed = self.work.drafts.with(|drafts| drafts.get(&id).cloned());
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

    /// Removes a step or the plan, with a way back in the message.
    pub(super) fn remove(self, id: RecordId, said: Text) {
        let neighbour = self.rows.with_untracked(|rows| places::neighbour(rows, id));
        self.work.remove(id, said);
        if self.chosen.get_untracked() == Some(id) {
            self.chosen.set(neighbour);
        }
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

/// Undoes the last edit of this visit.
#[component]
pub fn UndoButton(editor: Editor) -> impl IntoView {
    let work = editor.work;
    view! { <UndoWork work /> }
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
