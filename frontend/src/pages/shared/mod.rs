//! The screens that clients and supporters share.

mod about;
mod language;
mod no_store;
mod not_sent;
mod pair;
mod place;

pub mod plan_editor;

pub use no_store::NoStore;
pub use pair::{Pair, PairForm, is_taken};
pub use place::SharedPlace;

use opstap_view::prelude::*;

/// The screen at a place. A client never sees what was refused and why: they see whom to call.
pub fn screen(place: SharedPlace, client: bool) -> AnyView {
    match place {
        SharedPlace::Pair => view! { <Pair /> }.into_any(),
        SharedPlace::Language => view! { <language::LanguageAndColours /> }.into_any(),
        SharedPlace::NotSent => view! { <not_sent::NotSent client /> }.into_any(),
        SharedPlace::About => view! { <about::About /> }.into_any(),
    }
}
