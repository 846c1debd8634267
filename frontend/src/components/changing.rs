//! A part of a screen that is drawn anew when a signal it asks changes.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// Every such part has this one type: a closure straight in a view makes the machinery of drawing anew once more for each.
type Changing = Box<dyn FnMut() -> AnyView + Send>;

/// Draws now and whenever a signal that `draw` asks changes.
pub fn changing(draw: impl Fn() -> AnyView + 'static) -> AnyView {
    // A browser has one thread, on which all drawing happens.
    let draw = SendWrapper::new(draw);
    let changing: Changing = Box::new(move || (*draw)());
    IntoAny::into_any(changing)
}
