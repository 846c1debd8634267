//! Choosing together: above, the client taps a picture and how much there is to read; below, turned round in colour, the supporter
//! confirms. Only then is it kept, and the edit says that the client sat beside.

use leptos::task::spawn_local;
use opstap_core::model::{Picture as Shown, Prompt, Relation, Step, ToCell};
use opstap_core::plan_format::Language;
use opstap_core::{Change, CircleId, PersonId, RecordId};
use opstap_view::prelude::*;

use crate::components::{
    Appearance, Bones, Button, EmptyState, Field, Icon, LoadingBones, PhotoInput, Picture, Tile, Tiles, Toast, Well,
    changing, clear_toast, show_toast,
};
use crate::device::{self, Entry, Made, Reader};
use crate::event::Tap;
use crate::language;
use crate::pages::shared::not_kept;
use crate::pages::shared::plan_editor::{no_photo, suggestions};
use crate::stories;
use crate::words::{Text, care, practice, shared};

/// Besides the picture that stands there; with it and a photo there are five at most.
const CANDIDATES: usize = 3;

/// How much there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wording {
    Whole,
    Short,
    PictureOnly,
}

/// What is read once, when the screen opens: under their fingers nothing changes.
#[derive(Clone, PartialEq)]
struct Told {
    steps: Vec<Entry<Step>>,
    client: PersonId,
    name: String,
    language: Language,
}

async fn read(reader: Reader, plan: RecordId) -> Option<Told> {
    let plan = reader.one::<opstap_core::model::Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    let client = stories::members(&reader).await.into_iter().next()?.value;
    let language = match (plan.value.language.as_deref(), language::language()) {
        (Some("en"), _) | (None, language::Language::English) => Language::English,
        _ => Language::Dutch,
    };
    (client.relation == Relation::Client).then_some(Told { steps, client: client.person, name: client.name, language })
}

/// What was tapped for the step at hand; nothing of it is kept yet.
#[derive(Clone, Copy)]
struct Choice {
    circle: CircleId,
    at: RwSignal<usize>,
    picture: RwSignal<Option<Shown>>,
    wording: RwSignal<Wording>,
    short: RwSignal<String>,
}

impl Choice {
    /// To a step, with what it has now as what is chosen.
    fn to(self, told: &Told, at: usize) {
        if let Some(step) = told.steps.get(at) {
            self.picture.set(step.value.picture.clone());
            self.short.set(short(&step.value.text));
            self.wording.set(if step.value.shows() == Prompt::Full { Wording::Whole } else { Wording::PictureOnly });
        }
        self.at.set(at);
    }

    /// The words as they are chosen.
    fn words(self, step: &Step) -> String {
        match self.wording.get() {
            Wording::Short => self.short.get(),
            Wording::Whole | Wording::PictureOnly => step.text.clone(),
        }
    }
}

/// The words of a sentence that carry it: without articles, small words and the stop.
fn short(sentence: &str) -> String {
    const LIGHT: [&str; 14] =
        ["de", "het", "een", "je", "jouw", "dan", "even", "nu", "weer", "the", "a", "an", "your", "then"];
    let words = sentence.trim_end_matches(['.', '!', '?']).split_whitespace();
    let kept: Vec<_> = words.filter(|word| !LIGHT.iter().any(|light| word.eq_ignore_ascii_case(light))).collect();
    kept.join(" ")
}

/// The change that keeps a choice; nothing where all is as it was.
fn changes(step: &Entry<Step>, picture: Option<Shown>, wording: Wording, short: &str) -> Option<Change> {
    let mut cells = Vec::new();
    if picture != step.value.picture {
        cells.push(("picture".into(), picture.to_cell()));
    }
    if wording == Wording::Short && !short.trim().is_empty() && short != step.value.text {
        cells.push(("text".into(), short.trim().to_cell()));
    }
    let prompt = if wording == Wording::PictureOnly { Prompt::Picture } else { Prompt::Full };
    // A step that is not shown any more stays so until somebody gives its help back.
    if step.value.shows() != prompt && step.value.shows() != Prompt::Gone {
        cells.push(("prompt".into(), prompt.to_cell()));
    }
    (!cells.is_empty()).then_some(Change::Set { id: step.id, cells })
}

