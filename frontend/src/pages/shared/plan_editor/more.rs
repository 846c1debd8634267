//! What else a step can have, behind "Meer": a voice, a short film, a clock, ways out, another way, choices, and how much it still shows.
//! Each is an edit of its own. What a step has stands in a line below its words, so that the editor stays calm.

use leptos::task::spawn_local;
use opstap_core::RecordId;
use opstap_core::letters::in_small;
use opstap_core::model::{Exit, Exits, Prompt, Step, set};
use opstap_view::prelude::*;

use super::choices::Choices;
use super::editor::{Editor, PictureCell};
use super::step_row::changing_picture;
use super::voice::{keep_film, keep_voice};
use crate::components::{
    Appearance, Button, Choice, FilmInput, HearButton, Icon, Segments, Size, Switch, VoiceRecorder, Well, changing,
};
use crate::device;
use crate::pages::shared::cell_value::{exit_word, film, lasts, prompt_word};
use crate::pages::shared::editing::{CellText, TextCell};
use crate::words::{Text, Word, step as words};

/// How long a clock can run, in seconds.
const CLOCKS: [u32; 9] = [30, 60, 120, 180, 300, 600, 900, 1_200, 1_800];

/// A cell of a step, as long as the step stands.
pub(super) fn of_step<T: PartialEq + Clone + Send + Sync + 'static>(
    editor: Editor,
    step: RecordId,
    read: fn(&Step) -> Option<T>,
) -> Memo<Option<T>> {
    Memo::new(move |_| editor.with(|sheet| read(&sheet.step(step)?.value)).flatten())
}

/// "stem, klok 5 min, 2 keuzes": what a step has besides picture and words.
#[component]
pub(super) fn HasMore(editor: Editor, step: RecordId) -> impl IntoView {
    let has = Text::live(move || {
        editor
            .with(|sheet| {
                let choices = sheet.choices_at(step).count();
                Some(told(&sheet.step(step)?.value, choices))
            })
            .flatten()
            .unwrap_or_default()
    });
    view! { <p class="small soft">{has}</p> }
}

