//! The guide of this bundle: a small file a language beside the app, that the service worker keeps with it. And whether its tour was offered.

use leptos::task::spawn_local;
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::language::language;

const TOLD: &str = "opstap-tour";

/// The words of the guide in the language of now; `None` until they are there. The page of the bundle says where they are.
#[must_use]
pub fn guide() -> Signal<Option<String>> {
    let words = RwSignal::new(None);
    Effect::new(move |_| {
        let tag = language().tag();
        spawn_local(async move {
            if let Some(text) = read(tag).await {
                let _ = words.try_set(Some(text));
            }
        });
    });
    words.into()
}

async fn read(language: &str) -> Option<String> {
    let window = web_sys::window()?;
    let link = ["link[rel=help][hreflang=", language, "]"].concat();
    let address = window.document()?.query_selector(&link).ok()??.get_attribute("href")?;
    let answer: web_sys::Response = JsFuture::from(window.fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Whether nobody on this device took the tour or said no to it yet. A browser that keeps nothing offers none, rather than at each start.
#[must_use]
pub fn tour_is_new() -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(TOLD), Ok(None)))
}

/// The tour was taken, or not wanted.
pub fn tour_was_offered() {
    if let Some(storage) = storage() {
        let _ = storage.set_item(TOLD, "1");
    }
}