/// The screen, without its frame. `done` leads back to the plan.
#[component]
pub fn Together(circle: CircleId, plan: RecordId, done: Tap) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, plan));
    let choice = Choice {
        circle,
        at: RwSignal::new(0),
        picture: RwSignal::new(None),
        wording: RwSignal::new(Wording::Whole),
        short: RwSignal::new(String::new()),
    };
    let told = Memo::new(move |before: Option<&Option<Option<Told>>>| match before {
        Some(Some(told)) => Some(told.clone()),
        _ => read.get(),
    });
    changing(move || match told.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="memo" sentence=practice::NOT_FOUND /> }.into_any(),
        Some(Some(told)) => {
            untrack(|| choice.to(&told, choice.at.get()));
            let done = done.clone();
            changing(move || halves(choice, &told, choice.at.get(), done.clone()))
        }
    })
}

fn halves(choice: Choice, told: &Told, at: usize, done: Tap) -> AnyView {
    let Some(step) = told.steps.get(at) else {
        let name = told.name.clone();
        return view! {
            <EmptyState picture="handshake" sentence=care::chosen_all(name)>
                <Button text=care::TO_THE_PLAN icon=Icon::CHECK appearance=Appearance::Primary tap=done />
            </EmptyState>
        }
        .into_any();
    };
    view! {
        <div class="halves">
            <section class="half stack" aria-label=care::half_of(told.name.clone())>{of_client(choice, told, at, step)}</section>
            <section class="half theirs stack" aria-label=care::YOUR_HALF>{of_supporter(choice, told.clone(), at, step)}</section>
        </div>
    }
    .into_any()
}

/// The client's half: which picture, and how much there is to read.
fn of_client(choice: Choice, told: &Told, at: usize, step: &Entry<Step>) -> AnyView {
    let circle = choice.circle;
    let own = step.value.picture.clone();
    let found = suggestions(&step.value.text, told.language, CANDIDATES + 1).into_iter();
    let found = found.map(|(name, label)| (Text::from(label), Some(Shown::Pictogram(name))));
    let found = found.filter(|(_, picture)| *picture != own).take(CANDIDATES);
    let candidates: Vec<_> =
        own.clone().map(|own| (Text::from(care::AS_NOW), Some(own))).into_iter().chain(found).collect();
    let tiles = candidates.iter().cloned().map(|(text, picture)| tile(choice, text, picture)).collect_view();
    // A photo that was taken just now stands beside the others.
    let photo = changing(move || {
        let taken = choice.picture.get().filter(|now| candidates.iter().all(|(_, one)| one.as_ref() != Some(now)));
        taken.map(|photo| tile(choice, care::YOUR_PHOTO.into(), Some(photo))).into_any()
    });
    let take = move |file| {
        spawn_local(async move {
            match device::keep_photo(circle, file).await {
                Ok(blob) => choice.picture.set(Some(Shown::Photo(blob))),
                Err(why) => show_toast(Toast::new(no_photo(why))),
            }
        });
    };
    view! {
        <p class="soft">{shared::step_of(at + 1, told.steps.len())}</p>
        <h2 class="title">{care::WHICH_PICTURE}</h2>
        <Tiles>{tiles}{photo}</Tiles>
        <PhotoInput text=shared::TAKE_PHOTO on_photo=take />
        <h2 class="title">{care::WHICH_WORDS}</h2>
        <div class="stack">{wordings(choice, step.value.text.clone())}</div>
    }
    .into_any()
}

fn tile(choice: Choice, text: Text, picture: Option<Shown>) -> AnyView {
    let source = device::picture(choice.circle, picture.clone());
    let of = picture.clone();
    let chosen = Signal::derive(move || choice.picture.with(|now| *now == of));
    view! { <Tile text picture=source chosen tap=move || choice.picture.set(picture.clone()) /> }.into_any()
}

