//! The choices at a step: at most five pictures, on the step's own screen or behind "Lukt niet".

use opstap_core::model::{Choice, Step};
use opstap_core::{CircleId, RecordId};
use opstap_insight::Place;
use opstap_view::prelude::*;

use super::frame::Frame;
use super::going::Going;
use super::step_in_sight;
use super::walk::Walk;
use crate::awake::keep_awake;
use crate::components::{Bones, LoadingBones, SayButton, Tile, Tiles, changing};
use crate::device;
use crate::event::Tap;
use crate::navigation::go_back;
use crate::words::{Text, client};

/// The pictures to choose from, with what they say to be heard; `title` where there is no other. `then` brings the step they lead to on the screen.
pub fn choices(walk: Walk, choices: Vec<(RecordId, Choice)>, title: bool, then: fn()) -> AnyView {
    let all: Vec<String> = choices.iter().map(|(_, choice)| choice.text.clone()).collect();
    let said = Text::live(move || [client::WHAT_DO_YOU_CHOOSE.get(), &all.join(". ")].join(" "));
    let question = match title {
        true => view! { <h1 class="title">{client::WHAT_DO_YOU_CHOOSE}</h1> }.into_any(),
        false => view! { <h2>{client::WHAT_DO_YOU_CHOOSE}</h2> }.into_any(),
    };
    let three = choices.len() != 2 && choices.len() != 4;
    let tiles = choices
        .into_iter()
        .map(|(id, choice)| {
            let (text, picture) = (choice.text.clone(), device::picture(walk.circle, choice.picture.clone()));
            view! { <Tile text=Text::from(text) picture tap=move || walk.choose(id, &choice, then) /> }
        })
        .collect_view();
    view! {
        <div class="say">{question}<SayButton text=said whole=true /></div>
        <Tiles three>{tiles}</Tiles>
    }
    .into_any()
}

/// A step and its choices.
type Choosing = (Step, Vec<(RecordId, Choice)>);

/// The step that does not go, and what can be chosen instead.
#[component]
pub fn ChooseScreen(circle: CircleId, plan: RecordId) -> impl IntoView {
    let walk = Walk::begin(circle, plan);
    keep_awake();
    // The first reading stays: once a choice is made, this screen must not follow the run to the next step.
    let seen = Memo::new(move |first: Option<&Option<Choosing>>| {
        if let Some(Some(first)) = first {
            return Some(first.clone());
        }
        let (_, Place::At(at)) = walk.place()? else { return None };
        walk.read.with(|read| step_of(read.as_ref()?.as_ref()?, at))
    });
    let body = changing(move || match seen.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some((step, all)) => view! { {step_in_sight(circle, step)} {choices(walk, all, true, go_back)} }.into_any(),
    });
    let help = Tap::from(move || walk.help());
    Frame { help: Some(help), run: true, ..Frame::default() }.around(client::WHAT_DO_YOU_CHOOSE.into(), body)
}

fn step_of(going: &Going, at: RecordId) -> Option<Choosing> {
    let step = going.steps.iter().find(|step| step.id == at)?.value.clone();
    Some((step, going.choices_at(at)))
}
