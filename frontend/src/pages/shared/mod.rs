//! The screens that clients and supporters share.

mod about;
mod book_entries;
mod brought;
mod cell_value;
mod data_use;
mod language;
mod locked;
mod mail;
mod no_store;
mod not_kept;
mod not_now;
mod not_sent;
mod notices;
mod older_months;
mod pair;
mod place;
mod preferences;

pub mod arranged;
pub mod care;
pub mod conversation;
pub mod editing;
pub mod feedback;
pub mod following;
pub mod guide;
pub mod in_pictures;
pub mod look_back;
pub mod plan_editor;
pub mod print;
pub mod route_editor;
pub mod search;
pub mod stop_picker;
pub mod to_keep;
pub mod undoing;

pub use book_entries::{BookEntries, kept};
pub use brought::brought;
pub use cell_value::value_view;
pub use locked::{is_locked, locked, unless_locked};
pub use mail::mail_setting;
pub use no_store::{NoStore, StoreSays};
pub use not_kept::not_kept;
pub use not_now::not_now;
pub use not_sent::{ShowRefused, call_somebody, shown};
pub use notices::{notices, notices_screen};
pub use older_months::OlderMonths;
pub use pair::{Pair, PairForm, is_taken};
pub use place::SharedPlace;
pub use preferences::PreferencesSheet;

use opstap_view::prelude::*;

use crate::navigation::Place;

/// What stands below a screen in its bundle: for a client the way to help, which is in the same place on every screen.
pub type HelpFloor = fn() -> AnyView;

/// Below the screens of those who help.
pub fn no_floor() -> AnyView {
    ().into_any()
}

/// The screen at a place, in the bundle that begins at `home`.
pub fn screen<P: Place>(place: SharedPlace, show_refused: ShowRefused, home: P, help: HelpFloor) -> AnyView {
    match place {
        SharedPlace::Pair => view! { <Pair home /> }.into_any(),
        SharedPlace::Language => view! { <language::LanguageAndColours help /> }.into_any(),
        SharedPlace::DataUse => view! { <data_use::DataUse help /> }.into_any(),
        SharedPlace::NotSent => view! { <not_sent::NotSent show_refused help /> }.into_any(),
        SharedPlace::About => view! { <about::About help /> }.into_any(),
    }
}
