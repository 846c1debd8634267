//! The result of a run: a photo, a face, a word. Everything may stay empty, and is kept as soon as it is there.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{Face, Model, Plan, RunFace, RunPhoto, RunWord, delete};
use opstap_core::{BlobRef, Change, CircleId, RecordId};
use opstap_view::prelude::*;

use super::draft::{Draft, Said};
use super::frame::Frame;
use super::intake::{Intake, Keeping};
use super::keepsake::words;
use super::{ClientPlace, going, number, people};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, Faces, Icon, LoadingBones, PhotoInput, Picture, Sentence, Source, TextArea, Toast,
    VoiceRecorder, Well, changing, clear_toast, show_toast,
};
use crate::device::{self, Haste, NoPhoto, Reader};
use crate::event::Tap;
use crate::navigation::{go_back, replace};
use crate::stories::keepsake::{Keepsake, under};
use crate::stories::{self, run::RunTold};
use crate::words::{Text, client, shared};

/// The run and its plan.
#[derive(Clone, PartialEq)]
struct Outcome {
    told: RunTold,
    plan: Option<Plan>,
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
    let plan = reader.one_even_deleted::<Plan>(told.story.plan).await.map(|plan| plan.value);
    Some(Outcome { told, plan })
}

/// Whether there is anybody to show a photo or a word to.
pub async fn somebody_sees_photos(reader: &Reader) -> bool {
    people::supporters(reader).await.iter().any(|supporter| supporter.sees(Section::Photos))
}

/// How it came out.
#[component]
pub fn RunResult(circle: CircleId, run: RecordId) -> impl IntoView {
    let outcome = device::watch(circle, move |reader| read(reader, run));
    let intake = Intake::here();
    let typed = Draft::below(circle, run, typed_word);
    typed.keep_on_leaving();
    on_cleanup(going::the_end_stays);
    let picked = RwSignal::new(None::<Face>);
    let chosen = Signal::derive(move || {
        picked.get().or_else(|| outcome.with(|outcome| outcome.as_ref()?.as_ref()?.told.story.face))
    });
    let face = Draft::below(circle, run, |id, run, said| {
        RunFace { face: said.face.unwrap_or(Face::Good), at: device::now() }.make_below(id, run)
    });
    let choose = move |now: Face| {
        picked.set(Some(now));
        face.set(|said| said.face = Some(now));
        face.keep_soon();
    };
    let save = {
        let typed = typed.clone();
        move || {
            let typed = typed.clone();
            intake.go_on(save(circle, run, typed));
        }
    };
    let back = move || {
        let plan = outcome.with_untracked(|outcome| Some(outcome.as_ref()?.as_ref()?.told.story.plan));
        match plan.and_then(|plan| Some((plan, going::take_the_end_back(run)?))) {
            Some((plan, changes)) => go_on_at_the_last_step(circle, plan, changes),
            None => go_back(),
        }
    };
    let body = changing(move || match outcome.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        // Gone, after it was deleted elsewhere: there is nothing to keep a photo with.
        Some(None) => {
            replace(HOME);
            ().into_any()
        }
        Some(Some(outcome)) => told(circle, run, &outcome, intake),
    });
    let kept = move || {
        let any = outcome
            .with(|outcome| outcome.as_ref().and_then(Option::as_ref).is_some_and(|told| !told.told.kept.is_empty()));
        if any { shared::SAVED.get() } else { "" }
    };
    let main = view! {
        {body}
        // Whoever sees the photo knows; a screen reader hears that it is kept.
        <p class="for-voice" role="status">{kept}</p>
        <h2>{shared::FACE_QUESTION}</h2>
        <Faces chosen on_choose=choose />
        {word(circle, run, outcome, intake, typed)}
    };
    let floor = view! { <Button text=shared::SAVE icon=Icon::CHECK appearance=Appearance::Primary tap=save /> };
    Frame { back: Some(Tap::from(back)), floor: Some(floor), run: true, ..Frame::default() }
        .around(client::RESULT.into(), main)
}

/// "Bewaar": everything is in the book by now but the last letters; what can be shown is offered to be.
async fn save(circle: CircleId, run: RecordId, typed: Draft) -> bool {
    clear_toast();
    if !typed.keep().await {
        return false;
    }
    let reader = Reader::new(circle);
    if somebody_sees_photos(&reader).await && !under(&reader, run).await.is_empty() {
        replace(CompanionPlace::from(ClientPlace::Share(run)));
    } else {
        show_toast(Toast::new(client::IN_YOUR_BOOK));
        replace(HOME);
    }
    device::send_what_waits();
    true
}

