//! The screens that clients and supporters share.

mod about;
mod language;
mod no_store;
mod not_now;
mod not_sent;
mod pair;
mod place;

pub mod look_back;
pub mod plan_editor;

pub use no_store::{NoStore, StoreSays};
pub use not_now::not_now;
pub use not_sent::{ShowRefused, call_somebody, shown};
pub use pair::{Pair, PairForm, is_taken};
pub use place::SharedPlace;

use opstap_view::prelude::*;

use crate::navigation::Place;

/// The screen at a place, in the bundle that begins at `home`.
pub fn screen<P: Place>(place: SharedPlace, show_refused: ShowRefused, home: P) -> AnyView {
    match place {
        SharedPlace::Pair => view! { <Pair home /> }.into_any(),
        SharedPlace::Language => view! { <language::LanguageAndColours /> }.into_any(),
        SharedPlace::NotSent => view! { <not_sent::NotSent show_refused /> }.into_any(),
        SharedPlace::About => view! { <about::About /> }.into_any(),
    }
}
