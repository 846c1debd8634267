//! The screens of a client: one thing on each, and help in the same place.

mod book;
mod consent;
mod going;
mod help;
mod me;
mod not_managed;
mod people;
mod place;
mod plan_start;
mod plans;
mod result;
mod share;
mod step;
mod today;
mod way;
mod who_looked;

pub use place::ClientPlace;

use opstap_core::CircleId;
use opstap_core::model::Step;
use opstap_view::prelude::*;

use crate::components::{Picture, Toast, Well, show_toast};
use crate::device::{self, NotKept, Trouble};
use crate::words::{Word, client, shared};

/// The client's own circle.
#[derive(Clone, PartialEq, Eq)]
pub struct Own {
    /// The circle.
    pub circle: CircleId,
    /// The client's first name.
    pub name: String,
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
        ClientPlace::Help(plan) => view! { <help::Help circle plan /> }.into_any(),
        ClientPlace::Result(run) => view! { <result::RunResult circle run /> }.into_any(),
        ClientPlace::Share(photo) => view! { <share::Share circle photo /> }.into_any(),
        ClientPlace::Book => view! { <book::Book circle /> }.into_any(),
        ClientPlace::Consent => view! { <consent::Consents circle /> }.into_any(),
        ClientPlace::WhoLooked => view! { <who_looked::WhoLooked circle /> }.into_any(),
        ClientPlace::Way(route) => view! { <way::Way circle route /> }.into_any(),
        ClientPlace::Me => view! { <me::Me name=own.name.clone() /> }.into_any(),
    }
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
