//! Moments at which a sync may have become possible or due.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, VisibilityState};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// The browser thinks there is a network.
    Online,
    /// The browser knows there is none.
    Offline,
    /// The page came to the front.
    Visible,
    /// The page went away; on a phone it may be the last that is heard of it.
    Hidden,
}

/// Keeps listening until it is dropped.
pub struct Waking {
    listening: Vec<Listening>,
}

struct Listening {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn FnMut()>,
}

impl Waking {
    /// Calls back at each such moment.
    #[must_use]
    pub fn listen(on_wake: impl Fn(Wake) + Clone + 'static) -> Self {
        let mut waking = Self { listening: Vec::new() };
        let Some(window) = web_sys::window() else { return waking };
        let call = on_wake.clone();
        waking.add(window.clone().into(), "online", move || call(Wake::Online));
        let call = on_wake.clone();
        waking.add(window.clone().into(), "offline", move || call(Wake::Offline));
        if let Some(document) = window.document() {
            let seen = document.clone();
            waking.add(document.into(), "visibilitychange", move || {
                let visible = seen.visibility_state() == VisibilityState::Visible;
                on_wake(if visible { Wake::Visible } else { Wake::Hidden });
            });
        }
        waking
    }

    fn add(&mut self, target: EventTarget, event: &'static str, call: impl FnMut() + 'static) {
        let closure = Closure::<dyn FnMut()>::new(call);
        if target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
            self.listening.push(Listening { target, event, closure });
        }
    }
}

impl Drop for Waking {
    fn drop(&mut self) {
        for Listening { target, event, closure } in &self.listening {
            let _ = target.remove_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        }
    }
}

/// Whether the browser thinks there is a network; it is often wrong, so this is a hint to try and never a reason not to.
#[must_use]
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}
