//! Choosing together: above, the client taps a picture and how much there is to read; below, turned round in colour, the supporter
//! confirms. Only then is it kept, and the edit says that the client sat beside.

use leptos::task::spawn_local;
use opstap_core::model::{Picture as Shown, Prompt, Relation, Step, ToCell};
use opstap_core::plan_format::Language;
use opstap_core::{Change, CircleId, PersonId, RecordId, Seen};
use opstap_view::prelude::*;

use crate::components::{
    Appearance, Bones, Button, EmptyState, Field, Icon, LoadingBones, PhotoInput, Picture, Tile, Tiles, Toast, Well,
    changing, clear_toast, show_toast,
};
use crate::device::{self, Entry, Made, Reader};
use crate::event::Tap;
use crate::language;
use crate::pages::shared::plan_editor::{no_photo, suggestions};
use crate::pages::shared::{not_kept, undoing};
use crate::stories;
use crate::words::{Text, care, practice, shared, step as words};

/// Besides the picture that stands there; with it and a photo there are five at most.
const CANDIDATES: usize = 3;

/// How much there is to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wording {
    Whole,
    Short,
    PictureOnly,
}

/// What is read when a step comes on the screen: under their fingers nothing changes.
#[derive(Clone, PartialEq)]
struct Told {
    /// What an edit made from this has seen: what others change meanwhile crosses it, and is not written over.
    seen: Seen,
    steps: Vec<Entry<Step>>,
    client: PersonId,
    name: String,
    language: Language,
}

async fn read(reader: Reader, plan: RecordId) -> Option<Told> {
    let seen = reader.seen().await?;
    let plan = reader.one::<opstap_core::model::Plan>(plan).await?;
    let steps = stories::steps(&reader, plan.id).await;
    let client = stories::members(&reader).await.into_iter().next()?.value;
    let language = match (plan.value.language.as_deref(), language::language()) {
        (Some("en"), _) | (None, language::Language::English) => Language::English,
        _ => Language::Dutch,
    };
    let told = Told { seen, steps, client: client.person, name: client.name, language };
    (client.relation == Relation::Client).then_some(told)
}

/// The steps with the one at hand; behind the last all are chosen.
#[derive(Clone, PartialEq)]
struct At {
    told: Told,
    at: usize,
}

impl At {
    fn step(&self) -> Option<&Entry<Step>> {
        self.told.steps.get(self.at)
    }

    /// The place so many steps on from where one was, as the steps stand now: others may have moved, made and removed some.
    fn place(&self, now: &[Entry<Step>], on: isize) -> usize {
        let here = self.step().and_then(|step| now.iter().position(|other| other.id == step.id));
        // Where the step itself is gone, the next has its place.
        let (here, on) = here.map_or((self.at, on.min(0)), |here| (here, on));
        here.saturating_add_signed(on).min(now.len())
    }
}

/// What was tapped for the step at hand; nothing of it is kept yet.
#[derive(Clone, Copy)]
struct Choice {
    circle: CircleId,
    plan: RecordId,
    shown: RwSignal<Option<Option<At>>>,
    picture: RwSignal<Option<Shown>>,
    wording: RwSignal<Wording>,
    short: RwSignal<String>,
    /// Something is being kept: a second tap is no second choice.
    busy: StoredValue<bool>,
}

impl Choice {
    /// Shows a step, with what it has now as what is chosen.
    fn show(self, at: At) {
        if let Some(step) = at.step() {
            self.picture.set(step.value.picture.clone());
            self.short.set(short(&step.value.text));
            self.wording.set(if step.value.shows() == Prompt::Full { Wording::Whole } else { Wording::PictureOnly });
        }
        self.shown.set(Some(Some(at)));
    }

    /// So many steps on, or back, as they are by then. Who tapped twice goes on once.
    async fn go(self, from: At, on: isize) {
        let told = read(Reader::new(self.circle), self.plan).await;
        if !self.is_at(&from) {
            return;
        }
        match told {
            Some(told) => {
                let at = from.place(&told.steps, on);
                self.show(At { told, at });
            }
            None => self.shown.set(Some(None)),
        }
    }

    /// Whether this step is still what is on the screen; also not when the screen is gone.
    fn is_at(self, at: &At) -> bool {
        self.shown.try_with_untracked(|shown| matches!(shown, Some(Some(now)) if now == at)).unwrap_or_default()
    }

