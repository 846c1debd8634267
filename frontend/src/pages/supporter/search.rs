//! Searching on a supporter's phone: whom they support, and plans and messages.

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
    let circle = found.thing.circle;
    let tap = match found.thing.what {
        What::Plan(plan) => Some(SupporterPlace::Plan(circle, plan)),
        What::Client => Some(SupporterPlace::Circle(circle)),
        What::Message(_) => Some(SupporterPlace::Messages(circle)),
        // A template is taken over at the desk.
        What::Template(_) => None,
    };
    found_row(found, tap.map(Tap::to), ().into_any())
}
