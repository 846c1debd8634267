//! What a cell holds, as people read it: a sentence, a picture, a time of day.

use opstap_core::model::Picture;
use opstap_core::{CircleId, Value};
use opstap_view::prelude::*;

use crate::components::{Picture as PictureView, Well};
use crate::device;

/// The value of a cell.
pub fn value_view(circle: CircleId, cell: &str, value: &Value) -> AnyView {
    let picture =
        |picture| view! { <PictureView source=device::picture(circle, Some(picture)) well=Well::Wide /> }.into_any();
    let words = |words| view! { <p class="words">{words}</p> }.into_any();
    match value {
        Value::Blob(blob) => picture(Picture::Photo(*blob)),
        Value::Text(name) if cell == "picture" => picture(Picture::Pictogram(name.clone())),
        Value::Text(text) => words(text.clone()),
        Value::Int(minutes) => words(format!("{:02}:{:02}", minutes / 60, minutes % 60)),
        Value::Nothing | Value::Bool(_) | Value::Id(_) | Value::Ids(_) => view! { <p class="soft">"–"</p> }.into_any(),
    }
}
