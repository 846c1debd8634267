//! The screens of a client: one thing on each, and help in the same place.

mod add;
mod book;
mod choices;
mod draft;
mod followed;
mod frame;
mod going;
mod help;
mod intake;
mod keepsake;
mod mastered;
mod me;
mod messages;
mod not_managed;
mod people;
mod place;
mod plan_start;
mod plans;
mod pride;
mod result;
mod rings;
mod settled;
mod share;
mod step;
mod timer;
mod today;
mod walk;
mod way;
mod ways;
mod who_looked;

use frame::Frame;
pub use place::ClientPlace;
pub use way::{OnRoute, WayPlace};

use opstap_core::CircleId;
use opstap_core::model::Step;
use opstap_view::prelude::*;

use crate::companion::CompanionPlace;
use crate::components::{Floor, HelpButton, Picture, Toast, Well, show_toast};
use crate::device::{self, NotKept, Trouble};
use crate::event::Tap;
use crate::pages::shared::look_back::{self, Look, LookBack};
use crate::pages::shared::{not_now, notices};
use crate::words::{Word, client, past, shared};

/// The client's own circle.
#[derive(Clone, PartialEq, Eq)]
pub struct Own {
    /// The circle.
    pub circle: CircleId,
    /// The client's first name.
    pub name: String,
}

/// Help, in its place below a screen that supporters have too.
pub fn help_floor() -> AnyView {
    view! { <Floor><HelpButton tap=Tap::to(CompanionPlace::from(ClientPlace::Help(None))) /></Floor> }.into_any()
}

/// Today.
pub fn home(own: &Own) -> AnyView {
    view! { <today::Today circle=own.circle name=own.name.clone() /> }.into_any()
}

/// The screen at a place.
pub fn screen(own: &Own, place: ClientPlace) -> AnyView {
    let circle = own.circle;
    match place {
        ClientPlace::Plans => view! { <plans::Plans circle /> }.into_any(),
        ClientPlace::Plan(plan) => view! { <plan_start::PlanStart circle plan /> }.into_any(),
        ClientPlace::Step(plan) => view! { <step::StepScreen circle plan /> }.into_any(),
        ClientPlace::NotManaged(plan) => view! { <not_managed::NotManaged circle plan /> }.into_any(),
        ClientPlace::Choose(plan) => view! { <choices::ChooseScreen circle plan /> }.into_any(),
        ClientPlace::Help(plan) => {
            let at = plan.map(|plan| (plan, help::step_now as help::StepNow));
            view! { <help::Help circle at /> }.into_any()
        }
        ClientPlace::Result(run) => view! { <result::RunResult circle run /> }.into_any(),
        ClientPlace::Share(id) => view! { <share::Share circle id /> }.into_any(),
        ClientPlace::Add => view! { <add::Add circle /> }.into_any(),
        ClientPlace::Mastered(plan) => view! { <mastered::Mastered circle plan /> }.into_any(),
        ClientPlace::Book => view! { <book::Book circle /> }.into_any(),
        ClientPlace::WhoLooked
        | ClientPlace::Removed
        | ClientPlace::Apart
        | ClientPlace::Notices
        | ClientPlace::Way(_) => without_internet(),
        ClientPlace::Messages(None) => view! { <messages::Messages circle /> }.into_any(),
        ClientPlace::Messages(Some(with)) => view! { <messages::MessagesWith circle with /> }.into_any(),
        ClientPlace::Me => {
            rings::keep_ringing(circle, Signal::stored(true));
            view! { <me::Me circle name=own.name.clone() /> }.into_any()
        }
    }
}

/// The screen at a place of the bundle for on the way; the companion does not have these.
pub fn on_the_way(own: &Own, place: WayPlace) -> AnyView {
    way::screen(own.circle, place)
}

/// Help, with no plan that it is about.
pub fn help(own: &Own) -> AnyView {
    view! { <help::Help circle=own.circle at=None /> }.into_any()
}

/// The screen at a place that is asked of the server alone; the companion does not have these.
pub fn of_the_server(own: &Own, place: ClientPlace) -> AnyView {
    let circle = own.circle;
    match place {
        ClientPlace::WhoLooked => view! { <who_looked::WhoLooked circle /> }.into_any(),
        ClientPlace::Removed => looks_back(circle, past::GONE, look_back::removed_from_me()),
        ClientPlace::Apart => looks_back(circle, past::SET_APART, look_back::apart()),
        ClientPlace::Notices => Frame::default().below(shared::NOTICES, notices()),
        _ => without_internet(),
    }
}

/// In the place of what only the server knows, while it cannot be reached.
pub fn without_internet() -> AnyView {
    Frame::default().around(shared::ONLY_ONLINE.into(), not_now(device::sync_now))
}

/// What a client decides: whether what was removed goes for good, and whether what came too late counts.
fn looks_back(circle: CircleId, title: Word, look: Look) -> AnyView {
    Frame::default().below(title, view! { <LookBack circle look /> }.into_any())
}

/// A tap could not be kept: what to do, without a word about why. The screen stays as it is.
fn say_not_kept(_: NotKept) {
    show_toast(Toast::new(client::TAP_AGAIN));
}

/// What a client hears where something goes wrong under the screens: never that it did.
pub const fn says(trouble: Trouble) -> Option<Word> {
    match trouble {
        Trouble::Full => Some(client::DEVICE_FULL),
        Trouble::PhotoWaits => Some(client::PHOTO_WAITS),
        Trouble::Store => Some(shared::CLOSE_AND_OPEN),
        // It comes back by itself.
        Trouble::Lost => None,
        Trouble::Newer => Some(client::TOO_OLD),
        Trouble::NotKept => Some(shared::NOT_ALLOWED_NOW),
    }
}

/// The word for a small count, to begin a sentence with; a large one in figures.
fn number(count: usize) -> String {
    let words = [
        client::NUMBER_0,
        client::NUMBER_1,
        client::NUMBER_2,
        client::NUMBER_3,
        client::NUMBER_4,
        client::NUMBER_5,
        client::NUMBER_6,
        client::NUMBER_7,
        client::NUMBER_8,
        client::NUMBER_9,
        client::NUMBER_10,
    ];
    words.get(count).map_or_else(|| count.to_string(), |word| word.get().to_owned())
}

/// A step kept in sight, small, above what can be chosen.
fn step_in_sight(circle: CircleId, step: Step) -> AnyView {
    let source = device::picture(circle, step.picture);
    view! {
        <div class="in-sight">
            <Picture source well=Well::Wide />
            <span>{step.text}</span>
        </div>
    }
    .into_any()
}
