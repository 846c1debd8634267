//! The screen stays on while a plan runs, where the browser can do that.

use js_sys::{Function, Promise, Reflect};
use leptos::task::spawn_local;
use opstap_view::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Keeps the screen on for as long as the owner lives. A browser lets go of it when another app comes before; on coming back it is
/// asked again.
pub fn keep_awake() {
    let held = StoredValue::new_local(None::<JsValue>);
    let ask = move || {
        spawn_local(async move {
            let Some(lock) = ask().await else { return };
            // The screen may be gone by now: then nobody holds it.
            if held.try_update_value(|held| drop(held.replace(lock.clone()))).is_none() {
                release(&lock);
            }
        });
    };
    ask();
    let back = window_event_listener(leptos::ev::visibilitychange, move |_| ask());
    on_cleanup(move || {
        back.remove();
        if let Some(lock) = held.try_update_value(Option::take).flatten() {
            release(&lock);
        }
    });
}

/// The lock; nothing where there is none to be had, such as on a phone that saves its battery.
async fn ask() -> Option<JsValue> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let locks = get(&navigator, "wakeLock")?;
    let request = get(&locks, "request")?.dyn_into::<Function>().ok()?;
    let asked = request.call1(&locks, &JsValue::from("screen")).ok()?;
    JsFuture::from(asked.dyn_into::<Promise>().ok()?).await.ok()
}

fn release(lock: &JsValue) {
    if let Some(release) = get(lock, "release").and_then(|release| release.dyn_into::<Function>().ok()) {
        let _ = release.call0(lock);
    }
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &JsValue::from(name)).ok().filter(JsValue::is_truthy)
}
