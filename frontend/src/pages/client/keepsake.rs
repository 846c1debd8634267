//! What the client keeps, as it is shown: the photo, and the words to read or hear.

use opstap_core::{BlobRef, CircleId};
use opstap_view::prelude::*;

use crate::components::{HearButton, Picture, SayButton, Source, Well};
use crate::device;
use crate::stories::keepsake::Keepsake;
use crate::words::{Text, client};

/// One of them.
pub fn keepsake(circle: CircleId, Keepsake { photo, voice, text, .. }: Keepsake) -> AnyView {
    let photo = photo.map(|photo| {
        let source = Source::Photo(device::photo(circle, photo));
        view! { <Picture source well=Well::Large label=client::YOUR_PHOTO /> }
    });
    view! { {photo} {words(circle, voice, text)} }.into_any()
}

/// Words as they were spoken, typed or both; nothing where there are none.
pub fn words(circle: CircleId, voice: Option<BlobRef>, text: Option<String>) -> AnyView {
    let said = text.map(Text::from);
    let hear = match (voice, &said) {
        (Some(voice), _) => view! { <HearButton voice=device::photo(circle, voice) /> }.into_any(),
        (None, Some(text)) => view! { <SayButton text=text.clone() /> }.into_any(),
        (None, None) => return ().into_any(),
    };
    let said = said.unwrap_or_else(|| client::WHAT_YOU_SAID.into());
    view! { <div class="say"><p class="strong">{said}</p>{hear}</div> }.into_any()
}
