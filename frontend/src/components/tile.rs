//! A picture to tap with at most three words below it.

use opstap_view::prelude::*;

use super::icon::{Icon, icon};
use super::picture::{Picture, Source, Well};
use super::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::Text;

/// One tile. With `chosen` it is one of several to choose from; with `done` it is apricot with a tick.
#[component]
pub fn Tile(
    /// What it says.
    #[prop(into)]
    text: Text,
    /// Its picture.
    #[prop(into)]
    picture: Source,
    /// What tapping does.
    #[prop(into)]
    tap: Tap,
    /// A second, quiet line: "om 1 uur", "klaar".
    #[prop(optional, into)]
    when: Option<Text>,
    /// Done today.
    #[prop(optional)]
    done: bool,
    /// Whether it is chosen, where tiles are choices.
    #[prop(optional, into)]
    chosen: Option<Signal<bool>>,
) -> impl IntoView {
    let badge = done.then(|| view! { <span class="badge">{icon(Icon::CHECK)}</span> });
    let content = view! {
        <Picture source=picture well=Well::Fill />
        {badge}
        <span>{text}{when.map(|when| view! { <span class="when">{when}</span> })}</span>
    };
    let class = if done { "tile done" } else { "tile" }.to_owned();
    tappable(tap, Manner { class, pressed: chosen, ..Manner::default() }, content.into_any())
}

/// Tiles two or three beside each other; under each other when text is large.
#[component]
pub fn Tiles(
    /// Three beside each other instead of two.
    #[prop(optional)]
    three: bool,
    /// `Tile`s.
    children: Children,
) -> impl IntoView {
    view! { <div class=if three { "tiles three" } else { "tiles" }>{children()}</div> }
}
