//! The screens that clients and supporters share.

mod about;
mod language;
mod no_store;
mod not_sent;
mod pair;
mod place;

pub mod plan_editor;

pub use no_store::{NoStore, StoreSays};
pub use pair::{Pair, PairForm, is_taken};
pub use place::SharedPlace;

use opstap_view::prelude::*;

use crate::navigation::Place;

/// The screen at a place, in the bundle that begins at `home`. A client never sees what was refused and why: they see whom
/// to call.
pub fn screen<P: Place>(place: SharedPlace, client: bool, home: P) -> AnyView {
    match place {
        SharedPlace::Pair => view! { <Pair home /> }.into_any(),
        SharedPlace::Language => view! { <language::LanguageAndColours /> }.into_any(),
        SharedPlace::NotSent => view! { <not_sent::NotSent client /> }.into_any(),
        SharedPlace::About => view! { <about::About /> }.into_any(),
    }
}
