//! What waits for the client's own word in a travel training, one thing at a time.

use leptos::task::spawn_local;
use opstap_core::model::{Trajectory, set};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::follow_up::FollowUps;
use super::handover::{Agree, agreed_lately};
use crate::companion::HOME;
use crate::components::{
    Appearance, Bones, Button, EmptyState, Icon, LoadingBones, Picture, Sentence, Source, Tile, Tiles, Well, changing,
};
use crate::dates::{day_of, moment};
use crate::day::today;
use crate::device::{self, Reader};
use crate::event::Tap;
use crate::pages::client::frame::Frame;
use crate::stories::trajectory::{self, Asked as Ask};
use crate::stories::{members, name_of};
use crate::words::{Text, way};

/// What is asked now. What was asked first stays on the screen while it is answered: its thanks stand on the same screen.
#[component]
pub fn Asked(circle: CircleId) -> impl IntoView {
    let day = day_of(moment(today()));
    let read = device::watch(circle, move |reader| async move { trajectory::asked(&reader, day).await });
    let first = Memo::new(move |before: Option<&Option<Option<Ask>>>| match before {
        Some(Some(Some(asked))) => Some(Some(*asked)),
        _ => read.get(),
    });
    changing(move || match first.get() {
        None => quiet(view! { <LoadingBones shape=Bones::Step /> }.into_any()),
        Some(None) => view! { <Agreed circle /> }.into_any(),
        Some(Some(Ask::Click(trajectory))) => view! { <Click circle trajectory /> }.into_any(),
        Some(Some(Ask::Agree(handover))) => view! { <Agree circle handover /> }.into_any(),
        Some(Some(Ask::FollowUp(follow_up))) => view! { <FollowUps circle follow_up /> }.into_any(),
    })
}

fn quiet(main: AnyView) -> AnyView {
    Frame { way: true, ..Frame::default() }.around(way::A_QUESTION.into(), main)
}

/// What was agreed to stays to be proud of, and to be taken back, the day itself and the day after; whatever else is asked. Without it nothing is.
#[component]
pub fn Agreed(circle: CircleId) -> impl IntoView {
    let agreed = device::watch(circle, |reader| agreed_lately(reader, today()));
    changing(move || match agreed.get() {
        None => quiet(view! { <LoadingBones shape=Bones::Step /> }.into_any()),
        Some(Some(handover)) => view! { <Agree circle handover /> }.into_any(),
        Some(None) => {
            quiet(view! { <EmptyState picture="check-mark-button" sentence=way::NOTHING_ASKED /> }.into_any())
        }
    })
}

/// "Dank je wel", and to today.
pub fn thanks() -> AnyView {
    let floor = view! { <Button text=way::TO_TODAY icon=Icon::FORWARD appearance=Appearance::Way tap=Tap::to(HOME) /> };
    let main = view! {
        <Picture source=Source::from("thumbs-up") well=Well::Large />
        <Sentence text=way::THANK_YOU title=true />
        <p>{way::ANSWER_KEPT}</p>
    };
    Frame { way: true, floor: Some(floor.into_any()), ..Frame::default() }
        .around(way::THANK_YOU.into(), main.into_any())
}

async fn volunteer(reader: Reader, trajectory: RecordId) -> String {
    let person = match reader.one::<Trajectory>(trajectory).await {
        Some(found) => found.value.volunteer,
        None => None,
    };
    match person {
        Some(person) => name_of(&members(&reader).await, person),
        None => String::new(),
    }
}

/// "Klikt het met Youssef?"
#[component]
fn Click(circle: CircleId, trajectory: RecordId) -> impl IntoView {
    let name = device::watch(circle, move |reader| volunteer(reader, trajectory));
    let said = RwSignal::new(false);
    let answer = move |clicks: bool| {
        Tap::from(move || {
            spawn_local(async move {
                match device::edit(circle, vec![set(trajectory, "click_participant", clicks)]).await {
                    Ok(()) => drop(said.try_set(true)),
                    Err(why) => crate::pages::client::say_not_kept(why),
                }
            });
        })
    };
    changing(move || {
        if said.get() {
            return thanks();
        }
        let asks = Text::live(move || match name.get() {
            Some(name) if !name.is_empty() => way::does_it_click(name).get(),
            _ => way::DOES_IT_CLICK_SOMEBODY.get().to_owned(),
        });
        let main = view! {
            <Sentence text=asks.clone() title=true />
            <Tiles>
                <Tile text=way::IT_CLICKS picture=Source::from("thumbs-up") tap=answer(true) />
                <Tile text=way::IT_DOES_NOT picture=Source::from("thumbs-down") tap=answer(false) />
            </Tiles>
            <p class="soft">{way::CLICK_IS_YOURS}</p>
        };
        Frame { way: true, ..Frame::default() }.around(asks, main.into_any())
    })
}