    /// Shows a step that was confirmed, once it is as it was before.
    async fn back_to(self, step: RecordId) {
        let Some(told) = read(Reader::new(self.circle), self.plan).await else { return };
        let at = told.steps.iter().position(|other| other.id == step);
        if let (Some(at), Some(Some(_))) = (at, self.shown.try_get_untracked().flatten()) {
            self.show(At { told, at });
        }
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
    let first = device::watch(circle, move |reader| read(reader, plan));
    let choice = Choice {
        circle,
        plan,
        shown: RwSignal::new(None),
        picture: RwSignal::new(None),
        wording: RwSignal::new(Wording::Whole),
        short: RwSignal::new(String::new()),
        busy: StoredValue::new(false),
    };
    Effect::new(move |_| {
        let told = first.get();
        match (choice.shown.get_untracked(), told) {
            (Some(Some(_)), _) | (_, None) => {}
            (_, Some(None)) => choice.shown.set(Some(None)),
            (_, Some(Some(told))) => choice.show(At { told, at: 0 }),
        }
    });
    changing(move || match choice.shown.get() {
        None => view! { <LoadingBones shape=Bones::Rows(5) /> }.into_any(),
        Some(None) => view! { <EmptyState picture="memo" sentence=practice::NOT_FOUND /> }.into_any(),
        Some(Some(at)) => halves(choice, at, done.clone()),
    })
}

fn halves(choice: Choice, at: At, done: Tap) -> AnyView {
    let name = at.told.name.clone();
    let Some(step) = at.step().cloned() else {
        let back = back(choice, at);
        return view! {
            <EmptyState picture="handshake" sentence=care::chosen_all(name)>
                <Button text=care::TO_THE_PLAN icon=Icon::CHECK appearance=Appearance::Primary tap=done />
                {back}
            </EmptyState>
        }
        .into_any();
    };
    view! {
        <div class="halves">
            <section class="half stack" aria-label=care::half_of(name)>{of_client(choice, &at, &step)}</section>
            <section class="half theirs stack" aria-label=care::YOUR_HALF>{of_supporter(choice, at, step)}</section>
        </div>
    }
    .into_any()
}

/// The way to the step before.
fn back(choice: Choice, at: At) -> Option<AnyView> {
    (at.at > 0).then(|| {
        let tap = move || {
            let at = at.clone();
            spawn_local(choice.go(at, -1));
        };
        view! { <Button text=words::EARLIER_STEP icon=Icon::BACK appearance=Appearance::Plain tap /> }.into_any()
    })
}

/// The client's half: which picture, and how much there is to read.
fn of_client(choice: Choice, here: &At, step: &Entry<Step>) -> AnyView {
    let (circle, At { told, at }) = (choice.circle, here.clone());
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
    let here = here.clone();
    let take = move |file| {
        let here = here.clone();
        spawn_local(async move {
            match device::keep_photo(circle, file).await {
                // One that was long in being made smaller is not for the step that came meanwhile.
                Ok(blob) if choice.is_at(&here) => choice.picture.set(Some(Shown::Photo(blob))),
                Ok(_) => {}
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
fn of_supporter(choice: Choice, here: At, step: Entry<Step>) -> AnyView {
    let of = step.value.clone();
    let words = Text::live(move || match choice.wording.get() {
        Wording::PictureOnly => care::PICTURE_ONLY.get().to_owned(),
        _ => choice.words(&of),
    });
    let chosen = changing(move || {
        view! { <Picture source=device::picture(choice.circle, choice.picture.get()) well=Well::Small /> }.into_any()
    });
    let says = care::chose(here.told.name.clone());
    let (skip, back) = (here.clone(), back(choice, here.clone()));
    let keep = move || {
        if choice.busy.get_value() {
            return;
        }
        choice.busy.set_value(true);
        clear_toast();
        let picture = choice.picture.get_untracked();
        let change = changes(&step, picture, choice.wording.get_untracked(), &choice.short.get_untracked());
        spawn_local(confirm(choice, here.clone(), step.id, change));
    };
    let pass_on = move || spawn_local(choice.go(skip.clone(), 1));
    view! {
        <p class="strong">{says}</p>
        <div class="row">{chosen}<b class="fill" role="status">{words}</b></div>
        <Field label=care::SHORT_WORDS value=choice.short on_input=move |said| choice.short.set(said) />
        <div class="row">
            <Button text=care::CONFIRM icon=Icon::CHECK appearance=Appearance::Primary tap=keep />
            <Button text=care::PASS_ON tap=pass_on />
            {back}
        </div>
    }
    .into_any()
}

/// Keeps what was chosen and goes on.
async fn confirm(choice: Choice, here: At, step: RecordId, change: Option<Change>) {
    if keep(choice, &here, step, change).await {
        choice.go(here, 1).await;
    }
    let _ = choice.busy.try_set_value(false);
}

/// Keeps what was chosen; the message gives the way back to the step as it was.
async fn keep(choice: Choice, here: &At, step: RecordId, change: Option<Change>) -> bool {
    if let Some(change) = change {
        let (circle, changes) = (choice.circle, vec![change]);
        let did = undoing::about_to(circle, &changes).await;
        let made = Made { beside: Some(here.told.client), as_of: Some(here.told.seen) };
        if let Err(why) = device::edit_made(circle, changes, made).await {
            show_toast(Toast::new(not_kept(why)));
            return false;
        }
        let undo = move || {
            let did = did.clone();
            spawn_local(async move {
                undoing::put_back(circle, did).await;
                choice.back_to(step).await;
            });
        };
        show_toast(Toast::new(care::CHOICE_KEPT).with_undo(undo));
    }
    true
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
    fn the_next_step_is_the_one_behind_where_one_was_whatever_others_moved_meanwhile() {
        let step = |n: u8| Entry { id: RecordId([n; 16]), ..step(None) };
        let told = Told {
            seen: Seen::default(),
            steps: vec![step(1), step(2), step(3)],
            client: PersonId([1; 16]),
            name: "Sem".to_owned(),
            language: Language::Dutch,
        };
        let at = |at| At { told: told.clone(), at };
        let same = told.steps.clone();
        assert_eq!([at(0).place(&same, 1), at(2).place(&same, 1), at(3).place(&same, -1)], [1, 3, 2]);
        let moved = [step(9), step(2), step(1), step(3)];
        assert_eq!([at(1).place(&moved, 1), at(1).place(&moved, -1)], [2, 0]);
        let gone = [step(1), step(3)];
        assert_eq!([at(1).place(&gone, 1), at(1).place(&gone, -1)], [1, 0]);
    }

    #[test]
    fn a_step_that_is_not_shown_any_more_stays_so() {
        assert_eq!(changes(&step(Some(Prompt::Gone)), None, Wording::Whole, ""), None);
    }
}
