//! Looking back on the phone: the history of a plan or route, what was removed, what was set apart; and the ways there from a circle.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Icon, ListRow, Main, Screen, StateChip, TopBar, changing, icon};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::look_back::{self, LookBack, has_a_say};
use crate::words::{Text, past};

/// The screen at one of these places.
pub fn screen(place: SupporterPlace) -> AnyView {
    let (title, circle, look) = match place {
        SupporterPlace::History(circle, record) => (past::HISTORY, circle, look_back::history(record)),
        SupporterPlace::Removed(circle) => (past::GONE, circle, look_back::removed()),
        SupporterPlace::Apart(circle) => (past::SET_APART, circle, look_back::apart()),
        _ => return ().into_any(),
    };
    view! {
        <Screen title>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main><h1 class="title">{title}</h1><LookBack circle look /></Main>
        </Screen>
    }
    .into_any()
}

/// The ways to what was removed in a circle, and to what was set apart where there is something.
#[component]
pub fn WaysBack(circle: CircleId) -> impl IntoView {
    let circles = device::circles();
    let answers =
        Memo::new(move |_| circles.get().iter().flatten().any(|known| known.id == circle && has_a_say(known.relation)));
    let apart = changing(move || {
        // Only whoever may have a say asks the server, so that others spend no bytes on it.
        let waits = if answers.get() { device::waits_in().get() } else { None };
        let apart = waits.iter().flatten().find(|waits| waits.circle == circle).map(|waits| waits.count);
        apart.map(|count| to(past::set_apart_count(count), SupporterPlace::Apart(circle))).into_any()
    });
    view! { {to(past::GONE.into(), SupporterPlace::Removed(circle))} {apart} }
}

/// A row that leads somewhere.
pub fn to(text: Text, place: SupporterPlace) -> AnyView {
    view! { <li><ListRow text tap=Tap::to(place)>{icon(Icon::FORWARD)}</ListRow></li> }.into_any()
}
