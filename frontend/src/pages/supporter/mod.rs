//! The screens of volunteers, carers and parents.

mod circle;
mod finish;
mod home;
mod look_back;
pub mod means;
mod place;
mod plan;
mod practice;
mod report;
mod route;
pub mod situations;

pub use place::SupporterPlace;

use opstap_view::prelude::*;

use crate::pages::shared;

/// The screen at a place.
pub fn screen(place: SupporterPlace) -> AnyView {
    match place {
        SupporterPlace::Home => view! { <home::Home /> }.into_any(),
        SupporterPlace::Circle(circle) => view! { <circle::CirclePage circle /> }.into_any(),
        SupporterPlace::Plan(circle, plan) => view! { <plan::PlanPage circle plan /> }.into_any(),
        SupporterPlace::Route(circle, route) => view! { <route::RoutePage circle route /> }.into_any(),
        SupporterPlace::Practice(circle, id) => view! { <practice::PracticePage circle id /> }.into_any(),
        SupporterPlace::Finish(circle, id) => view! { <finish::FinishPage circle id /> }.into_any(),
        SupporterPlace::Report(circle, id) => view! { <report::ReportPage circle id /> }.into_any(),
        SupporterPlace::History(..) | SupporterPlace::Removed(_) | SupporterPlace::Apart(_) => look_back::screen(place),
        SupporterPlace::Shared(place) => shared::screen(place, shared::look_back::tray, SupporterPlace::Home),
    }
}
