//! The events a view can listen to, each with the type of what the browser hands over.

use wasm_bindgen::JsCast;

/// One kind of event.
pub trait EventKind {
    /// What the browser hands to a listener.
    type Event: JsCast;
    /// The browser's name for it.
    const NAME: &'static str;
}

macro_rules! events {
    ($($name:ident: $event:ident),* $(,)?) => {
        /// The kinds of events, by the names that stand behind `on:`.
        pub mod events {
            $(
                #[doc = concat!("The event `", stringify!($name), "`.")]
                #[expect(non_camel_case_types, reason = "the browser's own names")]
                pub struct $name;

                impl super::EventKind for $name {
                    type Event = web_sys::$event;
                    const NAME: &'static str = stringify!($name);
                }
            )*
        }
    };
}

events! {
    cancel: Event,
    change: Event,
    click: MouseEvent,
    focusin: FocusEvent,
    focusout: FocusEvent,
    input: Event,
    keydown: KeyboardEvent,
    keyup: KeyboardEvent,
    mousedown: MouseEvent,
    pointercancel: PointerEvent,
    pointerdown: PointerEvent,
    pointermove: PointerEvent,
    pointerup: PointerEvent,
    scroll: Event,
    submit: Event,
    toggle: Event,
}
