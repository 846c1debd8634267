//! The screens of volunteers, carers and parents.

mod home;
mod place;

pub use place::SupporterPlace;

use leptos::prelude::*;

/// The first screen: the clients this person supports.
pub fn home() -> AnyView {
    view! { <home::Home /> }.into_any()
}

/// The screen at a place.
pub fn screen(place: SupporterPlace) -> AnyView {
    match place {
        SupporterPlace::Circle(_) => home(),
    }
}
