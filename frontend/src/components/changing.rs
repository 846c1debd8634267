//! A part of a screen that is drawn anew when a signal it asks changes.

use opstap_view::prelude::*;

/// Draws now and whenever a signal that `draw` asks changes.
pub fn changing(draw: impl Fn() -> AnyView + 'static) -> AnyView {
    draw.into_any()
}
