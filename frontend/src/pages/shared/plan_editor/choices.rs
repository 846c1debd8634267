//! The choices at a step: at most five, each with a picture, a few words and the step it leads to.

use opstap_core::model::{Choice, MOST_CHOICES, Model, set};
use opstap_core::{RecordId, order};
use opstap_view::prelude::*;

use super::editor::Editor;

use super::step_row::changing_picture;
use super::versions::Versions;
use crate::components::{Button, Icon, Size, Well, changing};
use crate::device;
use crate::pages::shared::editing::places::{moves, one_place};
use crate::pages::shared::editing::{AddWords, CellText, TextCell};
use crate::words::{Text, step as words};

/// The choices, and room for one more.
#[component]
pub(super) fn Choices(editor: Editor, step: RecordId) -> impl IntoView {
    let rows = Memo::new(move |_| {
        editor.with(|sheet| sheet.choices_at(step).map(|choice| choice.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let add = move |text: String| {
        let last = editor.with_now(|sheet| sheet.choices_at(step).last().map(|choice| choice.value.order.clone()));
        let order = order::between(last.flatten().as_deref(), None);
        let choice = Choice { order, text, picture: None, to: None };
        editor.change(words::DONE_CHOICE, vec![choice.make_below(device::new_id(), step)]);
    };
    let full = Memo::new(move |_| rows.with(Vec::len) >= MOST_CHOICES);
    let more = changing(move || {
        if full.get() {
            return ().into_any();
        }
        view! { <AddWords label=words::NEW_CHOICE button=words::ADD_CHOICE flushed=editor.work.flushed on_add=add /> }
            .into_any()
    });
    view! {
        <p class="small soft">{words::choices_mean(MOST_CHOICES)}</p>
        <ol class="choices">
            <For
                each=move || rows.get()
                key=ToString::to_string
                children=move |choice| view! { <ChoiceRow editor choice step rows /> }
            />
        </ol>
        {more}
    }
}

#[component]
fn ChoiceRow(editor: Editor, choice: RecordId, step: RecordId, rows: Memo<Vec<RecordId>>) -> impl IntoView {
    let number =
        Memo::new(move |_| rows.with(|rows| rows.iter().position(|row| *row == choice)).map_or(0, |at| at + 1));
    let named = move |word: fn(usize) -> Text| Text::live(move || word(number.get()).get());
    let held = Memo::new(move |_| {
        editor.with(|sheet| sheet.choice(choice).map(|choice| choice.value.text.clone())).flatten().unwrap_or_default()
    });
    let picture = Memo::new(move |_| editor.with(|sheet| sheet.choice(choice)?.value.picture.clone()).flatten());
    let cell = TextCell { record: choice, cell: "text", what: words::DONE_CHOICE, optional: false };
    let go = move |up| {
        let changes = editor.with_now(|sheet| {
            let places: Vec<_> = sheet.choices_at(step).map(|choice| (choice.id, choice.value.order.clone())).collect();
            moves(one_place(&places, choice, up))
        });
        editor.change(words::DONE_CHOICE, changes.unwrap_or_default());
    };
    let first = Signal::derive(move || number.get() <= 1);
    let last = Signal::derive(move || rows.with(Vec::len) <= number.get());
    let remove = move || editor.remove(choice, words::CHOICE_REMOVED.into());
    let choose = move |_| editor.choosing.set(Some(choice.into()));
    view! {
        <li class="choice-row" data-choice=choice.to_string()>
            <button
                type="button"
                class="picture-button"
                aria-label=named(words::picture_of_this_choice)
                on:click=choose
            >
                {changing_picture(editor.circle, picture.into(), Well::Wide)}
            </button>
            <CellText work=editor.work cell label=named(words::choice_number) held />
            <LeadsTo editor choice step />
            <div class="step-tools">
                <Button text=named(words::up_of_choice) icon=Icon::UP mark_only=true size=Size::Tool disabled=first tap=move || go(true) />
                <Button text=named(words::down_of_choice) icon=Icon::DOWN mark_only=true size=Size::Tool disabled=last tap=move || go(false) />
                <Button text=named(words::remove_of_choice) icon=Icon::TRASH mark_only=true size=Size::Tool tap=remove />
            </div>
            <Versions editor record=choice what=words::THIS_CHOICE />
        </li>
    }
}

/// The step a choice leads to: the next one, or any other of the plan.
#[component]
fn LeadsTo(editor: Editor, choice: RecordId, step: RecordId) -> impl IntoView {
    let to = Memo::new(move |_| editor.with(|sheet| sheet.choice(choice)?.value.to).flatten());
    let steps = Memo::new(move |_| {
        let steps = |sheet: &super::reading::Sheet| {
            let numbered = sheet.steps.iter().zip(1_usize..).filter(|(other, _)| other.id != step);
            numbered.map(|(step, number)| (step.id, number, step.value.text.clone())).collect::<Vec<_>>()
        };
        editor.with(steps).unwrap_or_default()
    });
    let chosen = move |event| {
        let to = event_target_value(&event).parse::<RecordId>().ok();
        editor.change(words::DONE_CHOICE, vec![set(choice, "to", to)]);
    };
    changing(move || {
        let to = to.get().filter(|to| steps.with(|steps| steps.iter().any(|(id, ..)| id == to)));
        let options = steps.get().into_iter().map(|(id, number, text)| {
            view! { <option value=id.to_string() selected=to == Some(id)>{words::to_step(number, text)}</option> }
                .into_any()
        });
        let value = Signal::stored(to.map(|to| to.to_string()).unwrap_or_default());
        view! {
            <label class="field leads-to">
                <span>{words::LEADS_TO}</span>
                <select prop:value=value on:change=chosen>
                    <option value="" selected=to.is_none()>{words::NEXT_STEP}</option>
                    {options.collect_view()}
                </select>
            </label>
        }
        .into_any()
    })
}
