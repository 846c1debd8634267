//! What a client put in the book and showed to this person, and the words about a result: photo, voice and text as they were kept.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::components::{HearButton, Picture, Source, Well, changing};
use crate::dates::{moment, near_moment};
use crate::device;
use crate::stories::keepsake::{self, Keepsake};
use crate::words::{Text, shared};

/// As many as a person looks through at once.
const MOST: usize = 10;

/// The newest entries that this person may see; nothing where there are none.
#[component]
pub fn BookEntries(circle: CircleId) -> impl IntoView {
    let entries = device::watch(circle, |reader| async move {
        let mut entries = keepsake::entries(&reader).await;
        entries.truncate(MOST);
        entries
    });
    changing(move || {
        let entries = entries.get().unwrap_or_default();
        if entries.is_empty() {
            return ().into_any();
        }
        let rows = entries.into_iter().map(|entry| view! { <li class="row">{kept(circle, entry)}</li> }).collect_view();
        view! { <h2 class="title">{shared::FROM_THE_BOOK}</h2> <ul class="list">{rows}</ul> }.into_any()
    })
}

/// One of them, in a row.
pub fn kept(circle: CircleId, Keepsake { at, photo, voice, text, .. }: Keepsake) -> AnyView {
    let photo = photo.map(|photo| {
        let source = Source::Photo(device::photo(circle, photo));
        view! { <Picture source well=Well::Wide label=shared::PHOTO_FROM_THE_BOOK /> }
    });
    let hear = voice.map(|voice| view! { <HearButton voice=device::photo(circle, voice) /> });
    let spoken = || if voice.is_some() { shared::SPOKEN_WORDS.into() } else { Text::default() };
    let said = text.map_or_else(spoken, Text::from);
    let when = near_moment(moment(at), moment(device::now()));
    view! {
        {photo}
        <span class="fill"><b>{said}</b> <span class="soft small">{when}</span></span>
        {hear}
    }
    .into_any()
}
