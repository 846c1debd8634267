//! The result of a run: a photo, a face, a word. Everything may stay empty; a photo and a spoken word are kept as soon as they are there.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{Face, Model, Plan, RunFace, RunPhoto, RunWord, delete};
use opstap_core::{BlobRef, Change, CircleId, RecordId};
use opstap_view::prelude::*;
use web_sys::{Blob, File};

use super::frame::Frame;
use super::keepsake::words;
use super::{ClientPlace, number, people};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, Faces, Icon, LoadingBones, PhotoInput, Picture, Sentence, Source, TextArea, Toast,
    VoiceRecorder, Well, changing, clear_toast, show_toast,
};
use crate::device::{self, NoPhoto, Reader};
use crate::event::Tap;
use crate::navigation::{go_back, replace};
use crate::stories::{self, keepsake::Keepsake, run::RunTold};
use crate::words::{Text, client, shared};

/// The run, its plan, and whether there is anybody to show a photo to.
#[derive(Clone, PartialEq)]
struct Outcome {
    told: RunTold,
    plan: Option<Plan>,
    somebody_sees: bool,
}

impl Outcome {
    /// The photo, a spoken or a typed word: the last of it.
    fn last(&self, is: fn(&Keepsake) -> bool) -> Option<&Keepsake> {
        self.told.kept.iter().rev().find(|kept| is(kept))
    }

    fn photo(&self) -> Option<&Keepsake> {
        self.last(|kept| kept.photo.is_some())
    }

    fn spoken(&self) -> Option<&Keepsake> {
        self.last(|kept| kept.voice.is_some())
    }

    fn typed(&self) -> Option<&Keepsake> {
        self.last(|kept| kept.text.is_some())
    }

    fn steps_done(&self) -> usize {
        self.told.story.steps.iter().filter(|step| step.done).count()
    }
}

async fn read(reader: Reader, run: RecordId) -> Option<Outcome> {
    let told = stories::run::one_run(&reader, run).await?;
    let plan = reader.one::<Plan>(told.story.plan).await.map(|plan| plan.value);
    Some(Outcome { told, plan, somebody_sees: somebody_sees_photos(&reader).await })
}

/// Whether there is anybody to show a photo or a word to.
pub async fn somebody_sees_photos(reader: &Reader) -> bool {
    people::supporters(reader).await.iter().any(|supporter| supporter.sees(Section::Photos))
}

/// How it came out.
#[component]
pub fn RunResult(circle: CircleId, run: RecordId) -> impl IntoView {
    let outcome = device::watch(circle, move |reader| read(reader, run));
    let face = RwSignal::new(None::<Face>);
    let chosen = Signal::derive(move || {
        face.get().or_else(|| outcome.with(|outcome| outcome.as_ref()?.as_ref()?.told.story.face))
    });
    let typed = RwSignal::new(None::<String>);
    let changes = move || {
        let mut changes = keep_typed(run, outcome.get_untracked().flatten().as_ref(), typed.get_untracked());
        let picked = face.get_untracked();
        changes.extend(picked.map(|face| RunFace { face, at: device::now() }.make_below(device::new_id(), run)));
        changes
    };
    let save = move || {
        clear_toast();
        let (changes, outcome) = (changes(), outcome.get_untracked().flatten());
        let types = typed.get_untracked().is_some_and(|typed| !typed.trim().is_empty());
        spawn_local(async move {
            if !changes.is_empty()
                && let Err(why) = device::edit(circle, changes).await
            {
                return super::say_not_kept(why);
            }
            match outcome {
                Some(outcome) if outcome.somebody_sees && (types || !outcome.told.kept.is_empty()) => {
                    replace(CompanionPlace::from(ClientPlace::Share(run)));
                }
                _ => {
                    show_toast(Toast::new(client::IN_YOUR_BOOK));
                    replace(HOME);
                }
            }
        });
    };
    let back = move || {
        let changes = changes();
        if !changes.is_empty() {
            device::keep(circle, changes);
        }
        go_back();
    };
    let body = changing(move || match outcome.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        // Gone, after it was deleted elsewhere: there is nothing to keep a photo with.
        Some(None) => {
            replace(HOME);
            ().into_any()
        }
        Some(Some(outcome)) => told(circle, run, &outcome),
    });
    let main = view! {
        {body}
        <h2>{shared::FACE_QUESTION}</h2>
        <Faces chosen on_choose=move |picked| face.set(Some(picked)) />
        {word(circle, run, outcome, typed)}
    };
    let floor = view! { <Button text=shared::SAVE icon=Icon::CHECK appearance=Appearance::Primary tap=save /> };
    Frame { back: Some(Tap::from(back)), floor: Some(floor), ..Frame::default() }.around(client::RESULT.into(), main)
}

