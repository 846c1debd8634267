//! Choosing together: above, the client taps a picture and how much there is to read; below, turned round in colour, the supporter
//! confirms. Only then is it kept, and the edit says that the client sat beside.

use leptos::task::spawn_local;
use opstap_core::model::{Picture as Shown, Prompt, Step};
use opstap_core::{Change, CircleId, RecordId};
use opstap_view::prelude::*;

use super::choosing::{At, Wording, changes, read, short};
use crate::components::{
    Appearance, Bones, Button, EmptyState, Field, Icon, LoadingBones, PhotoInput, Picture, Tile, Tiles, Toast, Well,
    changing, clear_toast, show_toast,
};
use crate::device::{self, Entry, Made, Reader};
use crate::event::Tap;
use crate::pages::shared::plan_editor::{no_photo, suggestions};
use crate::pages::shared::{not_kept, undoing};
use crate::words::{Text, care, practice, shared, step as words};

/// Besides the picture that stands there; with it and a photo there are five at most.
const CANDIDATES: usize = 3;

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
