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
) -> impl IntoView {
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
                <video src=address poster=poster controls="controls" playsinline="playsinline" preload="metadata" aria-label=label></video>
            </span>
        }
        .into_any()
    })
}
