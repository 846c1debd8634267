//! Today: at most five pictures, the one to do now large.

use opstap_core::{CircleId, Millis};
use opstap_view::prelude::*;

use super::{ClientPlace, number};
use crate::companion::CompanionPlace;
use crate::components::{
    Bones, Button, EmptyState, Floor, Hello, HelpButton, Icon, LoadingBones, Main, NextUp, PersonLink, ProudStairs,
    SayButton, Screen, StateChip, Tile, Tiles, TopBar, changing,
};
use crate::dates::{day_and_month, day_start, moment, spoken_time, weekday_title};
use crate::device::{self, Circle, Link};
use crate::event::Tap;
use crate::pages::shared::SharedPlace;
use crate::stories::today::{self, Day, Standing, Thing, What};
use crate::words::{Text, client};

/// The first screen of a client. It follows the clock: an app that stayed open overnight shows the new day.
#[component]
pub fn Today(circle: CircleId, name: String) -> impl IntoView {
    let midnight = RwSignal::new(day_start(device::now()));
    let look = window_event_listener(leptos::ev::focus, move |_| {
        let now = day_start(device::now());
        if midnight.get_untracked() != now {
            midnight.set(now);
        }
    });
    on_cleanup(move || look.remove());
    changing(move || view! { <OneDay circle name=name.clone() midnight=midnight.get() /> }.into_any())
}

#[component]
fn OneDay(circle: CircleId, name: String, midnight: Millis) -> impl IntoView {
    let day = device::watch(circle, move |reader| async move {
        today::arrange(today::things(&reader, midnight, device::now()).await)
    });
    let date = moment(midnight);
    let lead = view! { <Hello date=day_and_month(date) day=weekday_title(date) /> }.into_any();
    let body = changing(move || match day.get() {
        None => view! { <LoadingBones shape=Bones::Today /> }.into_any(),
        Some(day) if day.all_done => all_done(&day),
        Some(day) if day.now.is_none() && day.tiles.is_empty() => nothing_yet(circle),
        Some(day) => pictures(circle, day),
    });
    view! {
        <Screen title=client::TODAY>
            <TopBar lead>
                <StateChip state=device::state() tap=Tap::to(CompanionPlace::from(SharedPlace::NotSent)) />
                <PersonLink name label=client::ABOUT_ME tap=Tap::to(CompanionPlace::from(ClientPlace::Me)) />
            </TopBar>
            <Main>
                {changing(signed_out)}
                {body}
            </Main>
            <Floor>
                <Button
                    text=client::MY_BOOK
                    icon=Icon::BOOK
                    tap=Tap::to(CompanionPlace::from(ClientPlace::Book))
                />
                <HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) />
            </Floor>
        </Screen>
    }
}

/// The session ended: everything goes on, and somebody can make sending work again.
fn signed_out() -> AnyView {
    let message = match device::link().get() {
        Link::SignedOut => client::SIGNED_OUT,
        Link::TooOld => client::TOO_OLD,
        Link::Unknown | Link::Online | Link::Offline => return ().into_any(),
    };
    view! { <p class="card">{message}</p> }.into_any()
}

fn pictures(circle: CircleId, day: Day) -> AnyView {
    let now = day.now.map(|thing| {
        let (action, place) = match (thing.standing, thing.what) {
            (Standing::UnderWay(_), What::Plan(plan)) => (client::GO_ON, ClientPlace::Step(plan)),
            (_, What::Plan(plan)) => (client::BEGIN, ClientPlace::Plan(plan)),
            (_, What::Route(route)) => (client::LOOK, ClientPlace::Way(route)),
        };
        let picture = device::picture(circle, thing.picture);
        view! { <NextUp text=Text::from(thing.title) picture action tap=Tap::to(CompanionPlace::from(place)) /> }
    });
    let tiles = day.tiles.into_iter().map(|thing| tile(circle, thing)).collect_view();
    view! {
        {now}
        <Tiles>{tiles}</Tiles>
        {day.more.then(more)}
    }
    .into_any()
}

/// A plan or route as a tile, with when it is to be done or that it is.
pub(super) fn tile(circle: CircleId, thing: Thing) -> AnyView {
    let done = matches!(thing.standing, Standing::Done { .. });
    let place = match (thing.what, thing.standing) {
        (What::Plan(plan), Standing::UnderWay(_)) => ClientPlace::Step(plan),
        (What::Plan(plan), _) => ClientPlace::Plan(plan),
        (What::Route(route), _) => ClientPlace::Way(route),
    };
    let when: Option<Text> = match (thing.standing, thing.minutes) {
        (Standing::Done { .. }, _) => Some(client::DONE_TODAY.into()),
        (Standing::UnderWay(_), _) => Some(client::GO_ON.into()),
        (Standing::ToDo, Some(minutes)) => Some(spoken_time(minutes / 60, minutes % 60)),
        (Standing::ToDo, None) => None,
    };
    let picture = device::picture(circle, thing.picture);
    let when = when.unwrap_or_default();
    view! { <Tile text=Text::from(thing.title) picture done when tap=Tap::to(CompanionPlace::from(place)) /> }
        .into_any()
}

fn more() -> AnyView {
    view! { <Button text=client::ALL_PLANS wide=true tap=Tap::to(CompanionPlace::from(ClientPlace::Plans)) /> }
        .into_any()
}

/// Nothing to do: plans are still on their way, or nobody made one yet.
fn nothing_yet(circle: CircleId) -> AnyView {
    let on_its_way = move |circles: Vec<Circle>| circles.iter().any(|own| own.id == circle && !own.complete);
    changing(move || {
        if device::circles().get().is_some_and(on_its_way) {
            view! { <LoadingBones shape=Bones::Today /> }.into_any()
        } else {
            view! { <EmptyState picture="sun" sentence=client::NOTHING_TODAY more=client::ASK_WHO_HELPS /> }.into_any()
        }
    })
}

fn all_done(day: &Day) -> AnyView {
    let pictograms = day
        .done
        .iter()
        .map(|thing| match &thing.picture {
            Some(opstap_core::model::Picture::Pictogram(name)) => name.clone(),
            _ => "check-mark-button".to_owned(),
        })
        .collect();
    let (done, alone) = (day.done.len(), day.by_oneself);
    let others = day.more || day.tiles.iter().any(|thing| thing.standing == Standing::ToDo);
    let things = move || Text::live(move || client::things_done(done, number(done)).get());
    let by_oneself = move || Text::live(move || client::by_oneself(alone, number(alone)).get());
    let said = Text::live(move || {
        let mut said = vec![client::ALL_DONE.get().to_owned(), things().get()];
        said.extend((alone > 0).then(|| by_oneself().get()));
        said.join(". ")
    });
    let book = Tap::to(CompanionPlace::from(ClientPlace::Book));
    view! {
        <div class="pride grow">
            <ProudStairs pictograms label=things() />
            <div class="stack">
                <div class="say">
                    <p class="big strong">{client::ALL_DONE}</p>
                    <SayButton text=said />
                </div>
                <p class="told">{things()}{(alone > 0).then(|| view! { <br /><b>{by_oneself()}</b> })}</p>
            </div>
        </div>
        <Button text=client::SEE_MY_DAY icon=Icon::EYE wide=true tap=book />
        {others.then(more)}
    }
    .into_any()
}
