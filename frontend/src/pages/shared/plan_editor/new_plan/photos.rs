//! The photos of a plan with their words: each photo a step at once, its words said or typed, and the title above.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::RecordId;
use opstap_core::model::set;
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;

use super::super::advice::{PlanAdvice, StepAdvice};

use super::super::editor::Editor;
use super::super::picture_choice::PictureChoice;
use super::super::step_row::StepPicture;
use super::super::voice::keep_voice;
use super::roll::Roll;
use super::say_words::SayWords;
use super::start::Ways;
use crate::components::{Appearance, Button, HearButton, Icon, PhotoInput, Size, VoiceRecorder, changing};
use crate::device;
use crate::dictation::can_dictate;
use crate::pages::shared::editing::{CellText, TextCell};
use crate::words::{Text, new_plan, plan_editor, shared};

/// The title, the steps as photos, and their words.
#[component]
pub fn PhotoSteps(editor: Editor) -> impl IntoView {
    let works = RwSignal::new(can_dictate());
    let plan = editor.plan;
    let cell = TextCell { record: plan, cell: "title", what: plan_editor::DONE_TITLE, optional: false };
    let titled = move |said: String| {
        let title = said.trim_end_matches('.').to_owned();
        editor.change(plan_editor::DONE_TITLE, vec![set(plan, "title", title)]);
    };
    view! {
        <div class="plan-editor">
            <div class="photo-title" on:focusin=take_the_proposal>
                <CellText work=editor.work cell label=new_plan::WHAT_CALLED held=editor.title() line=true />
                <SayWords text=new_plan::SAY_TITLE on_words=titled works />
            </div>
            {changing(move || works.get().then(|| view! { <p class="small soft">{new_plan::DICTATION_GOES}</p> }).into_any())}
            <PlanAdvice editor calm=true />
            <ol class="step-rows">
                <For
                    each=move || editor.rows.get()
                    key=ToString::to_string
                    children=move |step| view! { <PhotoRow editor step works /> }
                />
            </ol>
            <PictureChoice editor />
        </div>
    }
}

/// Whoever comes into the field of a proposed title types over it.
fn take_the_proposal(event: leptos::ev::FocusEvent) {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(field) = field.filter(|field| field.value() == new_plan::NEW_PLAN.now()) {
        field.select();
    }
}

#[component]
fn PhotoRow(editor: Editor, step: RecordId, works: RwSignal<bool>) -> impl IntoView {
    let entry = editor.step(step);
    let number = editor.number(step);
    let held = Memo::new(move |_| {
        entry.with(|entry| entry.as_ref().map(|entry| entry.value.text.clone())).unwrap_or_default()
    });
    let named = move |word: fn(usize) -> Text| Text::live(move || word(number.get()).get());
    let cell = TextCell { record: step, cell: "text", what: plan_editor::DONE_TEXT, optional: false };
    let said = move |words: String| editor.change(plan_editor::DONE_TEXT, vec![set(step, "text", words)]);
    let remove = move || editor.remove(step, plan_editor::STEP_REMOVED.into());
    view! {
        <li class="photo-row" data-step=step.to_string()>
            <StepPicture editor step />
            <CellText work=editor.work cell label=named(new_plan::words_of_step) held />
            <div class="photo-tools">
                <SayWords text=named(new_plan::say_step) on_words=said works />
                {spoken(editor, step, works)}
                <Button
                    text=named(plan_editor::remove_of_step)
                    icon=Icon::TRASH
                    mark_only=true
                    size=Size::Tool
                    tap=remove
                />
            </div>
            <StepAdvice editor step calm=true />
        </li>
    }
}

/// Where the browser writes nothing down, the voice itself is kept.
fn spoken(editor: Editor, step: RecordId, works: RwSignal<bool>) -> AnyView {
    let voice = Memo::new(move |_| editor.with(|sheet| sheet.step(step)?.value.voice).flatten());
    let number = editor.number(step);
    changing(move || {
        let hear =
            voice.get().map(|voice| view! { <HearButton voice=device::photo(editor.circle, voice) /> }.into_any());
        let record = (!works.get()).then(|| {
            let keep = move |spoken| spawn_local(keep_voice(editor, step, spoken));
            let text = Text::live(move || new_plan::speak_step(number.get()).get());
            view! { <VoiceRecorder text on_voice=keep /> }.into_any()
        });
        view! { {hear} {record} }.into_any()
    })
}

/// The plan is made: from now on the client sees it.
fn finish(editor: Editor) {
    if is_unfinished(editor) {
        editor.change(new_plan::NOW_SEEN, vec![set(editor.plan, "unfinished", false)]);
    }
}

fn is_unfinished(editor: Editor) -> bool {
    editor.with(|sheet| sheet.plan.value.unfinished == Some(true)).unwrap_or(false)
}

/// What stands above a plan that was left half-way, and the way to show it.
#[component]
pub fn Unfinished(editor: Editor) -> impl IntoView {
    let unfinished = Memo::new(move |_| is_unfinished(editor));
    changing(move || {
        let tap = move || finish(editor);
        let left = || {
            view! {
                <p class="row">
                    <span class="fill">{new_plan::NOT_SEEN_YET}</span>
                    <Button text=new_plan::SHOW_IT icon=Icon::EYE tap />
                </p>
            }
        };
        unfinished.get().then(left).into_any()
    })
}

/// One more photo, the last step back, and the end.
#[component]
pub fn PhotoFloor(editor: Editor, ways: Ways) -> impl IntoView {
    let roll = Roll::of(editor.circle, editor.plan, Some(editor));
    let busy = roll.busy;
    let photo = move |file| Rc::clone(&roll).take(file, |_| {});
    let next = Text::live(move || match (busy.get(), ways.from_folder) {
        (true, _) => new_plan::PHOTO_COMES.get().to_owned(),
        (false, true) => new_plan::MORE_PHOTOS.get().to_owned(),
        (false, false) => new_plan::next_photo(editor.rows.with(Vec::len) + 1).get(),
    });
    let several = ways.from_folder;
    let done = move || {
        finish(editor);
        (ways.editor)(editor.circle, editor.plan);
    };
    view! {
        <PhotoInput text=next on_photo=photo from_album=several several />
        <Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Primary tap=done />
    }
}
