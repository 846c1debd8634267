//! Ringing at the times of plans: whether this browser can, whether it may, and the list that the page's `loader.js` rings by. It reads the
//! list at each start, in whatever bundle of the phone, and does the ringing without the program.

use js_sys::Reflect;

use crate::promise::{called, property};
use crate::push::{may_notify, waited};
use crate::stores::local;

/// The name under which the list stands beside the store. It is there only while ringing is on.
const RINGS: &str = "opstap-rings";

/// How it stands with ringing on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ringing {
    /// This browser shows no notices.
    NotHere,
    /// Somebody said no to the browser; only there it can be changed.
    Denied,
    /// It can be switched on, and rings while Opstap is open or, where `closed`, always.
    Off {
        /// The browser waits for a time by itself.
        closed: bool,
    },
    /// It is on.
    On {
        /// As above.
        closed: bool,
    },
}

/// How it stands now.
#[must_use]
pub fn ringing() -> Ringing {
    let notification = property(&js_sys::global(), "Notification");
    let worker = web_sys::window().map(|window| property(&window.navigator(), "serviceWorker"));
    let (Some(allowed), false) = (may_notify(), worker.is_none_or(|worker| worker.is_undefined())) else {
        return Ringing::NotHere;
    };
    let closed = Reflect::has(&property(&notification, "prototype"), &"showTrigger".into()).unwrap_or(false);
    let is_on = local().is_some_and(|storage| matches!(storage.get_item(RINGS), Ok(Some(_))));
    match allowed.as_str() {
        "denied" => Ringing::Denied,
        "granted" if is_on => Ringing::On { closed },
        _ => Ringing::Off { closed },
    }
}

/// Asks the browser whether it may, and says what came of it. Only after a tap: browsers ask then alone.
pub async fn ask_to_ring() -> bool {
    if let Some(asked) = called(&property(&js_sys::global(), "Notification"), "requestPermission") {
        waited(asked).await;
    }
    may_notify().as_deref() == Some("granted")
}

/// Rings by this list from now on, in the words of `loader.js`; not at all without one.
pub fn ring_by(list: Option<&str>) {
    let Some(storage) = local() else { return };
    // A full storage costs a ring, no more; the calendar rings by itself.
    let _ = match list {
        Some(list) => storage.set_item(RINGS, list),
        None => storage.remove_item(RINGS),
    };
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(RINGS)) {
        let _ = window.dispatch_event(&event);
    }
}
