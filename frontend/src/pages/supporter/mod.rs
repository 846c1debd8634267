//! The screens of volunteers, carers and parents.

mod arranged;
mod arrivals;
mod circle;
mod edit_route;
mod feedback;
mod finish;
mod guide;
mod handover;
mod home;
mod look_back;
pub mod means;
mod messages;
mod new_plan;
mod newest;
mod paper;
mod place;
mod plan;
mod practice;
mod preferences;
mod print;
mod report;
mod route;
mod run;
mod search;
pub mod situations;
mod training;

pub use place::SupporterPlace;

use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::pages::shared;

/// The screen at a place.
pub fn screen(place: SupporterPlace) -> AnyView {
    match place {
        SupporterPlace::Home => view! { <home::Home /> }.into_any(),
        SupporterPlace::Circle(circle) => first(circle),
        SupporterPlace::Notices => shared::notices_screen(),
        SupporterPlace::Search => search::screen(),
        SupporterPlace::Guide => guide::screen(),
        SupporterPlace::Tour => guide::tour(),
        SupporterPlace::Shared(place) => {
            shared::screen(place, shared::look_back::tray, SupporterPlace::Home, shared::no_floor)
        }
        SupporterPlace::Plan(circle, _)
        | SupporterPlace::PrintPlan(circle, _)
        | SupporterPlace::PrintWeek(circle)
        | SupporterPlace::Run(circle, _)
        | SupporterPlace::PaperRun(circle, _)
        | SupporterPlace::Together(circle, _)
        | SupporterPlace::PaperPractice(circle, _)
        | SupporterPlace::NewPlan(circle)
        | SupporterPlace::Photos(circle, _)
        | SupporterPlace::Route(circle, _)
        | SupporterPlace::EditRoute(circle, _)
        | SupporterPlace::Practice(circle, _)
        | SupporterPlace::Finish(circle, _)
        | SupporterPlace::Report(circle, _)
        | SupporterPlace::Feedback(circle, _)
        | SupporterPlace::Handover(circle, _)
        | SupporterPlace::History(circle, _)
        | SupporterPlace::Removed(circle)
        | SupporterPlace::Apart(circle)
        | SupporterPlace::DaysOff(circle)
        | SupporterPlace::Arranged(circle)
        | SupporterPlace::Messages(circle)
        | SupporterPlace::Preferences(circle) => shared::unless_locked(circle, first, move || inside(place)),
    }
}

fn first(circle: CircleId) -> AnyView {
    view! { <circle::CirclePage circle /> }.into_any()
}

/// A screen of one circle.
fn inside(place: SupporterPlace) -> AnyView {
    match place {
        SupporterPlace::Plan(circle, plan) => view! { <plan::PlanPage circle plan /> }.into_any(),
        SupporterPlace::PrintPlan(circle, plan) => print::plan(circle, plan),
        SupporterPlace::PrintWeek(circle) => print::of_week(circle),
        SupporterPlace::PaperRun(circle, plan) => paper::run(circle, plan),
        SupporterPlace::Together(circle, plan) => plan::together(circle, plan),
        SupporterPlace::PaperPractice(circle, route) => paper::practice(circle, route),
        SupporterPlace::NewPlan(circle) => new_plan::begin(circle),
        SupporterPlace::Photos(circle, plan) => new_plan::photos(circle, plan),
        SupporterPlace::Route(circle, route) => view! { <route::RoutePage circle route /> }.into_any(),
        SupporterPlace::EditRoute(circle, route) => edit_route::screen(circle, route),
        SupporterPlace::Practice(circle, id) => view! { <practice::PracticePage circle id /> }.into_any(),
        SupporterPlace::Finish(circle, id) => view! { <finish::FinishPage circle id /> }.into_any(),
        SupporterPlace::Report(circle, id) => view! { <report::ReportPage circle id /> }.into_any(),
        SupporterPlace::Feedback(circle, id) => view! { <feedback::FeedbackPage circle id /> }.into_any(),
        SupporterPlace::Handover(circle, id) => view! { <handover::HandoverPage circle trajectory=id /> }.into_any(),
        SupporterPlace::Run(circle, run) => view! { <run::RunPage circle run /> }.into_any(),
        SupporterPlace::Messages(circle) => view! { <messages::Messages circle /> }.into_any(),
        SupporterPlace::Preferences(circle) => preferences::screen(circle),
        SupporterPlace::DaysOff(circle) => preferences::days_off(circle),
        SupporterPlace::Arranged(circle) => arranged::screen(circle),
        _ => look_back::screen(place),
    }
}