/// The last "Klaar" is taken back.
fn go_on_at_the_last_step(circle: CircleId, plan: RecordId, changes: Vec<Change>) {
    clear_toast();
    spawn_local(async move {
        match device::edit_in_time(circle, changes, Haste::None).await {
            Ok(()) => replace(CompanionPlace::from(ClientPlace::Step(plan))),
            Err(why) => super::say_not_kept(why),
        }
    });
}

fn told(circle: CircleId, run: RecordId, outcome: &Outcome, intake: Intake) -> AnyView {
    let done = outcome.steps_done();
    let title: Text = if outcome.told.story.is_whole() {
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
        <PhotoInput text wide=true on_photo=move |file| intake.take(put((circle, run), Box::pin(device::keep_photo(circle, file)), photo, before)) />
    }
    .into_any()
}

/// A word about it: spoken, or typed for whom that is easier.
fn word(
    circle: CircleId,
    run: RecordId,
    outcome: Signal<Option<Option<Outcome>>>,
    intake: Intake,
    draft: Draft,
) -> AnyView {
    let spoken = Memo::new(move |_| {
        outcome.with(|outcome| outcome.as_ref()?.as_ref()?.spoken().map(|word| (word.id, word.voice)))
    });
    let heard = changing(move || match spoken.get() {
        Some((_, voice)) => words(circle, voice, None),
        None => ().into_any(),
    });
    let before = Memo::new(move |_| {
        let typed = |outcome: &Outcome| outcome.typed().and_then(|word| Some((word.id, word.text.clone()?)));
        outcome.with(|outcome| outcome.as_ref()?.as_ref().and_then(typed))
    });
    Effect::new({
        let draft = draft.clone();
        move |_| {
            if let Some((id, text)) = before.get() {
                draft.stands(id, &Said { text, ..Said::default() });
            }
        }
    });
    let typed = RwSignal::new(None::<String>);
    let value = Signal::derive(move || {
        let before = || before.get().map(|(_, text)| text).unwrap_or_default();
        typed.get().unwrap_or_else(before)
    });
    let types = RwSignal::new(false);
    let field = changing(move || {
        if !types.get() && before.with(Option::is_none) {
            let tap = move || types.set(true);
            return view! { <Button text=client::OR_TYPE icon=Icon::PENCIL wide=true tap /> }.into_any();
        }
        let draft = draft.clone();
        let on_input = move |text: String| {
            draft.set(|said| text.trim().clone_into(&mut said.text));
            types.set(true);
            typed.set(Some(text));
        };
        view! { <TextArea label=client::OR_TYPE value on_input rows=2 /> }.into_any()
    });
    let on_voice = move |voice| {
        let before = spoken.try_get_untracked().flatten().map(|(before, _)| before);
        intake.take(put((circle, run), Box::pin(device::keep_recording(circle, voice)), spoken_word, before));
    };
    view! {
        <h2>{client::SAY_SOMETHING}</h2>
        <VoiceRecorder text=client::SPEAK_IN wide=true recorder=intake.recorder on_voice />
        {heard}
        {field}
    }
    .into_any()
}

/// What was typed, as a record of its own.
fn typed_word(id: RecordId, run: RecordId, said: Said) -> Change {
    RunWord { text: Some(said.text), voice: None, at: device::now(), audience: Vec::new() }.make_below(id, run)
}

/// What was spoken, as a record of its own.
fn spoken_word(id: RecordId, run: RecordId, voice: BlobRef) -> Change {
    RunWord { text: None, voice: Some(voice), at: device::now(), audience: Vec::new() }.make_below(id, run)
}

/// A photo. It is the client's own until they show it to somebody.
fn photo(id: RecordId, run: RecordId, photo: BlobRef) -> Change {
    RunPhoto { photo, at: device::now(), audience: Vec::new() }.make_below(id, run)
}

/// Keeps a photo or a spoken word in the place of the one before.
async fn put(
    (circle, run): (CircleId, RecordId),
    kept: Keeping,
    make: fn(RecordId, RecordId, BlobRef) -> Change,
    before: Option<RecordId>,
) {
    clear_toast();
    let made = match kept.await {
        Ok(blob) => make(device::new_id(), run, blob),
        Err(why) => return say(why),
    };
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
