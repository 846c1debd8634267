//! Looking back on the phone: the history of a plan or route, what was removed, what was set apart; and the ways there from a circle.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Icon, ListRow, Main, Screen, StateChip, TopBar, changing, icon};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::look_back::{History, Removed, SetApart, gone, has_a_say};
use crate::words::{Text, Word, past};

/// The screen at one of these places.
pub fn screen(place: SupporterPlace) -> AnyView {
    match place {
        SupporterPlace::History(circle, record) => {
            framed(past::HISTORY, view! { <History circle record /> }.into_any())
        }
        SupporterPlace::Removed(circle) => framed(past::GONE, view! { <Removed circle /> }.into_any()),
        SupporterPlace::Apart(circle) => framed(past::SET_APART, view! { <SetApart circle /> }.into_any()),
        _ => ().into_any(),
    }
}

fn framed(title: Word, list: AnyView) -> AnyView {
    view! {
        <Screen title>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main><h1 class="title">{title}</h1>{list}</Main>
        </Screen>
    }
    .into_any()
}

/// What was removed and what was set apart in a circle, each where there is something.
#[component]
pub fn WaysBack(circle: CircleId) -> impl IntoView {
    let removed = device::watch(circle, gone);
    let circles = device::circles();
    let answers =
        Memo::new(move |_| circles.get().iter().flatten().any(|known| known.id == circle && has_a_say(known.relation)));
    changing(move || {
        let removed = removed.with(|gone| gone.as_ref().map_or(0, Vec::len));
        // Only whoever may have a say asks the server, so that others spend no bytes on it.
        let waits = if answers.get() { device::waits_in().get() } else { Vec::new() };
        let apart = waits.iter().find(|(of, _)| *of == circle).map_or(0, |(_, count)| *count);
        view! {
            {(removed > 0).then(|| row(past::gone_count(removed), SupporterPlace::Removed(circle)))}
            {(apart > 0).then(|| row(past::set_apart_count(apart), SupporterPlace::Apart(circle)))}
        }
        .into_any()
    })
}

/// A row that leads somewhere.
fn row(text: Text, place: SupporterPlace) -> AnyView {
    view! { <li><ListRow text tap=Tap::to(place)>{icon(Icon::FORWARD)}</ListRow></li> }.into_any()
}
