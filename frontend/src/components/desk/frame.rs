//! The frame round every screen of the desk.

use opstap_view::prelude::*;

use crate::components::screen::name_window;
use crate::components::toast::ToastArea;
use crate::words::{Text, shared};

/// One screen: the rail beside what the children make of `Bar`, `Columns` and `Foot`.
#[component]
pub fn DeskScreen(
    /// The name of the window.
    #[prop(into)]
    title: Text,
    /// The `Rail`, the same on every screen.
    rail: AnyView,
    /// `Bar`, perhaps `Tabs`, `Columns`, `Foot`.
    children: Children,
) -> impl IntoView {
    name_window(title);
    view! {
        <div class="desk">
            <a class="skip" href="#main">{shared::TO_MAIN}</a>
            {rail}
            <main class="desk-main" id="main" tabindex="-1">{children()}</main>
        </div>
    }
}

/// The bar above: the title, what belongs to it, and the views or actions on the right.
#[component]
pub fn Bar(
    /// The title of the screen.
    #[prop(into)]
    title: Text,
    /// A quiet line beside it.
    #[prop(optional, into)]
    more: Option<Text>,
    /// A face before the title.
    #[prop(optional)]
    lead: Option<AnyView>,
    /// Actions, on the right.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="bar">
            {lead}
            <h1>{title}</h1>
            {more.map(|more| view! { <span class="soft">{more}</span> })}
            <span class="row push">{children.map(|children| children())}</span>
        </header>
    }
}

/// The lower edge: keys on the left, what the figures rest on. A message of what just happened stands above it.
#[component]
pub fn Foot(
    /// `KeyHint`s and a closing line.
    children: Children,
) -> impl IntoView {
    view! { <ToastArea /><footer class="foot">{children()}</footer> }
}