/// Three sizes of what there is to read.
fn wordings(choice: Choice, whole: String) -> Vec<AnyView> {
    let all = [
        (Wording::Whole, Text::from(whole)),
        (Wording::Short, Text::live(move || choice.short.get())),
        (Wording::PictureOnly, Text::from(care::PICTURE_ONLY)),
    ];
    all.into_iter()
        .map(|(wording, text)| {
            view! {
                <button
                    type="button"
                    class="wording"
                    aria-pressed=move || if choice.wording.get() == wording { "true" } else { "false" }
                    on:click=move |_| choice.wording.set(wording)
                >
                    {text}
                </button>
            }
            .into_any()
        })
        .collect()
}

/// The supporter's half: what was chosen, the short words to adjust, and confirming.
fn of_supporter(choice: Choice, told: Told, at: usize, step: &Entry<Step>) -> AnyView {
    let of = step.value.clone();
    let words = Text::live(move || match choice.wording.get() {
        Wording::PictureOnly => care::PICTURE_ONLY.get().to_owned(),
        _ => choice.words(&of),
    });
    let chosen = changing(move || {
        view! { <Picture source=device::picture(choice.circle, choice.picture.get()) well=Well::Small /> }.into_any()
    });
    let says = care::chose(told.name.clone());
    let (step, client) = (step.clone(), told.client);
    let skip = told.clone();
    let keep = move || {
        clear_toast();
        let changes = changes(
            &step,
            choice.picture.get_untracked(),
            choice.wording.get_untracked(),
            &choice.short.get_untracked(),
        );
        let Some(change) = changes else { return choice.to(&told, at + 1) };
        let told = told.clone();
        spawn_local(async move {
            let made = Made { beside: Some(client), as_of: None };
            match device::edit_made(choice.circle, vec![change], made).await {
                Ok(()) => choice.to(&told, at + 1),
                Err(why) => show_toast(Toast::new(not_kept(why))),
            }
        });
    };
    view! {
        <p class="strong">{says}</p>
        <div class="row">{chosen}<b class="fill" role="status">{words}</b></div>
        <Field label=care::SHORT_WORDS value=choice.short on_input=move |said| choice.short.set(said) />
        <div class="row">
            <Button text=care::CONFIRM icon=Icon::CHECK appearance=Appearance::Primary tap=keep />
            <Button text=care::PASS_ON tap=move || choice.to(&skip, at + 1) />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::Record;
    use opstap_core::model::{Model, set};

    use super::*;
    use crate::components::Saved;

    fn step(prompt: Option<Prompt>) -> Entry<Step> {
        let value = Step { prompt, ..Step::saying("V", "Zet de wekker uit.") };
        let record = Record::new(RecordId([1; 16]), Step::KIND, None);
        Entry { id: record.id, parent: None, value, saved: Saved::Sent, author: None, made: None, record }
    }

    #[test]
    fn short_words_leave_out_what_carries_nothing() {
        assert_eq!(short("Zet de wekker uit."), "Zet wekker uit");
        assert_eq!(short("Turn off the alarm."), "Turn off alarm");
        assert_eq!(short(""), "");
    }

    #[test]
    fn what_is_chosen_is_one_change_of_what_is_another_and_nothing_where_all_stays() {
        let whole = step(None);
        assert_eq!(changes(&whole, None, Wording::Whole, "Wekker uit"), None);
        let short = changes(&whole, None, Wording::Short, "Wekker uit");
        assert_eq!(short, Some(set(whole.id, "text", "Wekker uit")));
        let bell = || Some(Shown::Pictogram("bell".into()));
        let only = changes(&whole, bell(), Wording::PictureOnly, "").unwrap();
        assert_eq!(only.cells(), [("picture".into(), bell().to_cell()), ("prompt".into(), Prompt::Picture.to_cell())]);
        let more = changes(&step(Some(Prompt::Picture)), None, Wording::Whole, "");
        assert_eq!(more, Some(set(whole.id, "prompt", Prompt::Full)));
    }

    #[test]
    fn a_step_that_is_not_shown_any_more_stays_so() {
        assert_eq!(changes(&step(Some(Prompt::Gone)), None, Wording::Whole, ""), None);
    }
}
