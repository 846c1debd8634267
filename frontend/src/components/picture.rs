//! The picture of a step, plan or person's day: a pictogram by its name or a photo, on a quiet ground of its own.

use opstap_view::prelude::*;

use super::icon::{Icon, icon};
use crate::pictograms::pictogram_address;
use crate::words::Text;

/// What is shown.
#[derive(Clone)]
pub enum Source {
    /// One of the built-in pictograms, by its name.
    Pictogram(String),
    /// A photo by its address; `None` while it is still on its way.
    Photo(Signal<Option<String>>),
    /// No picture was chosen.
    Nothing,
}

impl From<&str> for Source {
    fn from(pictogram: &str) -> Self {
        Self::Pictogram(pictogram.to_owned())
    }
}

/// How large the ground under the picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Well {
    /// 56 px, in a row.
    Small,
    /// 76 by 58, beside a sentence.
    Wide,
    /// The full width; in `Main` it takes the room that is left.
    Large,
    /// As large as what it stands in.
    Fill,
}

/// A picture. Without `label` it is decoration beside words that say the same.
#[component]
pub fn Picture(
    /// What is shown.
    #[prop(into)]
    source: Source,
    /// How large.
    well: Well,
    /// What a screen reader says, where no words stand beside it.
    #[prop(optional, into)]
    label: Option<Text>,
) -> impl IntoView {
    let size = match well {
        Well::Small => "well small",
        Well::Wide => "well wide",
        Well::Large => "well large",
        Well::Fill => "well",
    };
    let class = if matches!(source, Source::Photo(_)) { format!("{size} photo") } else { size.to_owned() };
    let said = move || label.as_ref().map(Text::get).unwrap_or_default();
    let image = match source {
        Source::Pictogram(name) => view! { <img src=pictogram_address(&name) alt=said draggable="false" /> }.into_any(),
        Source::Photo(address) => {
            let photo = move || match address.get() {
                Some(address) => view! { <img src=address alt=said.clone() draggable="false" /> }.into_any(),
                None => icon(Icon::PICTURE),
            };
            photo.into_any()
        }
        Source::Nothing => icon(Icon::PICTURE),
    };
    view! { <span class=class>{image}</span> }
}
