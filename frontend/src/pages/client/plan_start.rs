//! A plan before it begins: what it is, and one button. "Later" costs nothing.

use leptos::task::spawn_local;
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::ClientPlace;
use super::frame::Frame;
use super::going::{self, Going};
use super::pride::OwnWord;
use super::settled::later;
use crate::companion::{CompanionPlace, HOME};
use crate::components::{
    Appearance, Bones, Button, EmptyState, Icon, LoadingBones, Picture, Sentence, Well, changing, clear_toast, icon,
};
use crate::dates::{moment, place_in_week, spoken_time};
use crate::device;
use crate::event::Tap;
use crate::navigation::replace;
use crate::words::{Text, client, shared};

/// The plan, with "Begin" or, when it is under way, "Ga verder".
#[component]
pub fn PlanStart(circle: CircleId, plan: RecordId) -> impl IntoView {
    let read = device::watch(circle, move |reader| async move { going::read(&reader, plan).await });
    let busy = StoredValue::new(false);
    let go = move || {
        let Some(Some(going)) = read.get_untracked() else { return };
        if busy.get_value() {
            return;
        }
        clear_toast();
        let step = move || replace(CompanionPlace::from(ClientPlace::Step(plan)));
        if going.run.is_some() {
            return step();
        }
        busy.set_value(true);
        spawn_local(async move {
            match going::begin(circle, &going).await {
                Some(run) if going.all_gone => going::show_result(run),
                Some(_) => step(),
                None => drop(busy.try_update_value(|busy| *busy = false)),
            }
        });
    };
    let body = changing(move || match read.get() {
        None => view! { <LoadingBones shape=Bones::Step /> }.into_any(),
        Some(None) => empty(client::PLAN_GONE.into()),
        Some(Some(going)) if going.steps.is_empty() && !going.all_gone => empty(client::PLAN_EMPTY.into()),
        Some(Some(going)) => told(circle, going),
    });
    let can_go =
        move || read.with(|read| matches!(read, Some(Some(going)) if going.all_gone || !going.steps.is_empty()));
    let begin = Text::live(move || {
        let word = read.with(|read| match read {
            Some(Some(Going { all_gone: true, .. })) => shared::DONE,
            Some(Some(Going { run: Some(_), .. })) => client::GO_ON,
            _ => client::BEGIN,
        });
        word.get().to_owned()
    });
    let floor = view! {
        <Button
            text=begin
            icon=Icon::FORWARD
            appearance=Appearance::Primary
            disabled=Signal::derive(move || !can_go())
            tap=go
        />
        {later(circle, Tap::to(HOME))}
    };
    Frame { floor: Some(floor), ..Frame::default() }.around(title(read), body)
}

fn title(read: Signal<Option<Option<Going>>>) -> Text {
    Text::live(move || {
        read.with(|read| match read {
            Some(Some(going)) => going.plan.value.title.clone(),
            _ => shared::APP_NAME.get().to_owned(),
        })
    })
}

fn empty(sentence: Text) -> AnyView {
    view! { <EmptyState picture="page-facing-up" sentence more=client::ASK_WHO_HELPS /> }.into_any()
}

fn told(circle: CircleId, going: Going) -> AnyView {
    let plan = going.plan.value;
    let today = place_in_week(moment(device::now()));
    let when =
        plan.minutes_on(today).map(|minutes| view! { <p class="soft">{spoken_time(minutes / 60, minutes % 60)}</p> });
    view! {
        <Picture source=device::picture(circle, plan.picture) well=Well::Large />
        <Sentence text=Text::from(plan.title) title=true />
        {when}
        {on_this_device(circle, going.plan.id)}
        <OwnWord circle plan=going.plan.id />
    }
    .into_any()
}

/// Whether all pictures and sounds are here; a plan with some on their way can be done all the same.
fn on_this_device(circle: CircleId, plan: RecordId) -> impl IntoView {
    let is_ready = device::is_ready_for_the_way(circle, plan);
    changing(move || match is_ready.get() {
        None => ().into_any(),
        Some(true) => {
            let ready = client::READY_FOR_THE_WAY;
            view! { <p class="row"><span class="chip sent">{icon(Icon::CHECK)}<span>{ready}</span></span></p> }
                .into_any()
        }
        Some(false) => view! { <p class="soft">{client::NOT_ALL_HERE}</p> }.into_any(),
    })
}
