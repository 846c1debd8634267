//! Where pictograms are, and how those of the plans on this device get there before the network goes.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::ServiceWorkerRegistration;

/// The address of a pictogram.
#[must_use]
pub fn pictogram_address(name: &str) -> String {
    format!("/pictograms/{name}.svg")
}

/// Asks the service worker to keep these pictograms on the device. Those it has already cost nothing, so call it with
/// all of a plan whenever plans change.
pub fn keep_pictograms<'a>(names: impl IntoIterator<Item = &'a str>) {
    let addresses: Array = names.into_iter().map(|name| JsValue::from_str(&pictogram_address(name))).collect();
    if addresses.length() == 0 {
        return;
    }
    let Some(container) = web_sys::window().map(|window| window.navigator().service_worker()) else { return };
    // Outside https there is no worker, and the getter gives nothing.
    if container.is_undefined() {
        return;
    }
    let Ok(ready) = container.ready() else { return };
    let message = Object::new();
    // Setting a field of a plain object of our own cannot be refused.
    let _ = Reflect::set(&message, &JsValue::from_str("keepPictograms"), &addresses);
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(ready).await else { return };
        let worker = registration.dyn_into::<ServiceWorkerRegistration>().ok().and_then(|known| known.active());
        if let Some(worker) = worker {
            let _ = worker.post_message(&message);
        }
    });
}
