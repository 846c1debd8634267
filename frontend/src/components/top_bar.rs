//! Top left the way back with its word, top right the state of things.

use opstap_view::prelude::*;

use super::icon::{Icon, icon};
use super::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::{Text, shared};

/// The top bar. `back` with its own words ("Stop") or "Terug"; or `lead` in its place, as on the screen of today.
#[component]
pub fn TopBar(
    /// Where "Terug" goes: `Tap::back()` as a rule.
    #[prop(optional, into)]
    back: Option<Tap>,
    /// Other words than "Terug".
    #[prop(optional, into)]
    back_text: Option<Text>,
    /// What stands left when there is no way back.
    #[prop(optional)]
    lead: Option<AnyView>,
    /// What stands right: a `StateChip`, the own face.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let back = back.map(|tap| {
        let text = back_text.unwrap_or_else(|| shared::BACK.into());
        let content = view! { {icon(Icon::BACK)} <span>{text}</span> }.into_any();
        tappable(tap, Manner { class: "button plain back".to_owned(), ..Manner::default() }, content)
    });
    view! {
        <header class="top-bar">
            {back}
            {lead}
            <span class="row push">{children.map(|children| children())}</span>
        </header>
    }
}
