//! The frame of the professional's screens: the rail with the places, and at its foot whether everything is sent.

use opstap_core::CircleId;
use opstap_core::model::{CircleKind, Relation};
use opstap_view::prelude::*;

use super::counted::counted;
use super::place::DeskPlace;
use super::programme;
use crate::components::desk::{DeskScreen, Rail, RailFoot, RailLink};
use crate::components::{Appearance, Button, Icon, Person, Saved, StateChip, StateMark, changing};
use crate::dates::{clock_time, moment};
use crate::device::{self, Circle, Link};
use crate::event::Tap;
use crate::keys::on_key;
use crate::navigation::go_to;
use crate::pages::shared::look_back::has_a_say;
use crate::stories;
use crate::words::{Text, desk, following, guidance, hours, past, programme as words, search, training};

/// The part of the desk that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Attention,
    Clients,
    Hours,
    Programme,
    Tray,
    Apart,
    FollowUps,
    Search,
    Settings,
}

impl Part {
    /// The part that a place of the programme's bundle lies in; of any other the first.
    pub(super) const fn of(place: DeskPlace) -> Self {
        match place {
            DeskPlace::FollowUps => Self::FollowUps,
            DeskPlace::Hours | DeskPlace::Reports => Self::Hours,
            DeskPlace::Programme
            | DeskPlace::Figures
            | DeskPlace::ProgrammeFiles
            | DeskPlace::ProgrammeSetup
            | DeskPlace::Register
            | DeskPlace::Match(_)
            | DeskPlace::Volunteers
            | DeskPlace::Volunteer(_)
            | DeskPlace::Groups
            | DeskPlace::Group(_)
            | DeskPlace::GroupSession(..) => Self::Programme,
            _ => Self::Clients,
        }
    }
}

/// The circles of the clients this person supports.
pub(super) fn clients(circles: Vec<Circle>) -> Vec<Circle> {
    let supported = |circle: &Circle| circle.kind == CircleKind::Client && circle.relation != Some(Relation::Client);
    circles.into_iter().filter(supported).collect()
}

/// Whether this person is a neighbourhood coach and nothing else: they see what is shared with them, and follow nobody.
pub(super) fn is_coach() -> Memo<bool> {
    let circles = device::circles();
    Memo::new(move |_| {
        let all = clients(circles.get().unwrap_or_default());
        !all.is_empty() && all.iter().all(|circle| circle.relation == Some(Relation::NeighbourhoodCoach))
    })
}

/// The first name of the client of a circle; empty while it is not known.
pub(super) fn client_name(circle: CircleId) -> Signal<String> {
    let circles = device::circles();
    Signal::derive(move || {
        let found = circles.with(|all| all.iter().flatten().find(|one| one.id == circle).map(|one| one.name.clone()));
        found.unwrap_or_default()
    })
}

/// Whether a circle is there; none until it is known. What may not be seen is said to be not there in the same sentence.
pub(super) fn known(circle: CircleId) -> Memo<Option<bool>> {
    let circles = device::circles();
    Memo::new(move |_| circles.with(|all| all.as_ref().map(|all| all.iter().any(|one| one.id == circle))))
}

/// The way back to the plans of a client, by their name.
pub(super) fn back_to_plans(circle: CircleId) -> AnyView {
    let name = client_name(circle);
    view! {
        <Button
            text=Text::live(move || desk::plans_of(name.get()).get())
            icon=Icon::BACK
            appearance=Appearance::Plain
            tap=Tap::to(DeskPlace::Plans(circle))
        />
    }
    .into_any()
}

/// A screen of the desk: the rail, and the children beside it.
#[component]
pub(super) fn Page(#[prop(into)] title: Text, part: Part, children: Children) -> impl IntoView {
    on_key("/", || go_to(DeskPlace::Search));
    view! { <DeskScreen title rail=rail(part)>{children()}</DeskScreen> }
}

fn rail(part: Part) -> AnyView {
    let coach = is_coach();
    let links = changing(move || if coach.get() { links_of_coach(part) } else { links(part) });
    view! {
        <Rail>
            {links}
            <RailFoot>
                <StateChip state=device::state() tap=Tap::to(DeskPlace::Tray) />
                <span class="soft contact">{link_says()}</span>
                <Me />
            </RailFoot>
        </Rail>
    }
    .into_any()
}

fn links_of_coach(part: Part) -> AnyView {
    let is = move |other| Signal::derive(move || part == other);
    view! {
        <RailLink text=guidance::SHARED_WITH_YOU icon=Icon::PEOPLE tap=Tap::to(DeskPlace::SharedWithMe) current=is(Part::Clients) />
        <RailLink text=desk::SETTINGS icon=Icon::MORE tap=Tap::to(DeskPlace::Settings) current=is(Part::Settings) />
    }
    .into_any()
}

