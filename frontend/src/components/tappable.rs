//! The one place that decides between a link and a button, so that a link can be opened in a new tab and a button not.

use leptos::ev::MouseEvent;
use opstap_view::prelude::*;

use crate::event::Tap;
use crate::words::Text;

/// How a thing that can be tapped says what it is and whether it works now.
#[derive(Default)]
pub(super) struct Manner {
    pub class: String,
    pub label: Option<Text>,
    pub pressed: Option<Signal<bool>>,
    pub current: Option<Signal<bool>>,
    pub disabled: Option<Signal<bool>>,
}

/// A link for a tap that leads to an address, a button for any other.
pub(super) fn tappable(tap: Tap, manner: Manner, children: AnyView) -> AnyView {
    let Manner { class, label, pressed, current, disabled } = manner;
    let label = label.map(|label| move || label.get());
    let current = move || current.is_some_and(|current| current.get()).then_some("page");
    match tap.href.clone() {
        Some(href) => {
            let follow = move |event: MouseEvent| {
                // A new tab, a new window or a download is the browser's own work.
                let plain = event.button() == 0 && !event.meta_key() && !event.ctrl_key() && !event.shift_key();
                if plain && !tap.leaves() {
                    event.prevent_default();
                    tap.run();
                }
            };
            view! { <a class=class href=href aria-label=label aria-current=current on:click=follow>{children}</a> }
                .into_any()
        }
        None => {
            let off = move || disabled.is_some_and(|disabled| disabled.get());
            let act = move |_| {
                // `aria-disabled` keeps it in the order of Tab, so that focus is not lost when it switches off.
                if !disabled.is_some_and(|disabled| disabled.get_untracked()) {
                    tap.run();
                }
            };
            view! {
                <button
                    type="button"
                    class=class
                    aria-label=label
                    aria-current=current
                    aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
                    aria-disabled=move || off().then_some("true")
                    on:click=act
                >
                    {children}
                </button>
            }
            .into_any()
        }
    }
}
