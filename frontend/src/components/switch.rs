//! A switch that also says *aan* or *uit*, so that colour is not the only sign.

use opstap_view::prelude::*;

use super::picture::{Picture, Source, Well};
use crate::event::Handler;
use crate::words::{Text, shared};

/// A switch with its words and perhaps a picture.
#[component]
pub fn Switch(
    /// What it is about.
    #[prop(into)]
    text: Text,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// It was tapped; gives what it should become.
    #[prop(into)]
    on_change: Handler<bool>,
    /// A picture before the words.
    #[prop(optional, into)]
    picture: Option<Source>,
) -> impl IntoView {
    let word = move || {
        if on.get() { shared::ON.get() } else { shared::OFF.get() }
    };
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-checked=move || if on.get() { "true" } else { "false" }
            on:click=move |_| on_change.run(!on.get_untracked())
        >
            {picture.map(|picture| view! { <Picture source=picture well=Well::Small /> })}
            <span class="label">{text}</span>
            <span class="track" aria-hidden="true">{word}</span>
        </button>
    }
}
