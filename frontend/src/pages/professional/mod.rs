//! The screens of professionals and coordinators: who needs somebody, how plans and routes go, and making plans with words and pictures.

mod client_head;
mod clients;
mod consents;
mod copy;
mod edit_plan;
mod example;
mod examples;
mod frame;
mod glance;
mod help_plot;
mod help_table;
mod look_back;
mod overview;
mod pair;
mod place;
mod plans;
mod practices;
mod questions;
mod run;
mod run_line;
mod settings;
mod travel;
mod tray;

pub use pair::PairAtDesk;
pub use place::{DeskPlace, HOME};

use opstap_view::prelude::*;

/// The screen at a place.
pub fn screen(place: DeskPlace) -> AnyView {
    match place {
        DeskPlace::Clients => view! { <clients::Clients /> }.into_any(),
        DeskPlace::Client(circle) => view! { <overview::Overview circle /> }.into_any(),
        DeskPlace::Plans(circle) => view! { <plans::Plans circle /> }.into_any(),
        DeskPlace::Plan(circle, plan) => view! { <edit_plan::EditPlan circle plan /> }.into_any(),
        DeskPlace::Examples(circle) => view! { <examples::Examples circle /> }.into_any(),
        DeskPlace::Example(circle, template) => view! { <example::Example circle template /> }.into_any(),
        DeskPlace::Run(circle, run) => view! { <run::RunPage circle run /> }.into_any(),
        DeskPlace::Travel(circle, route) => view! { <travel::Travel circle route /> }.into_any(),
        DeskPlace::History(..) | DeskPlace::Removed(_) | DeskPlace::Apart => look_back::screen(place),
        DeskPlace::Tray => view! { <tray::Tray /> }.into_any(),
        DeskPlace::Settings => view! { <settings::Settings /> }.into_any(),
        DeskPlace::Pair => view! { <PairAtDesk /> }.into_any(),
    }
}
