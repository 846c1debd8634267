//! The parts the main area is divided in.

use opstap_view::prelude::*;

/// Holds one `Pane`, and perhaps a `SidePane` beside it.
#[component]
pub fn Columns(
    /// `Pane` and `SidePane`.
    children: Children,
) -> impl IntoView {
    view! { <div class="columns">{children()}</div> }
}

/// The pane the work is done in.
#[component]
pub fn Pane(
    /// Without room round it, for lists and tables that reach the edges.
    #[prop(optional)]
    flush: bool,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! { <div class=if flush { "pane flush" } else { "pane" }>{children()}</div> }
}

/// The pane beside it: what belongs to the row that is chosen. Below it when the window is narrow.
#[component]
pub fn SidePane(
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! { <aside class="pane side-pane">{children()}</aside> }
}
