//! The screens of the bundle for on the way: a route as a step plan, what to do when it goes wrong, what to ask a passer-by, arriving, and
//! the client's own word in a travel training. What a client seldom opens stands here too.

mod arrived;
mod ask;
mod asked;
mod calling;
mod consent;
mod evaluation;
mod follow_up;
mod going;
mod guide;
mod handover;
mod parts;
mod place;
mod ready;
mod remind;
mod told;
mod travel;
mod vehicle;
mod visits;
mod wrong;

pub use consent::shown_as;
pub use place::{OnRoute, WayPlace};

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::settled::settled;
use crate::components::EmptyState;
use crate::words::client;

/// The screen at a place.
pub fn screen(circle: CircleId, place: WayPlace) -> AnyView {
    // Whether words or pictures are seen holds here too.
    settled(circle);
    match place {
        WayPlace::Route(route, screen) => of_route(circle, route, screen),
        WayPlace::Asked => view! { <asked::Asked circle /> }.into_any(),
        WayPlace::Agreed => view! { <asked::Agreed circle /> }.into_any(),
        WayPlace::Consent => view! { <consent::Consents circle /> }.into_any(),
        WayPlace::Evaluation => view! { <evaluation::ReadEvaluation circle /> }.into_any(),
        WayPlace::Visits => view! { <visits::Visits circle /> }.into_any(),
        WayPlace::Remind => view! { <remind::Remind circle /> }.into_any(),
        WayPlace::Guide => guide::screen(),
        WayPlace::Tour => guide::tour(),
    }
}

fn of_route(circle: CircleId, route: RecordId, screen: OnRoute) -> AnyView {
    match screen {
        OnRoute::Ready => view! { <ready::Ready circle route /> }.into_any(),
        OnRoute::Parts => view! { <parts::Parts circle route /> }.into_any(),
        OnRoute::Go => view! { <travel::Travel circle route /> }.into_any(),
        OnRoute::Wrong => wrong::screen(route),
        OnRoute::WrongStop | OnRoute::NotRunning | OnRoute::Lost | OnRoute::Afraid | OnRoute::CardFails => {
            view! { <wrong::WhatToDo circle route trouble=screen /> }.into_any()
        }
        OnRoute::Ask => view! { <ask::Ask circle route /> }.into_any(),
        OnRoute::There => view! { <arrived::There circle route /> }.into_any(),
    }
}

/// In the place of a route that is there no longer.
fn gone() -> AnyView {
    view! { <EmptyState picture="round-pushpin" sentence=client::ROUTE_GONE more=client::ASK_WHO_HELPS /> }.into_any()
}
