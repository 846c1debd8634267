//! A field over one cell: what is typed is kept by itself after a moment, on leaving the field, and on leaving the screen. What others
//! change meanwhile never takes the place of what is being typed; it stands below, to take over or not.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::task::spawn_local;
use opstap_core::model::set;
use opstap_core::{RecordId, Seen};
use opstap_view::prelude::*;

use super::history::Stay;
use super::work::{InField, Work, Worked, seen_while_typing};
use crate::components::{Button, Card, Field, Size, TextArea, Tone, changing};
use crate::words::{Text, Word, plan_editor};

/// How long after the last key a text is kept.
const QUIET: Duration = Duration::from_millis(900);

/// The cell a field stands for.
#[derive(Clone, Copy)]
pub struct TextCell {
    /// The plan or a step.
    pub record: RecordId,
    /// The name of the cell.
    pub cell: &'static str,
    /// What changing it is called, for undo.
    pub what: Word,
    /// It may be left empty.
    pub optional: bool,
}

impl TextCell {
    /// The words of a step, a choice or the title, which advice and preview follow at each key.
    fn leads(self) -> bool {
        matches!(self.cell, "text" | "title")
    }
}

/// Where the field is between the keys and the store.
#[derive(Clone, Default)]
struct Stand {
    /// Somebody has typed here since they came into the field.
    typing: bool,
    /// What was typed is not kept yet.
    dirty: bool,
    /// What the cell held, as far as this field knows.
    known: String,
    stay: Option<Stay>,
    /// What they had seen when they came into it.
    began: Seen,
}

impl Stand {
    /// What was typed could not be kept: the cell still holds what it held, so that the next moment tries again.
    fn not_kept(&mut self, text: &str, before: String) {
        self.dirty = true;
        if self.known == text {
            self.known = before;
        }
    }
}

struct Typed<S: Worked> {
    work: Work<S>,
    cell: TextCell,
    draft: RwSignal<String>,
    /// What somebody else wrote while this field was being typed in.
    meanwhile: RwSignal<Option<String>>,
    stand: StoredValue<Stand>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl<S: Worked> Clone for Typed<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Worked> Copy for Typed<S> {}

impl<S: Worked> Typed<S> {
    fn focus(self) {
        let stay = self.work.stay();
        self.stand.update_value(|stand| {
            stand.typing = false;
            stand.stay = Some(stay);
        });
        self.has_seen_all();
        self.work.typing.set(Some(self.cell.record));
    }

    /// Whoever is here sees what stands here now.
    fn has_seen_all(self) {
        if let Some(seen) = self.work.with_now(Worked::seen) {
            self.stand.update_value(|stand| stand.began = seen);
        }
    }

    fn show(self, text: String) {
        if self.cell.leads() {
            self.work.drafts.update(|drafts| drop(drafts.insert(self.cell.record, text.clone())));
        }
        self.draft.set(text);
    }

