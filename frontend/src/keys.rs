//! Single keys that do something at the desk. Who dictates or taps keys by accident can switch them off, on this device.

use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

const OFF: &str = "opstap-keys-off";
/// What is typed in here is text, and under a dialog nothing moves.
const IN_FIELDS: &str = "input, textarea, select";

/// Whether single keys work on this device.
#[must_use]
pub fn single_keys() -> bool {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    storage.and_then(|storage| storage.get_item(OFF).ok().flatten()).is_none()
}

/// Switches them on or off, and remembers it on this device.
pub fn choose_single_keys(on: bool) {
    let Some(storage) = web_sys::window().and_then(|window| window.local_storage().ok().flatten()) else { return };
    // Where nothing is kept, the keys work.
    let _ = if on { storage.remove_item(OFF) } else { storage.set_item(OFF, "1") };
}

/// Does something when this key is pressed outside fields and dialogs, as long as the screen stands.
pub fn on_key(key: &'static str, act: impl Fn() + 'static) {
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let on = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let in_field = on.is_some_and(|on| on.closest(IN_FIELDS).ok().flatten().is_some());
        let document = web_sys::window().and_then(|window| window.document());
        let dialog = document.and_then(|document| document.query_selector("dialog[open]").ok().flatten());
        let alone = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if event.key() == key && alone && !in_field && dialog.is_none() && single_keys() {
            event.prevent_default();
            act();
        }
    });
    on_cleanup(move || listener.remove());
}