fn told(circle: CircleId, run: RecordId, outcome: &Outcome) -> AnyView {
    let done = outcome.steps_done();
    let title: Text = if done == outcome.told.story.steps.len() {
        client::IT_WORKED.into()
    } else {
        Text::live(move || client::steps_done(done, number(done)).get())
    };
    let before = outcome.photo().map(|photo| photo.id);
    let (source, text) = match outcome.photo().and_then(|photo| photo.photo) {
        Some(blob) => (Source::Photo(device::photo(circle, blob)), shared::NEW_PHOTO),
        None => {
            (device::picture(circle, outcome.plan.as_ref().and_then(|plan| plan.picture.clone())), shared::TAKE_PHOTO)
        }
    };
    view! {
        <Sentence text=title title=true />
        <Picture source well=Well::Large />
        <PhotoInput text wide=true on_photo=move |file| take(circle, run, before, file) />
    }
    .into_any()
}

/// A word about it: spoken, or typed for whom that is easier.
fn word(
    circle: CircleId,
    run: RecordId,
    outcome: Signal<Option<Option<Outcome>>>,
    typed: RwSignal<Option<String>>,
) -> AnyView {
    let spoken = Memo::new(move |_| {
        outcome.with(|outcome| outcome.as_ref()?.as_ref()?.spoken().map(|word| (word.id, word.voice)))
    });
    let heard = changing(move || match spoken.get() {
        Some((_, voice)) => words(circle, voice, None),
        None => ().into_any(),
    });
    let before = Memo::new(move |_| {
        outcome.with(|outcome| outcome.as_ref()?.as_ref()?.typed()?.text.clone()).unwrap_or_default()
    });
    let value = Signal::derive(move || typed.get().unwrap_or_else(|| before.get()));
    let types = RwSignal::new(false);
    let field = changing(move || {
        if !types.get() && before.with(String::is_empty) {
            let tap = move || types.set(true);
            return view! { <Button text=client::OR_TYPE icon=Icon::PENCIL wide=true tap /> }.into_any();
        }
        let on_input = move |text| typed.set(Some(text));
        view! { <TextArea label=client::OR_TYPE value on_input rows=2 /> }.into_any()
    });
    let on_voice = move |voice| speak(circle, run, spoken.get_untracked().map(|(before, _)| before), voice);
    view! {
        <h2>{client::SAY_SOMETHING}</h2>
        <VoiceRecorder text=client::SPEAK_IN wide=true on_voice />
        {heard}
        {field}
    }
    .into_any()
}

/// What was typed goes in the place of what was typed before.
fn keep_typed(run: RecordId, outcome: Option<&Outcome>, typed: Option<String>) -> Vec<Change> {
    let Some(typed) = typed.map(|typed| typed.trim().to_owned()) else { return Vec::new() };
    let before = outcome.and_then(Outcome::typed);
    if before.and_then(|word| word.text.as_deref()).unwrap_or_default() == typed {
        return Vec::new();
    }
    let word = RunWord { text: Some(typed), voice: None, at: device::now(), audience: Vec::new() };
    let made = word.text.as_ref().is_some_and(|text| !text.is_empty());
    let made = made.then(|| word.make_below(device::new_id(), run));
    made.into_iter().chain(before.map(|word| delete(word.id))).collect()
}

/// Keeps a spoken word in the place of the one before.
fn speak(circle: CircleId, run: RecordId, before: Option<RecordId>, voice: Blob) {
    clear_toast();
    spawn_local(async move {
        let word = |voice| RunWord { text: None, voice: Some(voice), at: device::now(), audience: Vec::new() };
        match device::keep_recording(circle, voice).await {
            Ok(voice) => put(circle, word(voice).make_below(device::new_id(), run), before).await,
            Err(why) => say(why),
        }
    });
}

/// Keeps a photo in the place of the one before. It is the client's own until they show it to somebody.
fn take(circle: CircleId, run: RecordId, before: Option<RecordId>, file: File) {
    clear_toast();
    spawn_local(async move {
        let photo = |photo: BlobRef| RunPhoto { photo, at: device::now(), audience: Vec::new() };
        match device::keep_photo(circle, file).await {
            Ok(blob) => put(circle, photo(blob).make_below(device::new_id(), run), before).await,
            Err(why) => say(why),
        }
    });
}

async fn put(circle: CircleId, made: Change, before: Option<RecordId>) {
    if let Err(why) = device::edit(circle, std::iter::once(made).chain(before.map(delete)).collect()).await {
        super::say_not_kept(why);
    }
}

/// Says why there is no photo or recording, by what to do.
pub fn say(why: NoPhoto) {
    show_toast(Toast::new(match why {
        NoPhoto::Broken | NoPhoto::TooLarge => client::OTHER_PHOTO,
        NoPhoto::NoStore => shared::CLOSE_AND_OPEN,
    }));
}
