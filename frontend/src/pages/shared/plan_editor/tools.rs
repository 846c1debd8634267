//! What can be done with a step besides changing it: drag, up, down, away. They stand at the step that is chosen.

use opstap_core::RecordId;
use opstap_view::prelude::*;

use super::dragging::grip;
use super::editor::Editor;
use super::step_row::move_step;
use crate::components::{Appearance, Button, Icon, Size, changing};
use crate::words::{Text, plan_editor};

/// The tools of one step.
#[component]
pub(super) fn StepTools(editor: Editor, step: RecordId, chosen: Signal<bool>) -> impl IntoView {
    let number = editor.number(step);
    let first = Signal::derive(move || number.get() <= 1);
    let last = Signal::derive(move || editor.rows.with(Vec::len) <= number.get());
    let named = move |word: fn(usize) -> Text| Text::live(move || word(number.get()).get());
    let remove = move || editor.remove(step, plan_editor::STEP_REMOVED.into());
    let tools = changing(move || {
        if !chosen.get() {
            let choose = move || editor.chosen.set(Some(step));
            return view! {
                <Button
                    text=named(plan_editor::more_of_step)
                    icon=Icon::MORE
                    mark_only=true
                    size=Size::Tool
                    appearance=Appearance::Plain
                    tap=choose
                />
            }
            .into_any();
        }
        let up = move || move_step(editor, step, true);
        let down = move || move_step(editor, step, false);
        view! {
            <Button text=named(plan_editor::up_of_step) icon=Icon::UP mark_only=true size=Size::Tool disabled=first tap=up />
            <Button text=named(plan_editor::down_of_step) icon=Icon::DOWN mark_only=true size=Size::Tool disabled=last tap=down />
            <Button text=named(plan_editor::remove_of_step) icon=Icon::TRASH mark_only=true size=Size::Tool tap=remove />
        }
        .into_any()
    });
    view! { <div class="step-tools">{grip(editor, step)}{tools}</div> }
}
