//! A face to tap: alone in the top bar, or with its name as one of several to choose from.

use opstap_view::prelude::*;

use super::person::{Person, PersonSize};
use super::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::Text;

/// A round face that leads somewhere.
#[component]
pub fn PersonLink(
    /// Whose face.
    #[prop(into)]
    name: Signal<String>,
    /// What a screen reader says: where it leads.
    #[prop(into)]
    label: Text,
    /// Where it leads.
    #[prop(into)]
    tap: Tap,
) -> impl IntoView {
    let manner = Manner { class: "person-link".to_owned(), label: Some(label), ..Manner::default() };
    tappable(tap, manner, view! { <Person name /> }.into_any())
}

/// A face with its name; `chosen` when it is one of several to choose from.
#[component]
pub fn PersonTile(
    /// Whose face.
    name: String,
    /// Whether it is chosen.
    #[prop(optional, into)]
    chosen: Option<Signal<bool>>,
    /// What a tap does.
    #[prop(into)]
    tap: Tap,
) -> impl IntoView {
    let face = view! { <Person name=name.clone() size=PersonSize::Large /> };
    let manner = Manner { class: "tile person-tile".to_owned(), pressed: chosen, ..Manner::default() };
    tappable(tap, manner, view! { {face} <span>{name}</span> }.into_any())
}
