//! What went wrong under a screen, said in every bundle in the same calm way, in that bundle's words.

use opstap_view::prelude::*;

use crate::components::{Toast, show_toast};
use crate::device::{self, Trouble};
use crate::words::{Word, shared};

/// One sentence of what to do, or none where there is nothing to do. Nothing that was done before is touched by it.
pub fn say_trouble(words: fn(Trouble) -> Option<Word>) {
    let trouble = device::trouble();
    Effect::new(move |_| {
        let Some(what) = trouble.get() else { return };
        if let Some(word) = words(what) {
            // What mends it may draw the screen anew more than once.
            show_toast(Toast::new(word).until_closed());
        }
        trouble.set(None);
    });
}

/// What whoever helps a client should know, and do.
pub const fn say_all(trouble: Trouble) -> Option<Word> {
    Some(match trouble {
        Trouble::Full => shared::STORE_FULL,
        Trouble::PhotoWaits => shared::PHOTO_WAITS,
        Trouble::Store => shared::CLOSE_AND_OPEN,
        Trouble::Lost => shared::STORE_LOST,
        Trouble::Newer => shared::TOO_OLD,
        Trouble::NotKept => shared::NOT_ALLOWED_NOW,
    })
}
