//! What goes over the network, counted, and what kind of network it is: a prepaid bundle is somebody's money.

use std::cell::Cell;

use wasm_bindgen::JsValue;

use crate::promise::property;

/// What the heads of a request and its answer weigh together, in bytes, as `cargo xtask bench data` sees it pass.
const HEADS: u64 = 1_000;

/// Bytes both ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// Of everything but photos, voices and films.
    pub text: u64,
    /// Of those.
    pub blobs: u64,
}

thread_local! {
    static WEIGHT: Cell<Weight> = const { Cell::new(Weight { text: 0, blobs: 0 }) };
}

/// What has passed since this was last asked.
#[must_use]
pub fn weighed() -> Weight {
    WEIGHT.take()
}

fn weigh(add: impl FnOnce(&mut Weight)) {
    let mut weight = WEIGHT.get();
    add(&mut weight);
    WEIGHT.set(weight);
}

/// A round trip with a body of so many bytes in all.
pub(crate) fn text_passed(bytes: u64) {
    weigh(|weight| weight.text += bytes + HEADS);
}

/// So many bytes of a blob.
pub(crate) fn blob_passed(bytes: usize) {
    weigh(|weight| weight.blobs += u64::try_from(bytes).unwrap_or_default() + HEADS);
}

/// What the browser says of the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// Wi-Fi or a cable: nobody pays by the byte.
    Free,
    /// A bundle.
    Paid,
    /// The browser does not tell, as most do not.
    Untold,
}

/// What kind of network there is, as far as the browser tells.
#[must_use]
pub fn network() -> Network {
    let Some(window) = web_sys::window() else { return Network::Untold };
    let connection = property(&window.navigator(), "connection");
    if connection.is_undefined() {
        return Network::Untold;
    }
    let saves = property(&connection, "saveData") == JsValue::TRUE;
    match property(&connection, "type").as_string().as_deref() {
        _ if saves => Network::Paid,
        Some("wifi" | "ethernet") => Network::Free,
        Some("cellular" | "bluetooth" | "wimax") => Network::Paid,
        _ => Network::Untold,
    }
}
