//! A short film in place of a picture. It plays at a tap and from this device alone; until it is here, its picture stands there.

use opstap_view::prelude::*;

use super::changing::changing;
use super::picture::{Picture, Source, Well};
use crate::pictograms::pictogram_address;
use crate::words::Text;

/// A film, as large as the picture of a step.
#[component]
pub fn Film(
    /// Where the film is; nothing while it is not on this device.
    film: Signal<Option<String>>,
    /// What stands there before it plays, or in its place.
    picture: Source,
    /// What a screen reader says.
    #[prop(into)]
    label: Text,
    /// The sentence it shows the doing of: its captions, also where it fills the whole screen.
    says: String,
) -> impl IntoView {
    let captions = captions(&says);
    changing(move || {
        let Some(address) = film.get() else {
            return view! { <Picture source=picture.clone() well=Well::Large /> }.into_any();
        };
        let poster = match &picture {
            Source::Pictogram(name) => Some(pictogram_address(name)),
            Source::Photo(photo) => photo.get(),
            Source::Nothing => None,
        };
        let label = label.clone();
        view! {
            <span class="well large film">
                <video src=address poster=poster controls="controls" playsinline="playsinline" preload="metadata" aria-label=label>
                    <track kind="captions" src=captions.clone() />
                </video>
            </span>
        }
        .into_any()
    })
}

/// A sentence as captions from the first to the last moment, as an address of its own.
fn captions(sentence: &str) -> String {
    let line = sentence.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let line = js_sys::encode_uri_component(&line);
    ["data:text/vtt,WEBVTT%0A%0A00:00.000%20--%3E%2099:00:00.000%0A", &String::from(line)].concat()
}
