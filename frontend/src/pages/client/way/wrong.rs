//! "Gaat mis": what it is, as pictures, and then what to do in at most three sentences. Calling works without internet.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::calling::call;
use super::{OnRoute, WayPlace, told};
use crate::awake::keep_awake;
use crate::companion::CompanionPlace;
use crate::components::{Appearance, Button, Icon, Picture, Sentence, Source, Tile, Tiles, Well, changing};
use crate::device;
use crate::event::Tap;
use crate::navigation::replace;
use crate::pages::client::frame::Frame;
use crate::words::{Word, way};

/// What can go wrong: its picture, its words, and what to do.
struct Trouble {
    screen: OnRoute,
    picture: &'static str,
    what: Word,
    todo: [Word; 3],
}

const TROUBLES: [Trouble; 5] = [
    Trouble {
        screen: OnRoute::WrongStop,
        picture: "bus-stop",
        what: way::WRONG_STOP,
        todo: [way::WRONG_STOP_1, way::WRONG_STOP_2, way::WRONG_STOP_3],
    },
    Trouble {
        screen: OnRoute::NotRunning,
        picture: "stop-sign",
        what: way::NOT_RUNNING,
        todo: [way::NOT_RUNNING_1, way::NOT_RUNNING_2, way::NOT_RUNNING_3],
    },
    Trouble {
        screen: OnRoute::Lost,
        picture: "world-map",
        what: way::LOST,
        todo: [way::LOST_1, way::LOST_2, way::LOST_3],
    },
    Trouble {
        screen: OnRoute::Afraid,
        picture: "face-hard",
        what: way::AFRAID,
        todo: [way::AFRAID_1, way::AFRAID_2, way::AFRAID_3],
    },
    Trouble {
        screen: OnRoute::CardFails,
        picture: "travel-card",
        what: way::CARD_FAILS,
        todo: [way::CARD_FAILS_1, way::CARD_FAILS_2, way::CARD_FAILS_3],
    },
];

/// What it can be.
pub fn screen(route: RecordId) -> AnyView {
    keep_awake();
    let tiles = TROUBLES
        .iter()
        .map(|one| {
            // The list and the plan stand in one place of the way back: "Ga verder" leads from either to the journey.
            let tap = Tap::from(move || replace(CompanionPlace::from(WayPlace::Route(route, one.screen))));
            view! { <Tile text=one.what picture=Source::from(one.picture) tap /> }
        })
        .collect_view();
    let tap = Tap::to(CompanionPlace::from(WayPlace::Route(route, OnRoute::Ask)));
    let floor = view! { <Button text=way::QUESTION_CARD icon=Icon::MESSAGE tap /> };
    Frame { way: true, floor: Some(floor.into_any()), ..Frame::default() }
        .below(way::WHAT_GOES_WRONG, view! { <Tiles>{tiles}</Tiles> }.into_any())
}

/// What to do about one of them.
#[component]
pub fn WhatToDo(circle: CircleId, route: RecordId, trouble: OnRoute) -> impl IntoView {
    let told = device::watch(circle, move |reader| async move { told::read(&reader, route).await });
    keep_awake();
    let coach = Memo::new(move |_| told.with(|told| told.as_ref()?.as_ref()?.coach.clone()));
    let to = move |screen| CompanionPlace::from(WayPlace::Route(route, screen));
    let back = Tap::from(move || replace(to(OnRoute::Wrong)));
    let floor = view! {
        <Button text=way::GO_ON icon=Icon::FORWARD appearance=Appearance::Way tap=Tap::back() />
        <Button text=way::QUESTION_CARD icon=Icon::MESSAGE tap=Tap::to(to(OnRoute::Ask)) />
    };
    let Some(one) = TROUBLES.iter().find(|one| one.screen == trouble) else { return ().into_any() };
    let todo = one.todo.iter().map(|sentence| view! { <li>{*sentence}</li> }).collect::<Vec<_>>();
    let main = view! {
        <Sentence text=one.what title=true />
        <Picture source=Source::from(one.picture) well=Well::Large />
        <ol class="what-to-do">{todo}</ol>
        {changing(move || call(coach.get()))}
    };
    Frame { way: true, back: Some(back), floor: Some(floor.into_any()), ..Frame::default() }
        .around(one.what.into(), main.into_any())
}
