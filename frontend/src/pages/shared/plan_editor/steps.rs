//! The plan as a sheet to work on: title, picture and time, the steps in their order, one more step, and what was removed.

use opstap_core::RecordId;
use opstap_core::model::restore;
use opstap_view::prelude::*;

use super::advice::PlanAdvice;
use super::editor::Editor;
use super::head::PlanHead;
use super::new_plan::SaveAsFile;
use super::new_step::NewStep;
use super::picture_choice::PictureChoice;
use super::step_row::StepRow;
use crate::components::{Appearance, Bones, Button, EmptyState, Icon, LoadingBones, Picture, Size, Well, changing};
use crate::device;
use crate::words::{plan_editor, step};

/// What there is of the plan.
#[derive(Clone, Copy, PartialEq)]
enum There {
    Reading,
    Unknown,
    Removed,
    Yes,
}

/// The plan and its steps, to be changed. The frame around it, [`super::Preview`] and [`super::UndoButton`] are the screen's.
#[component]
pub fn PlanEditor(editor: Editor) -> impl IntoView {
    let there = Memo::new(move |_| {
        editor.work.sheet.with(|sheet| match sheet {
            None => There::Reading,
            Some(None) => There::Unknown,
            Some(Some(sheet)) if sheet.plan.record.is_deleted() => There::Removed,
            Some(Some(_)) => There::Yes,
        })
    });
    changing(move || match there.get() {
        There::Reading => view! { <LoadingBones shape=Bones::Rows(6) /> }.into_any(),
        There::Unknown => view! { <EmptyState picture="memo" sentence=plan_editor::NO_SUCH_PLAN /> }.into_any(),
        There::Removed => {
            let back = move || editor.change(plan_editor::DONE_PUT_BACK, vec![restore(editor.plan)]);
            view! {
                <EmptyState picture="memo" sentence=plan_editor::PLAN_REMOVED>
                    <Button text=plan_editor::PUT_BACK icon=Icon::UNDO appearance=Appearance::Primary tap=back />
                </EmptyState>
            }
            .into_any()
        }
        There::Yes => view! { <Sheet editor /> }.into_any(),
    })
}

#[component]
fn Sheet(editor: Editor) -> impl IntoView {
    restore_focus_after_moves(editor);
    let by_key = move |event: leptos::ev::KeyboardEvent| {
        let in_field = matches!(
            document().active_element().map(|element| element.tag_name()).as_deref(),
            Some("TEXTAREA" | "INPUT")
        );
        // In a field the browser undoes what was typed.
        if (event.ctrl_key() || event.meta_key()) && event.key() == "z" && !in_field {
            event.prevent_default();
            editor.work.undo();
        }
    };
    view! {
        <div class="plan-editor" on:keydown=by_key>
            <PlanHead editor />
            <PlanAdvice editor />
            <ol class="step-rows">
                <For each=move || editor.rows.get() key=ToString::to_string children=move |step| view! { <StepRow editor step /> } />
            </ol>
            <p role="status" class="for-voice">{changing(move || editor.told.get().map(step::is_moved).into_any())}</p>
            <NewStep editor />
            <RemovedSteps editor />
            <div class="row"><SaveAsFile editor /></div>
            <PictureChoice editor />
        </div>
    }
}

/// A row that moves in the page loses the focus; here it gets it back.
fn restore_focus_after_moves(editor: Editor) {
    Effect::new(move |_| {
        editor.rows.track();
        let Some(element) = editor.focus_after_move.try_update_value(Option::take).flatten() else { return };
        request_animation_frame(move || {
            let _ = element.focus();
        });
    });
}

/// The steps that were removed, each with a way back.
#[component]
fn RemovedSteps(editor: Editor) -> impl IntoView {
    let removed = Memo::new(move |_| {
        let rows = editor.rows.get();
        editor
            .with(|sheet| sheet.removed.iter().filter(|step| !rows.contains(&step.id)).cloned().collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let row = move |id: RecordId, text: String, picture| {
        let back = move || editor.change(plan_editor::DONE_PUT_BACK, vec![restore(id)]);
        view! {
            <li class="row" data-removed=id.to_string()>
                <Picture source=device::picture(editor.circle, picture) well=Well::Small />
                <span class="fill">{text}</span>
                <Button text=plan_editor::PUT_BACK icon=Icon::UNDO size=Size::Tool tap=back />
            </li>
        }
        .into_any()
    };
    changing(move || {
        let removed = removed.get();
        let count = removed.len();
        let list = (count > 0).then(|| {
            let rows = removed.into_iter().map(|step| row(step.id, step.value.text, step.value.picture)).collect_view();
            view! {
                <details class="removed">
                    <summary>{plan_editor::removed_steps(count)}</summary>
                    <ul class="stack">{rows}</ul>
                </details>
            }
            .into_any()
        });
        list.into_any()
    })
}
