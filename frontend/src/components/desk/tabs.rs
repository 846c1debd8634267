//! The parts of one client's pages. They are places, so they are links.

use opstap_view::prelude::*;

use crate::components::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::Text;

/// A row of `Tab`s.
#[component]
pub fn Tabs(
    /// What the tabs are parts of, for a screen reader.
    #[prop(into)]
    label: Text,
    /// `Tab`s.
    children: Children,
) -> impl IntoView {
    view! { <nav class="tabs" aria-label=label>{children()}</nav> }
}

/// One part.
#[component]
pub fn Tab(
    /// Its name.
    #[prop(into)]
    text: Text,
    /// `Tap::to(place)`.
    tap: Tap,
    /// It is the one shown.
    #[prop(into)]
    current: Signal<bool>,
) -> impl IntoView {
    let content = view! { <span>{text}</span> }.into_any();
    tappable(tap, Manner { current: Some(current), ..Manner::default() }, content)
}
