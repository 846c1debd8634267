//! Nothing here, drawn: a picture, one sentence, one thing that can be done. Not an apology.

use opstap_view::prelude::*;

use super::picture::{Picture, Source, Well};
use super::say_button::Sentence;
use crate::words::Text;

/// An empty screen or pane. The one thing that can be done goes in as a child: a `Button`.
#[component]
pub fn EmptyState(
    /// What a person sees first.
    #[prop(into)]
    picture: Source,
    /// What is so.
    #[prop(into)]
    sentence: Text,
    /// What it rests on, or what can be done.
    #[prop(optional, into)]
    more: Option<Text>,
    /// The one thing that can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty grow">
            <Picture source=picture well=Well::Small />
            <Sentence text=sentence />
            {more.map(|more| view! { <p>{more}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
