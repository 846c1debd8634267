//! The result of a run: a photo, a face. Everything may stay empty; a photo is kept as soon as it is taken.

use leptos::task::spawn_local;
use opstap_core::access::Section;
use opstap_core::model::{Face, Model, Plan, RunFace, RunPhoto, delete};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;
use web_sys::File;

use super::{ClientPlace, number, people};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, Faces, Floor, HelpButton, Icon, LoadingBones, Main, PhotoInput, Picture, Screen,
    Sentence, Source, StateChip, Toast, TopBar, Well, changing, clear_toast, show_toast,
};
use crate::device::{self, NoPhoto, Reader};
use crate::event::Tap;
use crate::navigation::{go_back, replace};
use crate::stories::{self, run::RunTold};
use crate::words::{Text, client, shared};

/// The run, its plan, and whether there is anybody to show a photo to.
#[derive(Clone, PartialEq)]
struct Outcome {
    told: RunTold,
    plan: Option<Plan>,
    somebody_sees_photos: bool,
}

impl Outcome {
    fn photo(&self) -> Option<RecordId> {
        self.told.photos.iter().max_by_key(|photo| (photo.made, photo.id)).map(|photo| photo.id)
    }

    fn steps_done(&self) -> usize {
        self.told.story.steps.iter().filter(|step| step.done).count()
    }
}

async fn read(reader: Reader, run: RecordId) -> Option<Outcome> {
    let told = stories::run::one_run(&reader, run).await?;
    let plan = reader.one::<Plan>(told.story.plan).await.map(|plan| plan.value);
    let supporters = people::supporters(&reader).await;
    let somebody_sees_photos = supporters.iter().any(|supporter| supporter.sees(Section::Photos));
    Some(Outcome { told, plan, somebody_sees_photos })
}

/// How it came out.
#[component]
pub fn RunResult(circle: CircleId, run: RecordId) -> impl IntoView {
    let outcome = device::watch(circle, move |reader| read(reader, run));
    let face = RwSignal::new(None::<Face>);
    let chosen = Signal::derive(move || {
        face.get().or_else(|| outcome.with(|outcome| outcome.as_ref()?.as_ref()?.told.story.face))
    });
    let keep_face = move || {
        if let Some(face) = face.get_untracked() {
            device::keep(circle, vec![RunFace { face, at: device::now() }.make_below(device::new_id(), run)]);
        }
    };
    let save = move || {
        keep_face();
        clear_toast();
        match outcome.get_untracked().flatten() {
            Some(outcome) if outcome.photo().is_some() && outcome.somebody_sees_photos => {
                if let Some(photo) = outcome.photo() {
                    replace(CompanionPlace::from(ClientPlace::Share(photo)));
                }
            }
            _ => {
                show_toast(Toast::new(client::IN_YOUR_BOOK));
                replace(HOME);
            }
        }
    };
    let back = move || {
        keep_face();
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
    view! {
        <Screen title=client::RESULT>
            <TopBar back=Tap::from(back)>
                <StateChip state=device::state() />
            </TopBar>
            <Main>
                {body}
                <h2>{shared::FACE_QUESTION}</h2>
                <Faces chosen on_choose=move |picked| face.set(Some(picked)) />
            </Main>
            <Floor>
                <Button text=shared::SAVE icon=Icon::CHECK appearance=Appearance::Primary tap=save />
                <HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) />
            </Floor>
        </Screen>
    }
}

fn told(circle: CircleId, run: RecordId, outcome: &Outcome) -> AnyView {
    let done = outcome.steps_done();
    let title: Text = if done == outcome.told.story.steps.len() {
        client::IT_WORKED.into()
    } else {
        Text::live(move || client::steps_done(done, number(done)).get())
    };
    let before = outcome.photo();
    let photo = outcome.told.photos.iter().find(|photo| Some(photo.id) == before).map(|photo| photo.value.photo);
    let (source, text) = match photo {
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

/// Keeps a photo in the place of the one before. It is the client's own until they show it to somebody.
fn take(circle: CircleId, run: RecordId, before: Option<RecordId>, file: File) {
    clear_toast();
    spawn_local(async move {
        let photo = match device::keep_photo(circle, file).await {
            Ok(photo) => photo,
            Err(why) => return say(why),
        };
        let photo = RunPhoto { photo, at: device::now(), audience: Some(Vec::new()) };
        let mut changes = vec![photo.make_below(device::new_id(), run)];
        changes.extend(before.map(delete));
        if let Err(why) = device::edit(circle, changes).await {
            super::say_not_kept(why);
        }
    });
}

fn say(why: NoPhoto) {
    show_toast(Toast::new(match why {
        NoPhoto::Broken | NoPhoto::TooLarge => client::OTHER_PHOTO,
        NoPhoto::NoStore => shared::CLOSE_AND_OPEN,
    }));
}
