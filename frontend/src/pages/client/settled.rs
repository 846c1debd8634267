//! What client and supporter settled on about the app, on the client's screens.

use opstap_core::CircleId;
use opstap_core::model::Preferences;
use opstap_view::prelude::*;

use crate::components::{Button, Icon, changing};
use crate::event::Tap;
use crate::language::language_now;
use crate::stories::preferences;
use crate::voice::{follow_voices, speaks};
use crate::words::shared;

/// What was settled on, as it is now. Whether words or pictures are seen is said to the style sheets, for all that is on the screen.
pub fn settled(circle: CircleId) -> Memo<Preferences> {
    let settled = preferences::watch(circle);
    let voiced = RwSignal::new(speaks(language_now()));
    follow_voices(move || voiced.set(speaks(language_now())));
    Effect::new(move |_| {
        let (wordless, pictureless) =
            settled.with(|settled| (Preferences::is(settled.wordless), Preferences::is(settled.pictureless)));
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(root) = document.and_then(|document| document.document_element()) {
            let _ = root.toggle_attribute_with_force("data-wordless", wordless);
            // What nobody can hear is read: without a voice the names of plans stay.
            let _ = root.toggle_attribute_with_force("data-voiced", voiced.get());
            let _ = root.toggle_attribute_with_force("data-pictureless", pictureless && !wordless);
        }
    });
    settled
}

/// "Later", for whom it helps.
pub fn later(circle: CircleId, tap: Tap) -> AnyView {
    let settled = settled(circle);
    changing(move || {
        let hidden = settled.with(|settled| Preferences::is(settled.no_later));
        (!hidden).then(|| view! { <Button text=shared::LATER icon=Icon::CLOCK tap=tap.clone() /> }).into_any()
    })
}
