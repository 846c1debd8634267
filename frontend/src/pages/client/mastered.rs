//! "Dit kan ik nu zelf": the largest celebration there is, of a plan that is no longer needed. It can be taken back.

use opstap_core::model::Plan;
use opstap_core::{BlobRef, CircleId, Millis, RecordId};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::frame::Frame;
use super::pride::{day_of, pictogram, take_back};
use crate::beside;
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, Icon, LoadingBones, Picture, ProudStairs, SayButton, Source, Well, changing,
};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::navigation::replace;
use crate::stories::{self, run::latest_photo};
use crate::words::{Text, client};

/// The plan, since when, what stands on its treads, and the last photo of a result.
#[derive(Clone, PartialEq)]
struct Done {
    title: String,
    since: Option<Millis>,
    treads: Vec<String>,
    photo: Option<BlobRef>,
}

async fn read(reader: Reader, plan: RecordId) -> Option<Done> {
    let Entry { id, value: plan, .. } = reader.one::<Plan>(plan).await?;
    // A tread for each step, as many as were learned.
    let steps = stories::steps(&reader, id).await;
    let treads = steps.iter().map(|step| pictogram(step.value.picture.as_ref().or(plan.picture.as_ref()))).collect();
    Some(Done { since: plan.mastered(), title: plan.title, treads, photo: latest_photo(&reader, id).await })
}

fn note_of(plan: RecordId) -> String {
    ["opstap-mastered-", &plan.to_string()].concat()
}

fn note_looked(plan: RecordId) {
    beside::note(&note_of(plan), "1");
}

/// Whether the celebration of this plan was looked at on this phone: then today need not call for it any more.
pub(super) fn was_looked_at(plan: RecordId) -> bool {
    beside::read(&note_of(plan)).is_some()
}

/// The celebration.
#[component]
pub fn Mastered(circle: CircleId, plan: RecordId) -> impl IntoView {
    note_looked(plan);
    let read = device::watch(circle, move |reader| read(reader, plan));
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(None) => {
            replace(HOME);
            ().into_any()
        }
        Some(Some(done)) => told(circle, done),
    });
    let back = move || {
        take_back(circle, plan);
        replace(CompanionPlace::from(ClientPlace::Plan(plan)));
    };
    let floor = view! {
        <Button text=client::TO_TODAY icon=Icon::FORWARD appearance=Appearance::Proud tap=Tap::to(HOME) />
        <Button text=client::NOT_AFTER_ALL icon=Icon::UNDO tap=back />
    };
    Frame { floor: Some(floor), ..Frame::default() }.around(client::CAN_MYSELF_NOW.into(), body)
}

fn told(circle: CircleId, done: Done) -> AnyView {
    let Done { title, since, treads: pictograms, photo } = done;
    let photo = photo.map(|photo| {
        let source = Source::Photo(device::photo(circle, photo));
        view! { <Picture source well=Well::Large label=client::YOUR_PHOTO /> }
    });
    let since = since.map(day_of);
    view! {
        <div class="pride grow">
            {photo}
            <ProudStairs pictograms label=Text::from(title.clone()) />
            <div class="stack">
                <div class="say">
                    <h1 class="big strong">{client::CAN_MYSELF_NOW}</h1>
                    <SayButton text=client::CAN_MYSELF_NOW whole=true />
                </div>
                <p class="told"><b>{title}</b>{since.map(|since| view! { <br />{since} })}</p>
            </div>
        </div>
    }
    .into_any()
}
