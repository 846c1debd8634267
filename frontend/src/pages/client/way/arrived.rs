//! There: it is written down, and it is said honestly who sees it when. Calling is one tap.

use opstap_core::model::{Arrival, delete};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::calling::call;
use super::told::{self, Told};
use super::{OnRoute, WayPlace, going, gone};
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, Icon, LoadingBones, Picture, Saved, Sentence, Source, Well, changing, clear_toast,
};
use crate::dates::{moment, spoken_moment};
use crate::device::{self, Entry, Reader};
use crate::event::Tap;
use crate::navigation::{go_back, replace};
use crate::pages::client::frame::Frame;
use crate::words::{Text, way};

/// The route, and the last time somebody arrived along it.
#[derive(Clone, PartialEq)]
struct Came {
    told: Told,
    last: Option<Entry<Arrival>>,
}

async fn read(reader: Reader, route: RecordId) -> Option<Came> {
    let told = told::read(&reader, route).await?;
    let all = reader.all::<Arrival>().await.into_iter().filter(|arrival| arrival.value.route == route);
    Some(Came { told, last: all.max_by_key(|arrival| (arrival.value.at, arrival.id)) })
}

/// Arrived.
#[component]
pub fn There(circle: CircleId, route: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| read(reader, route));
    let back = move || {
        let Some(arrival) = going::take_the_end_back() else { return go_back() };
        clear_toast();
        device::keep(circle, vec![delete(arrival)]);
        let told = read.get_untracked().flatten();
        if let Some(Came { told, .. }) = told {
            going::keep(route, &told.steps, told.steps.len());
        }
        replace(CompanionPlace::from(WayPlace::Route(route, OnRoute::Go)));
    };
    on_cleanup(|| {
        let _ = going::take_the_end_back();
    });
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(None) => gone(),
        Some(Some(came)) => show(circle, came),
    });
    let floor = view! { <Button text=way::TO_TODAY icon=Icon::FORWARD appearance=Appearance::Way tap=Tap::to(HOME) /> };
    Frame { way: true, back: Some(Tap::from(back)), floor: Some(floor.into_any()), ..Frame::default() }
        .around(way::YOU_ARE_THERE.into(), body)
}

fn show(circle: CircleId, Came { told, last }: Came) -> AnyView {
    let source = match device::picture(circle, told.route.picture.clone()) {
        Source::Nothing => Source::from("round-pushpin"),
        source => source,
    };
    let says = match told.ends_at() {
        Some(place) => way::you_are_at(place),
        None => way::YOU_ARE_THERE.into(),
    };
    let name = told.seen_by().map(str::to_owned);
    let sees = last.and_then(|last| {
        let at = spoken_moment(moment(last.value.at));
        let name = name?;
        let says: fn(String, String) -> Text = match last.saved {
            Saved::Sent => way::can_see_it,
            Saved::OnDevice | Saved::Problem => way::sees_it_later,
        };
        let text = Text::live(move || says(name.clone(), at.get()).get());
        Some(view! { <p role="status">{text}</p> })
    });
    view! {
        <Picture source well=Well::Large />
        <Sentence text=says title=true />
        {sees}
        {call(told.coach)}
    }
    .into_any()
}