fn links(part: Part) -> AnyView {
    let circles = device::circles();
    let state = device::state();
    let count = Signal::derive(move || circles.get().map_or(0, |circles| clients(circles).len()));
    let problems = Signal::derive(move || state.get().problems);
    let counted = counted();
    let (asks, due) = (Signal::derive(move || counted.get().0), Signal::derive(move || counted.get().1));
    let is = move |other| Signal::derive(move || part == other);
    view! {
            <RailLink text=following::ATTENTION icon=Icon::BELL tap=Tap::to(DeskPlace::Attention) current=is(Part::Attention) count=asks />
            <RailLink text=desk::CLIENTS icon=Icon::PEOPLE tap=Tap::to(DeskPlace::Clients) current=is(Part::Clients) count />
            <RailLink text=hours::HOURS icon=Icon::CLOCK tap=Tap::to(DeskPlace::Hours) current=is(Part::Hours) />
            {programme_link(is(Part::Programme))}
            <RailLink text=desk::TRAY icon=Icon::WARNING tap=Tap::to(DeskPlace::Tray) current=is(Part::Tray) count=problems />
            {apart(is(Part::Apart))}
            <RailLink text=training::FOLLOW_UPS icon=Icon::CLOCK tap=Tap::to(DeskPlace::FollowUps) current=is(Part::FollowUps) count=due />
            <RailLink text=search::SEARCH icon=Icon::SEARCH tap=Tap::to(DeskPlace::Search) current=is(Part::Search) />
            <RailLink text=desk::SETTINGS icon=Icon::MORE tap=Tap::to(DeskPlace::Settings) current=is(Part::Settings) />
    }
    .into_any()
}

/// The programme, for whoever may see it.
fn programme_link(current: Signal<bool>) -> AnyView {
    let there = programme::circle();
    changing(move || {
        if there.get().is_none() {
            return ().into_any();
        }
        view! { <RailLink text=words::PROGRAMME icon=Icon::STAIRS tap=Tap::to(DeskPlace::Programme) current /> }
            .into_any()
    })
}

/// The place for what was set apart, for whoever may have a say in it, as long as something waits there.
fn apart(current: Signal<bool>) -> AnyView {
    let circles = device::circles();
    let answers = Memo::new(move |_| circles.get().iter().flatten().any(|circle| has_a_say(circle.relation)));
    let waits = Memo::new(move |_| if answers.get() { device::waits_in().get() } else { None });
    let count = Signal::derive(move || waits.get().iter().flatten().map(|waits| waits.count).sum::<usize>());
    let stands = Memo::new(move |_| current.get() || count.get() > 0);
    changing(move || {
        if !stands.get() {
            return ().into_any();
        }
        view! { <RailLink text=past::SET_APART icon=Icon::LOCK tap=Tap::to(DeskPlace::Apart) current count /> }
            .into_any()
    })
}

/// When the server last answered, or why it does not now.
pub(super) fn link_says() -> Text {
    let (link, last) = (device::link(), device::last_contact());
    Text::live(move || match (link.get(), last.get()) {
        (Link::SignedOut, _) => desk::SIGNED_OUT.get().to_owned(),
        (Link::TooOld, _) => desk::TOO_OLD.get().to_owned(),
        (Link::Offline, _) => desk::OFFLINE.get().to_owned(),
        (Link::Unknown | Link::Online, Some(at)) => desk::updated_at(clock_time(moment(at)).get()).get(),
        (Link::Unknown | Link::Online, None) => String::new(),
    })
}

/// Who is at work here, by the name the circles know them by.
#[component]
fn Me() -> impl IntoView {
    let circles = device::circles();
    let first = Memo::new(move |_| circles.get().and_then(|circles| clients(circles).first().map(|circle| circle.id)));
    changing(move || {
        let (Some(circle), Some(me)) = (first.get(), device::me()) else { return ().into_any() };
        let name =
            device::watch(
                circle,
                move |reader| async move { stories::name_of(&stories::members(&reader).await, me.id) },
            );
        let name = Signal::derive(move || name.get().unwrap_or_default());
        view! { <span class="row me"><Person name /><b>{Text::from(name)}</b></span> }.into_any()
    })
}

/// The state of a row in a list: rows say only what is not sent.
pub(super) fn unsent(saved: Saved) -> Option<AnyView> {
    (saved != Saved::Sent).then(|| view! { <StateMark saved /> }.into_any())
}