    fn input(self, text: String) {
        self.show(text);
        self.stand.update_value(|stand| (stand.dirty, stand.typing) = (true, true));
        self.work.typing.set(Some(self.cell.record));
        self.stop_timer();
        self.timer.set_value(set_timeout_with_handle(move || self.keep(), QUIET).ok());
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    fn leave(self) {
        self.keep();
        // A field that is taken away while somebody types in it loses the focus after its screen is gone; what was typed is kept.
        let Some(empty) = self.draft.try_with_untracked(|draft| draft.trim().is_empty()) else { return };
        self.stand.update_value(|stand| stand.typing = false);
        if empty && !self.cell.optional {
            // Without words a step says nothing and a plan has no name: then what it held stands again.
            self.stand.update_value(|stand| stand.dirty = false);
            self.show(self.stand.with_value(|stand| stand.known.clone()));
        }
        if self.work.typing.get_untracked() == Some(self.cell.record) {
            self.work.typing.set(None);
        }
    }

    /// Keeps what is typed. It is also called while the screen is being left, when little may still be there.
    fn keep(self) {
        self.stop_timer();
        let Some(text) = self.draft.try_get_untracked().map(|draft| draft.trim().to_owned()) else { return };
        let says = self.cell.optional || !text.is_empty();
        let save = self.stand.try_update_value(|stand| {
            let save = stand.dirty && says && text != stand.known;
            let before = save.then(|| std::mem::replace(&mut stand.known, text.clone()));
            stand.dirty &= !says;
            before.map(|before| (stand.stay, stand.began, before))
        });
        let Some(Some((stay, began, before))) = save else { return };
        let TextCell { record, cell, what, .. } = self.cell;
        let as_of = self.work.with_now(|sheet| seen_while_typing(sheet, record, began)).unwrap_or(began);
        let typed = stay.map(|stay| InField { stay, as_of });
        let changes = vec![set(record, cell, Some(text.as_str()).filter(|text| !text.is_empty()))];
        let kept = self.work.keep(what, changes, typed);
        spawn_local(async move {
            if !kept.await {
                let _ = self.stand.try_update_value(|stand| stand.not_kept(&text, before));
            }
        });
    }

    /// The cell holds something else now.
    fn arrived(self, held: String) {
        let TextCell { record, cell, .. } = self.cell;
        let busy = self.stand.with_value(|stand| stand.typing || stand.dirty);
        // An earlier reading of what was kept from here may come in while typing goes on.
        let mine = || self.work.with_now(|sheet| is_mine(sheet, record, cell)).unwrap_or_default();
        if self.stand.with_value(|stand| stand.known == held) || (busy && mine()) {
            return;
        }
        self.stand.update_value(|stand| stand.known.clone_from(&held));
        if !busy {
            self.show(held);
            self.has_seen_all();
        } else if self.draft.with_untracked(|draft| draft.trim() != held) {
            self.meanwhile.set(Some(held));
        }
    }

    fn take_over(self, theirs: String) {
        self.show(theirs);
        self.has_seen_all();
        self.stand.update_value(|stand| stand.dirty = true);
        self.meanwhile.set(None);
        self.keep();
    }
}

/// The field.
#[component]
pub fn CellText<S: Worked>(
    /// The work of the screen it stands on.
    work: Work<S>,
    /// The cell.
    cell: TextCell,
    /// What it is for.
    #[prop(into)]
    label: Text,
    /// What the cell holds.
    #[prop(into)]
    held: Signal<String>,
    /// One line instead of a few.
    #[prop(optional)]
    line: bool,
) -> impl IntoView {
    let first = held.get_untracked();
    let began = work.with_now(Worked::seen).unwrap_or_default();
    let typed = Typed {
        work,
        cell,
        draft: RwSignal::new(first.clone()),
        meanwhile: RwSignal::new(None),
        stand: StoredValue::new(Stand { known: first, began, ..Stand::default() }),
        timer: StoredValue::new(None),
    };
    Effect::new(move |_| typed.arrived(held.get()));
    Effect::new(move |_| {
        work.flushed.track();
        typed.keep();
    });
    on_cleanup(move || typed.keep());
    // Once the server has kept both, they stand below as versions.
    let theirs = Memo::new(move |_| {
        let TextCell { record, cell, .. } = cell;
        let is_kept = |theirs: &String| {
            let kept = |sheet: &S| {
                sheet.record(record)?.others(cell).find(|kept| kept.value == theirs.as_str().into()).map(drop)
            };
            work.with(kept).flatten().is_some()
        };
        typed.meanwhile.get().filter(|theirs| !is_kept(theirs))
    });
    let field = if line {
        view! { <Field label value=typed.draft on_input=move |text| typed.input(text) /> }.into_any()
    } else {
        view! { <TextArea label value=typed.draft rows=1 on_input=move |text| typed.input(text) /> }.into_any()
    };
    view! {
        <div class="cell-text" on:focusin=move |_| typed.focus() on:focusout=move |_| typed.leave()>{field}</div>
        {changing(move || theirs.get().map(|theirs| meanwhile(typed, theirs)).into_any())}
    }
}

fn meanwhile<S: Worked>(typed: Typed<S>, theirs: String) -> AnyView {
    let TextCell { record, cell, .. } = typed.cell;
    let by = typed.work.with_now(|sheet| {
        let stamp = sheet.record(record)?.cells.get(cell)?.stamp;
        Some(sheet.writers().name(stamp))
    });
    let by = by.flatten().unwrap_or_else(|| plan_editor::SOMEBODY.into());
    let taken = theirs.clone();
    view! {
        <Card tone=Tone::Way>
            <p>{Text::live(move || plan_editor::meanwhile(by.get()).get())}</p>
            <p class="strong">{theirs}</p>
            <div class="row">
                <Button text=plan_editor::TAKE_THEIRS size=Size::Tool tap=move || typed.take_over(taken.clone()) />
                <Button text=plan_editor::KEEP_MINE size=Size::Tool tap=move || keep_mine(typed) />
            </div>
        </Card>
    }
    .into_any()
}

/// Whether a cell holds what was written by the person this device belongs to.
fn is_mine(sheet: &impl Worked, record: RecordId, cell: &str) -> bool {
    let stamp = sheet.record(record).and_then(|record| record.cells.get(cell)).map(|cell| cell.stamp);
    stamp.is_some_and(|stamp| sheet.writers().is_mine(stamp))
}

/// Mine stands: when theirs came last, the cell is set again.
fn keep_mine<S: Worked>(typed: Typed<S>) {
    typed.meanwhile.set(None);
    typed.has_seen_all();
    typed.stand.update_value(|stand| stand.dirty = true);
    typed.keep();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_kept_is_tried_again_unless_somebody_wrote_meanwhile() {
        let mut stand = Stand { known: "Pak alles.".to_owned(), ..Stand::default() };
        stand.not_kept("Pak alles.", "Pak je tas.".to_owned());
        assert!(stand.dirty && stand.known == "Pak je tas.");
        stand.known = "Pak je rode tas.".to_owned();
        stand.not_kept("Pak alles.", "Pak je tas.".to_owned());
        assert_eq!(stand.known, "Pak je rode tas.");
    }
}
