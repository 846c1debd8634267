//! A field over one cell: what is typed is kept by itself after a moment, on leaving the field, and on leaving the screen. What others
//! change meanwhile never takes the place of what is being typed; it stands below, to take over or not.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::task::spawn_local;
use opstap_core::{Record, RecordId};
use opstap_view::prelude::*;

use super::changes::keep_text;
use super::editor::Editor;
use super::history::Stay;
use crate::components::{Button, Card, Field, Size, TextArea, Tone, changing};
use crate::words::{Text, Word, plan_editor};

/// How long after the last key a text is kept.
const QUIET: Duration = Duration::from_millis(900);

/// The cell a field stands for.
#[derive(Clone, Copy)]
pub(super) struct TextCell {
    /// The plan or a step.
    pub record: RecordId,
    /// The name of the cell.
    pub cell: &'static str,
    /// What changing it is called, for undo.
    pub what: Word,
}

/// Where the field is between the keys and the store.
#[derive(Clone, Default)]
struct Stand {
    focused: bool,
    /// What was typed is not kept yet.
    dirty: bool,
    /// What the cell held, as far as this field knows.
    known: String,
    stay: Option<Stay>,
}

#[derive(Clone, Copy)]
struct Typed {
    editor: Editor,
    cell: TextCell,
    draft: RwSignal<String>,
    /// What somebody else wrote while this field was being typed in.
    meanwhile: RwSignal<Option<String>>,
    stand: StoredValue<Stand>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Typed {
    fn focus(self) {
        let stay = self.editor.stay();
        self.stand.update_value(|stand| {
            stand.focused = true;
            stand.stay = Some(stay);
        });
        self.editor.typing.set(Some(self.cell.record));
    }

    fn show(self, text: String) {
        self.editor.drafts.update(|drafts| drop(drafts.insert(self.cell.record, text.clone())));
        self.draft.set(text);
    }

    fn input(self, text: String) {
        self.show(text);
        self.stand.update_value(|stand| stand.dirty = true);
        self.editor.typing.set(Some(self.cell.record));
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
        self.stand.update_value(|stand| stand.focused = false);
        if empty {
            // Without words a step says nothing and a plan has no name: then what it held stands again.
            self.stand.update_value(|stand| stand.dirty = false);
            self.show(self.stand.with_value(|stand| stand.known.clone()));
        }
        if self.editor.typing.get_untracked() == Some(self.cell.record) {
            self.editor.typing.set(None);
        }
    }

    /// Keeps what is typed. It is also called while the screen is being left, when little may still be there.
    fn keep(self) {
        self.stop_timer();
        let Some(text) = self.draft.try_get_untracked().map(|draft| draft.trim().to_owned()) else { return };
        let save = self.stand.try_update_value(|stand| {
            let save = stand.dirty && !text.is_empty() && text != stand.known;
            if save {
                stand.known.clone_from(&text);
            }
            stand.dirty &= text.is_empty();
            save.then_some(stand.stay)
        });
        let Some(Some(stay)) = save else { return };
        let TextCell { record, cell, what } = self.cell;
        let removed = self.editor.with_now(|sheet| sheet.record(record).is_some_and(Record::is_deleted));
        let changes = keep_text(record, cell, &text, removed.unwrap_or_default());
        spawn_local(async move {
            if !self.editor.keep(what, changes, stay).await {
                let _ = self.stand.try_update_value(|stand| stand.dirty = true);
            }
        });
    }

    /// The cell holds something else now.
    fn arrived(self, held: String) {
        let TextCell { record, cell, .. } = self.cell;
        let busy = self.stand.with_value(|stand| stand.focused || stand.dirty);
        // An earlier reading of what was kept from here may come in while typing goes on.
        let mine = || self.editor.with_now(|sheet| sheet.is_mine(record, cell)).unwrap_or_default();
        if self.stand.with_value(|stand| stand.known == held) || (busy && mine()) {
            return;
        }
        self.stand.update_value(|stand| stand.known.clone_from(&held));
        if !busy {
            self.show(held);
        } else if self.draft.with_untracked(|draft| draft.trim() != held) {
            self.meanwhile.set(Some(held));
        }
    }

    fn take_over(self, theirs: String) {
        self.show(theirs);
        self.stand.update_value(|stand| stand.dirty = true);
        self.meanwhile.set(None);
        self.keep();
    }
}

/// The field.
#[component]
pub(super) fn CellText(
    editor: Editor,
    cell: TextCell,
    #[prop(into)] label: Text,
    /// What the cell holds.
    #[prop(into)]
    held: Signal<String>,
    /// One line instead of a few.
    #[prop(optional)]
    line: bool,
) -> impl IntoView {
    let first = held.get_untracked();
    let typed = Typed {
        editor,
        cell,
        draft: RwSignal::new(first.clone()),
        meanwhile: RwSignal::new(None),
        stand: StoredValue::new(Stand { known: first, ..Stand::default() }),
        timer: StoredValue::new(None),
    };
    Effect::new(move |_| typed.arrived(held.get()));
    Effect::new(move |_| {
        editor.flushed.track();
        typed.keep();
    });
    on_cleanup(move || typed.keep());
    let field = if line {
        view! { <Field label value=typed.draft on_input=move |text| typed.input(text) /> }.into_any()
    } else {
        view! { <TextArea label value=typed.draft rows=1 on_input=move |text| typed.input(text) /> }.into_any()
    };
    view! {
        <div class="cell-text" on:focusin=move |_| typed.focus() on:focusout=move |_| typed.leave()>{field}</div>
        {changing(move || typed.meanwhile.get().map(|theirs| meanwhile(typed, theirs)).into_any())}
    }
}

fn meanwhile(typed: Typed, theirs: String) -> AnyView {
    let TextCell { record, cell, .. } = typed.cell;
    let by = typed.editor.with_now(|sheet| {
        let stamp = sheet.record(record)?.cells.get(cell)?.stamp;
        Some(sheet.writer(stamp))
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

/// Mine stands: when theirs came last, the cell is set again.
fn keep_mine(typed: Typed) {
    typed.meanwhile.set(None);
    typed.stand.update_value(|stand| stand.dirty = true);
    typed.keep();
}
