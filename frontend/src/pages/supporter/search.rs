//! Searching on a supporter's phone: whom they support, and plans and messages.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::search::{found_row, search};
use crate::stories::search::{Found, What};
use crate::words::search as words;

/// The screen.
pub fn screen() -> AnyView {
    view! {
        <Screen title=words::SEARCH>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main>
                <h1 class="title">{words::SEARCH}</h1>
                {search(row)}
            </Main>
        </Screen>
    }
    .into_any()
}

fn row(found: Found) -> AnyView {
    let tap = place(found.thing.what, found.thing.circle);
    found_row(found, tap.map(Tap::to), ().into_any())
}

/// Where what was found is.
const fn place(what: What, circle: CircleId) -> Option<SupporterPlace> {
    match what {
        What::Plan(plan) => Some(SupporterPlace::Plan(circle, plan)),
        What::Client => Some(SupporterPlace::Circle(circle)),
        What::Message(_) => Some(SupporterPlace::Messages(circle)),
        // A template is taken over at the desk.
        What::Template(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use opstap_core::Millis;

    use super::*;

    #[test]
    fn a_message_leads_to_its_conversation() {
        let circle = CircleId([3; 16]);
        assert_eq!(place(What::Message(Millis(1)), circle), Some(SupporterPlace::Messages(circle)));
        assert_eq!(place(What::Client, circle), Some(SupporterPlace::Circle(circle)));
    }
}
