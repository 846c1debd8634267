//! The programme of the organisation, for coordinators: who was registered and where that stands, who the volunteers are, and who fits whom.

mod figures;
mod files;
mod groups;
mod in_step;
mod list;
mod matching;
mod read;
mod register;
mod registered;
mod row_changes;
mod setup;
mod spent;
mod volunteer;
mod volunteers;

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::frame::{Page, Part};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane, Tab, Tabs};
use crate::components::{Bones, EmptyState, LoadingBones, changing};
use crate::device;
use crate::event::Tap;
use crate::words::{self, Word, desk, programme};

pub(super) use in_step::keep_row_in_step;
pub(super) use read::{channel_word, circle, indication_word, mode_word};

/// The parts of the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Registrations,
    Volunteers,
    Groups,
    Figures,
    Files,
    Setup,
}

/// Who was registered.
pub(super) fn registrations() -> AnyView {
    within(programme::PROGRAMME, |circle| view! { <list::Registrations circle /> }.into_any())
}

/// What it comes to.
pub(super) fn figures() -> AnyView {
    within(programme::FIGURES, |circle| view! { <figures::FiguresPage circle /> }.into_any())
}

/// How it is set up.
pub(super) fn setup() -> AnyView {
    within(programme::SETUP, |circle| view! { <setup::Setup circle /> }.into_any())
}

/// To and from files.
pub(super) fn files() -> AnyView {
    within(programme::FILES, |circle| view! { <files::Files circle /> }.into_any())
}

/// Somebody is registered.
pub(super) fn register() -> AnyView {
    within(programme::NEW_REGISTRATION, |circle| view! { <register::Register circle /> }.into_any())
}

/// The volunteers.
pub(super) fn volunteers() -> AnyView {
    within(programme::VOLUNTEERS, |circle| view! { <volunteers::Volunteers circle /> }.into_any())
}

/// One volunteer.
pub(super) fn volunteer(id: RecordId) -> AnyView {
    within(programme::VOLUNTEERS, move |circle| view! { <volunteer::VolunteerPage circle id /> }.into_any())
}

/// The groups.
pub(super) fn groups() -> AnyView {
    within(words::groups::GROUPS, |circle| view! { <groups::Groups circle /> }.into_any())
}

/// One group.
pub(super) fn group(id: RecordId) -> AnyView {
    within(words::groups::GROUPS, move |circle| view! { <groups::GroupPage circle id /> }.into_any())
}

/// A session of a group.
pub(super) fn session(group: RecordId, id: Option<RecordId>) -> AnyView {
    within(words::groups::SESSION, move |circle| view! { <groups::Session circle group id /> }.into_any())
}

/// Who fits somebody.
pub(super) fn matching(registration: RecordId) -> AnyView {
    within(programme::MATCHING, move |circle| view! { <matching::Matching circle registration /> }.into_any())
}

/// A screen of the programme, once that is known; whoever has none hears the same as for what is not there.
fn within(title: Word, screen: impl Fn(CircleId) -> AnyView + 'static) -> AnyView {
    let (programme, circles) = (circle(), device::circles());
    let known = Memo::new(move |_| circles.with(Option::is_some));
    let body = changing(move || match (programme.get(), known.get()) {
        (Some(circle), _) => screen(circle),
        (None, false) => {
            view! { <Bar title /><Columns><Pane><LoadingBones shape=Bones::Rows(5) /></Pane></Columns><Foot>""</Foot> }
                .into_any()
        }
        (None, true) => view! {
            <Bar title />
            <EmptyState picture="locked" sentence=desk::NOT_THERE more=programme::FOR_COORDINATORS />
            <Foot>""</Foot>
        }
        .into_any(),
    });
    view! { <Page title part=Part::Programme>{body}</Page> }.into_any()
}

fn parts(shown: Shown) -> AnyView {
    let is = move |part| Signal::derive(move || part == shown);
    view! {
        <Tabs label=programme::PROGRAMME>
            <Tab text=programme::REGISTRATIONS tap=Tap::to(DeskPlace::Programme) current=is(Shown::Registrations) />
            <Tab text=programme::FIGURES tap=Tap::to(DeskPlace::Figures) current=is(Shown::Figures) />
            <Tab text=programme::VOLUNTEERS tap=Tap::to(DeskPlace::Volunteers) current=is(Shown::Volunteers) />
            <Tab text=words::groups::GROUPS tap=Tap::to(DeskPlace::Groups) current=is(Shown::Groups) />
            <Tab text=programme::FILES tap=Tap::to(DeskPlace::ProgrammeFiles) current=is(Shown::Files) />
            <Tab text=programme::SETUP tap=Tap::to(DeskPlace::ProgrammeSetup) current=is(Shown::Setup) />
        </Tabs>
    }
    .into_any()
}
