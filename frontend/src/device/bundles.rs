//! The other bundles of this app on this device: kept for when there is no network, and known to be there or not.

use std::cell::RefCell;

use wasm_bindgen::JsValue;

use super::engine;

/// Has the worker keep the bundle of this name that stands beside the own, once a visit: it is there without a network before it was ever
/// opened.
pub fn keep_bundle(name: &str) {
    thread_local! {
        static ASKED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }
    let is_asked = ASKED.with_borrow(|asked| asked.iter().any(|one| one == name));
    if !is_asked {
        ASKED.with_borrow_mut(|asked| asked.push(name.to_owned()));
        engine::ask_the_worker_to("keepBundle", &JsValue::from_str(name));
    }
}

/// Whether the bundle of this name is on this device, or comes when it is asked for now: the link may not know yet that it is gone.
pub async fn bundle_comes(name: &str) -> bool {
    let page = ["/", name, ".html"].concat();
    engine::is_kept(&page).await || engine::answers(&page).await
}
