//! The frame of a companion's screen: `Screen` holds `TopBar`, `Main` and `Floor`, in that order.

use opstap_view::prelude::*;

use super::toast::ToastArea;
use crate::words::{Text, shared};

/// Gives the window the name of the screen.
pub(crate) fn name_window(title: Text) {
    Effect::new(move |_| {
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            document.set_title(&format!("{} · {}", title.plain(), shared::APP_NAME.get()));
        }
    });
}

/// One screen. `title` names the window; what people read as title stands in `Main` or `TopBar` as an `h1`.
#[component]
pub fn Screen(
    /// The name of the window.
    #[prop(into)]
    title: Text,
    /// On the way: the whole ground is blue.
    #[prop(optional)]
    way: bool,
    /// `TopBar`, `Main`, `Floor`.
    children: Children,
) -> impl IntoView {
    name_window(title);
    view! { <div class=if way { "screen way" } else { "screen" }>{children()}</div> }
}

/// The one thing of the screen, with the message of what just happened below it.
#[component]
pub fn Main(
    /// Picture, sentence, then what can be chosen.
    children: Children,
) -> impl IntoView {
    view! { <main>{children()}<ToastArea /></main> }
}

/// The day, top left on the screen of today, where other screens have "Terug".
#[component]
pub fn Hello(
    /// The date: "24 november".
    #[prop(into)]
    date: Text,
    /// The day, as title: "Dinsdag".
    #[prop(into)]
    day: Text,
) -> impl IntoView {
    view! { <div class="hello"><span class="soft small">{date}</span><h1>{day}</h1></div> }
}