fn told(step: &Step, choices: usize) -> String {
    let word = |has: bool, word: Word| has.then(|| word.get().to_owned());
    let told = [
        word(step.voice.is_some(), words::HAS_VOICE),
        word(step.video.is_some(), words::HAS_FILM),
        step.timer.map(|seconds| words::clock_of(lasts(seconds).get()).get()),
        word(step.other_way.is_some(), words::HAS_OTHER_WAY),
        (choices > 0).then(|| words::has_choices(choices).get()),
        step.prompt.filter(|prompt| *prompt != Prompt::Full).map(|prompt| in_small(prompt_word(prompt).get())),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The row "Meer" of the step that is chosen, and what stands behind it.
#[component]
pub(super) fn MoreOfStep(editor: Editor, step: RecordId) -> impl IntoView {
    let number = editor.number(step);
    let chosen = Memo::new(move |_| editor.step_in_view() == Some(step));
    let open = Memo::new(move |_| editor.more.get() == Some(step));
    changing(move || {
        if !chosen.get() {
            return ().into_any();
        }
        let turn = move |_| editor.more.set((!open.get_untracked()).then_some(step));
        let content = open.get().then(|| content(editor, step));
        view! {
            <button
                type="button"
                class="button plain"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                on:click=turn
            >
                {Text::live(move || words::more(number.get()).get())}
            </button>
            {content}
        }
        .into_any()
    })
}

fn content(editor: Editor, step: RecordId) -> AnyView {
    view! {
        <div class="step-extra">
            {part(words::VOICE, None, voice(editor, step))}
            {part(words::FILM, Some(words::FILM_MEANS), film_of(editor, step))}
            {part(words::TIMER, Some(words::TIMER_MEANS), clock(editor, step))}
            {part(words::CHOICES, None, view! { <Choices editor step /> }.into_any())}
            {part(words::OTHER_WAY, Some(words::OTHER_WAY_MEANS), other_way(editor, step))}
            {part(words::EXITS, None, exits(editor, step))}
            {part(words::SHOWN, None, shown(editor, step))}
        </div>
    }
    .into_any()
}

fn part(title: Word, means: Option<Word>, content: AnyView) -> AnyView {
    let means = means.map(|means| view! { <p class="small soft">{means}</p> });
    view! { <div class="stack" role="group" aria-label=title><span class="strong">{title}</span>{means}{content}</div> }
        .into_any()
}

/// A button that takes away what a cell holds.
fn without(editor: Editor, step: RecordId, cell: &'static str, (says, done): (Word, Word)) -> AnyView {
    let remove = move || editor.change(done, vec![set(step, cell, None::<u32>)]);
    view! { <Button text=says icon=Icon::TRASH size=Size::Tool appearance=Appearance::Plain tap=remove /> }.into_any()
}

/// The voice of a step: to speak, to hear and to take away.
pub(super) fn voice(editor: Editor, step: RecordId) -> AnyView {
    let voice = of_step(editor, step, |step| step.voice);
    changing(move || {
        let keep = move |spoken| spawn_local(keep_voice(editor, step, spoken));
        let there = voice.get().map(|voice| {
            let heard = device::photo(editor.circle, voice);
            let remove = without(editor, step, "voice", (words::REMOVE_VOICE, words::DONE_VOICE));
            view! { <HearButton voice=heard />{remove} }.into_any()
        });
        let text = if there.is_some() { words::SPEAK_AGAIN } else { words::SPEAK };
        view! { <div class="row"><VoiceRecorder text on_voice=keep />{there}</div> }.into_any()
    })
}

fn film_of(editor: Editor, step: RecordId) -> AnyView {
    let video = of_step(editor, step, |step| step.video);
    changing(move || {
        let keep = move |made: web_sys::File| spawn_local(keep_film(editor, step, made.into()));
        let there = video.get().map(|video| {
            let remove = without(editor, step, "video", (words::REMOVE_FILM, words::DONE_FILM));
            view! { {film(editor.circle, video)}{remove} }.into_any()
        });
        view! { <div class="row"><FilmInput text=words::MAKE_FILM on_film=keep />{there}</div> }.into_any()
    })
}

fn clock(editor: Editor, step: RecordId) -> AnyView {
    let timer = of_step(editor, step, |step| step.timer);
    changing(move || {
        let now = timer.get();
        // A time that somebody set elsewhere stands among the others.
        let other = now.filter(|seconds| !CLOCKS.contains(seconds));
        let all = [None].into_iter().chain(CLOCKS.into_iter().chain(other).map(Some));
        let buttons = all.map(|seconds| {
            let text = seconds.map_or_else(|| words::NO_TIMER.into(), lasts);
            let choose = move |_| editor.change(words::DONE_TIMER, vec![set(step, "timer", seconds)]);
            let pressed = if now == seconds { "true" } else { "false" };
            view! { <button type="button" class="day-button" aria-pressed=pressed on:click=choose>{text}</button> }
                .into_any()
        });
        view! { <div class="days-of-plan">{buttons.collect_view()}</div> }.into_any()
    })
}

/// The ways out after a tap on one of them; nothing where it was the last, since a step without any would hold a client fast.
fn turned(exits: Exits, exit: Exit) -> Option<Exits> {
    Exits::of(Exit::ALL.into_iter().filter(|other| exits.has(*other) != (*other == exit)))
}

fn exits(editor: Editor, step: RecordId) -> AnyView {
    let exits =
        Memo::new(move |_| editor.with(|sheet| sheet.step(step)?.value.exits).flatten().unwrap_or(Exits::USUAL));
    let switches = Exit::ALL.map(|exit| {
        let turn = move |_: bool| {
            if let Some(exits) = turned(exits.get_untracked(), exit) {
                let exits = Some(exits).filter(|exits| *exits != Exits::USUAL);
                editor.change(words::DONE_EXITS, vec![set(step, "exits", exits)]);
            }
        };
        let on = Signal::derive(move || exits.get().has(exit));
        view! { <Switch text=exit_word(exit) on on_change=turn /> }.into_any()
    });
    switches.into_iter().collect_view().into_any()
}

fn other_way(editor: Editor, step: RecordId) -> AnyView {
    let held = of_step(editor, step, |step| step.other_way.clone());
    let held = Signal::derive(move || held.get().unwrap_or_default());
    let picture = of_step(editor, step, |step| step.other_picture.clone());
    let cell = TextCell { record: step, cell: "other_way", what: words::DONE_OTHER_WAY, optional: true };
    let choose = move |_| editor.choosing.set(Some(PictureCell { record: step, cell: "other_picture" }));
    view! {
        <div class="choice-row">
            <button type="button" class="picture-button" aria-label=words::OTHER_PICTURE on:click=choose>
                {changing_picture(editor.circle, picture.into(), Well::Wide)}
            </button>
            <CellText work=editor.work cell label=words::OTHER_WAY held />
        </div>
    }
    .into_any()
}

fn shown(editor: Editor, step: RecordId) -> AnyView {
    let prompt = of_step(editor, step, |step| Some(step.shows()));
    let choices = [Prompt::Full, Prompt::Picture, Prompt::Gone].map(|prompt| Choice::new(prompt, prompt_word(prompt)));
    let choose = move |prompt: Prompt| {
        let prompt = Some(prompt).filter(|prompt| *prompt != Prompt::Full);
        editor.change(words::DONE_SHOWN, vec![set(step, "prompt", prompt)]);
    };
    let chosen = Signal::derive(move || prompt.get().unwrap_or(Prompt::Full));
    let gone = changing(move || {
        (chosen.get() == Prompt::Gone).then(|| view! { <p class="small">{words::SHOWN_GONE_MEANS}</p> }).into_any()
    });
    view! { <Segments label=words::SHOWN choices=choices.into() chosen on_choose=choose /><div role="status">{gone}</div> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stories::chooses_at_once;

    #[test]
    fn what_a_step_has_stands_in_one_line_and_nothing_where_it_has_nothing() {
        let step = Step::saying("B", "Roer.");
        assert_eq!(told(&step, 0), "");
        let step = Step { timer: Some(300), prompt: Some(Prompt::Picture), ..step };
        assert_eq!(told(&step, 2), "klok 5 min, 2 keuzes, alleen het plaatje");
        assert_eq!(told(&Step { timer: Some(30), ..step }, 1), "klok 30 sec, 1 keuze, alleen het plaatje");
    }

    #[test]
    fn one_tap_turns_one_way_out_and_the_last_stays() {
        let with = turned(Exits::USUAL, Exit::Choose).unwrap();
        assert!(with.has(Exit::Choose) && with.has(Exit::AskHelp));
        assert_eq!(turned(with, Exit::Choose), Some(Exits::USUAL));
        let last = Exits::of([Exit::AskHelp]).unwrap();
        assert_eq!(turned(last, Exit::AskHelp), None);
    }

    #[test]
    fn another_way_out_that_is_turned_off_leaves_the_choices_on_the_step() {
        let turned_off = |exit| Step { exits: turned(Exits::USUAL, exit), ..Step::saying("B", "Kies je brood.") };
        for exit in Exit::ALL {
            let stand_on_it = chooses_at_once(&turned_off(exit), 2);
            assert_eq!(stand_on_it, exit != Exit::Choose, "{exit:?}");
        }
    }
}
