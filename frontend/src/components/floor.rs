//! The lower edge of every client screen: the main action over the full width, then the other way out, then help.

use opstap_view::prelude::*;

use super::button::{Appearance, Button};
use super::icon::Icon;
use crate::event::Tap;
use crate::words::shared;

/// The floor. Children: at most one filled `Button`, one quiet `Button`, and `HelpButton`; the styles give each its
/// place, whichever are there.
#[component]
pub fn Floor(
    /// Its buttons.
    children: Children,
) -> impl IntoView {
    view! { <footer class="floor">{children()}</footer> }
}

/// "Hulp": yellow, lower right, on every screen of the client but the help screen itself.
#[component]
pub fn HelpButton(
    /// Goes to the help screen.
    #[prop(into)]
    tap: Tap,
) -> impl IntoView {
    view! { <Button text=shared::HELP tap appearance=Appearance::Help icon=Icon::HAND /> }
}
