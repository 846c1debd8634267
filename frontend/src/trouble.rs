//! What went wrong under a screen, said in every bundle in the same calm way.

use opstap_view::prelude::*;

use crate::components::{Toast, show_toast};
use crate::device::{self, Trouble};
use crate::words::shared;

/// One sentence of what to do. Nothing that was done before is touched by it.
pub fn say_trouble() {
    let trouble = device::trouble();
    Effect::new(move |_| {
        let Some(what) = trouble.get() else { return };
        show_toast(Toast::new(match what {
            Trouble::Full => shared::DEVICE_FULL,
            Trouble::Store => shared::CLOSE_AND_OPEN,
            Trouble::NotKept => shared::NOT_ALLOWED_NOW,
        }));
        trouble.set(None);
    });
}
