//! The navigation of the desk; a bar of tabs at the bottom on a phone.

use opstap_view::prelude::*;

use crate::components::icon::{Icon, icon};
use crate::components::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::{Text, shared};

/// The rail: the mark, `RailLink`s, `RailFoot`.
#[component]
pub fn Rail(
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! {
        <nav class="rail">
            <span class="brand">
                <svg class="mark-drawing" viewBox="0 0 32 32" aria-hidden="true">
                    <path
                        d="M3 26h8v-7h8v-7h8"
                        fill="none"
                        stroke="var(--go)"
                        stroke-width="5"
                        stroke-linejoin="round"
                        stroke-linecap="round"
                    />
                    <circle cx="26" cy="5" r="3" fill="var(--proud)" />
                </svg>
                {shared::APP_NAME}
            </span>
            {children()}
        </nav>
    }
}

/// One place in the rail.
#[component]
pub fn RailLink(
    /// Its name.
    #[prop(into)]
    text: Text,
    /// Its mark.
    icon: Icon,
    /// `Tap::to(place)`.
    tap: Tap,
    /// The screen of now is this place or lies below it.
    #[prop(into)]
    current: Signal<bool>,
    /// How many things are there.
    #[prop(optional, into)]
    count: Option<Signal<usize>>,
) -> impl IntoView {
    let count = count.map(|count| view! { <span class="count">{move || count.get()}</span> });
    let content = view! { {self::icon(icon)} <span>{text}</span> {count} };
    tappable(
        tap,
        Manner { class: "rail-link".to_owned(), current: Some(current), ..Manner::default() },
        content.into_any(),
    )
}

/// A quiet head above some places.
#[component]
pub fn RailHead(
    /// What it says.
    #[prop(into)]
    text: Text,
) -> impl IntoView {
    view! { <p class="rail-head">{text}</p> }
}

/// The lower end: whether things are sent, and who is at work.
#[component]
pub fn RailFoot(
    /// A `StateChip`, the own name.
    children: Children,
) -> impl IntoView {
    view! { <div class="rail-foot">{children()}</div> }
}
