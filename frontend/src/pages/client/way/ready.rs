//! Before going on the way: what of the route is on this phone, and which way to go.

use opstap_core::model::{Goal, Part, Picture as Shown, Route};
use opstap_core::record::Record;
use opstap_core::{CircleId, Media, RecordId, Value};
use opstap_view::prelude::*;

use super::{OnRoute, WayPlace, going, gone};
use crate::companion::CompanionPlace;
use crate::components::{
    Appearance, Bones, Button, Icon, ListRow, LoadingBones, Picture, Sentence, Well, changing, icon,
};
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::pages::client::frame::Frame;
use crate::words::{Text, client, way};

/// What there is of a route.
#[derive(Clone, PartialEq)]
struct Packed {
    title: String,
    picture: Option<Shown>,
    /// How many pictures, photos and sounds it has.
    pictures: usize,
    photos: usize,
    sounds: usize,
    /// The other ways, each with its title.
    others: Vec<(RecordId, Route)>,
    parts: usize,
}

async fn read(reader: Reader, route: RecordId) -> Option<Packed> {
    let told = super::told::read(&reader, route).await?;
    let mut records: Vec<Record> = reader.record(route).await.into_iter().collect();
    let parts = reader.below::<Part>(route).await;
    for part in &parts {
        records.push(part.record.clone());
        records.extend(reader.below::<Goal>(part.id).await.into_iter().map(|goal| goal.record));
    }
    let (mut names, mut blobs) = (Vec::new(), Vec::new());
    for record in &records {
        if let Some(Value::Text(name)) = record.value("picture")
            && !names.contains(name)
        {
            names.push(name.clone());
        }
        for blob in record.blobs() {
            if !blobs.contains(&blob) {
                blobs.push(blob);
            }
        }
    }
    let photos = blobs.iter().filter(|blob| blob.media == Media::Photo).count();
    let mut others = Vec::new();
    for other in told.others {
        others.extend(reader.one::<Route>(other).await.map(|found| (other, found.value)));
    }
    Some(Packed {
        title: told.route.title,
        picture: told.route.picture,
        pictures: names.len(),
        photos,
        sounds: blobs.len() - photos,
        others,
        parts: parts.len(),
    })
}

/// The route, with "Ga op weg" or, when somebody is under way, "Ga verder".
#[component]
pub fn Ready(circle: CircleId, route: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, route));
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(None) => gone(),
        Some(Some(packed)) => told(circle, route, packed),
    });
    let nothing = Signal::derive(move || read.with(|read| !matches!(read, Some(Some(packed)) if packed.parts > 0)));
    let text = if going::is_under_way(route) { client::GO_ON } else { way::GO };
    let to = |screen| Tap::to(CompanionPlace::from(WayPlace::Route(route, screen)));
    let (go, see) = (to(OnRoute::Go), to(OnRoute::Parts));
    let go = Tap::from(move || go.run());
    let floor = view! {
        <Button text icon=Icon::FORWARD appearance=Appearance::Way disabled=nothing tap=go />
        <Button text=way::THE_ROUTE icon=Icon::EYE tap=see />
    };
    let title = Text::live(move || {
        read.with(|read| match read {
            Some(Some(packed)) => packed.title.clone(),
            _ => client::MY_ROUTE.get().to_owned(),
        })
    });
    Frame { way: true, floor: Some(floor), ..Frame::default() }.around(title, body)
}

fn told(circle: CircleId, route: RecordId, packed: Packed) -> AnyView {
    let Packed { title, picture, pictures, photos, sounds, others, .. } = packed;
    let is_ready = device::is_ready_for_the_way(circle, route);
    let ready = changing(move || match is_ready.get() {
        None => ().into_any(),
        Some(true) => view! {
            <div class="card way">
                <p class="strong">{client::READY_FOR_THE_WAY}</p>
                <p>{way::ALSO_OFFLINE}</p>
            </div>
        }
        .into_any(),
        Some(false) => view! { <p class="card">{client::NOT_ALL_HERE}</p> }.into_any(),
    });
    let all_here = move || is_ready.get() == Some(true);
    let count = |count: usize, says: fn(usize) -> Text| {
        (count > 0).then(|| {
            let mark = move || all_here().then(|| icon(Icon::CHECK));
            view! { <li class="chip sent">{mark}<span>{says(count)}</span></li> }
        })
    };
    let others = others
        .into_iter()
        .map(|(other, route)| {
            let lead = view! { <Picture source=device::picture(circle, route.picture) well=Well::Small /> }.into_any();
            let tap = Tap::to(CompanionPlace::from(WayPlace::Route(other, OnRoute::Ready)));
            view! { <li><ListRow text=Text::from(route.title) lead tap>{icon(Icon::FORWARD)}</ListRow></li> }
        })
        .collect::<Vec<_>>();
    let others = (!others.is_empty()).then(|| view! { <h2>{way::OTHER_WAYS}</h2><ul class="list">{others}</ul> });
    view! {
        <Sentence text=Text::from(title) title=true />
        <Picture source=device::picture(circle, picture) well=Well::Large />
        {ready}
        <ul class="packed">{count(pictures, way::pictures)}{count(photos, way::photos)}{count(sounds, way::sounds)}</ul>
        {others}
    }
    .into_any()
}
