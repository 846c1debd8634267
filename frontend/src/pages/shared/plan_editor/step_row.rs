//! One step in the editor: its number, picture, sentence, state and tools, with advice and versions below.

use opstap_core::model::Picture as Shown;
use opstap_core::{Change, CircleId, RecordId};
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;

use super::advice::StepAdvice;

use super::editor::Editor;
use super::more::{HasMore, MoreOfStep};

use super::tools::StepTools;
use super::versions::Versions;
use crate::components::{Picture, Saved, StateMark, Well, changing};
use crate::device;
use crate::pages::shared::editing::places::{moves, one_place};
use crate::pages::shared::editing::{CellText, TextCell};
use crate::words::{Text, plan_editor};

/// Moves a step one place, and leaves the focus where it is although the row moves.
pub(super) fn move_step(editor: Editor, step: RecordId, up: bool) {
    let changes = editor.with_now(|sheet| moves(one_place(&sheet.places(), step, up))).unwrap_or_default();
    let number = untrack(|| editor.number(step).get());
    moved(editor, changes, if up { number.saturating_sub(1) } else { number + 1 });
}

/// Keeps a move, and says to which place.
pub(super) fn moved(editor: Editor, changes: Vec<Change>, to: usize) {
    if changes.is_empty() {
        return;
    }
    let focused = document().active_element();
    // Whoever moves the step they type in sees it move.
    editor.work.typing.set(None);
    editor
        .focus_after_move
        .set_value(focused.and_then(|element| element.dyn_into().ok()).map(send_wrapper::SendWrapper::new));
    editor.change(plan_editor::DONE_MOVED, changes);
    editor.told.set(Some(to));
}

/// The row.
#[component]
pub(super) fn StepRow(editor: Editor, step: RecordId) -> impl IntoView {
    let entry = editor.step(step);
    let number = editor.number(step);
    let held = Memo::new(move |_| {
        entry.with(|entry| entry.as_ref().map(|entry| entry.value.text.clone())).unwrap_or_default()
    });
    let saved = Memo::new(move |_| entry.with(|entry| entry.as_ref().map_or(Saved::Sent, |entry| entry.saved)));
    let chosen = Memo::new(move |_| editor.step_in_view() == Some(step));
    let by_key = move |event: leptos::ev::KeyboardEvent| {
        let up = match (event.alt_key(), event.key().as_str()) {
            (true, "ArrowUp") => true,
            (true, "ArrowDown") => false,
            _ => return,
        };
        event.prevent_default();
        move_step(editor, step, up);
    };
    let cell = TextCell { record: step, cell: "text", what: plan_editor::DONE_TEXT, optional: false };
    view! {
        <li
            class="step-row"
            data-step=step.to_string()
            data-chosen=move || chosen.get().then_some("")
            // Not when focus comes: a row opens, another closes, and what was being tapped would move away from under the finger.
            on:click=move |_| editor.chosen.set(Some(step))
            on:keyup=move |_| editor.chosen.set(Some(step))
            on:keydown=by_key
        >
            <span class="step-number" aria-hidden="true">{Text::live(move || number.get().to_string())}</span>
            <StepPicture editor step />
            <div class="step-words">
                <CellText work=editor.work cell label=Text::live(move || plan_editor::step_number(number.get()).get()) held />
                <StateMark saved />
                <HasMore editor step />
            </div>
            <StepTools editor step chosen=chosen.into() />
            <div class="step-more">
                <StepAdvice editor step />
                <Versions editor record=step what=plan_editor::THIS_STEP />
                <MoreOfStep editor step />
            </div>
        </li>
    }
}

/// A picture that is drawn anew when another is chosen.
pub(super) fn changing_picture(circle: CircleId, picture: Signal<Option<Shown>>, well: Well) -> AnyView {
    changing(move || view! { <Picture source=device::picture(circle, picture.get()) well /> }.into_any())
}

/// The picture is the button that changes it.
#[component]
pub(super) fn StepPicture(editor: Editor, step: RecordId) -> impl IntoView {
    let entry = editor.step(step);
    let number = editor.number(step);
    let picture = Memo::new(move |_| entry.with(|entry| entry.as_ref().and_then(|entry| entry.value.picture.clone())));
    view! {
        <button
            type="button"
            class="picture-button"
            aria-label=move || plan_editor::picture_of_step(number.get()).get()
            on:click=move |_| editor.choosing.set(Some(step.into()))
        >
            {changing_picture(editor.circle, picture.into(), Well::Wide)}
        </button>
    }
}
