//! What comes now, large and filled: the one main action of the screen of today.

use opstap_view::prelude::*;

use super::icon::{Icon, icon};
use super::picture::{Picture, Source, Well};
use super::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::Text;

/// The plan or route that comes now.
#[component]
pub fn NextUp(
    /// Its title.
    #[prop(into)]
    text: Text,
    /// Its picture.
    #[prop(into)]
    picture: Source,
    /// What tapping does, as the person says it: "Begin", "Ga verder".
    #[prop(into)]
    action: Text,
    /// Goes there.
    #[prop(into)]
    tap: Tap,
) -> impl IntoView {
    let content = view! {
        <Picture source=picture well=Well::Fill />
        <span>
            <b>{text}</b>
            <span class="action">{icon(Icon::FORWARD)}<span>{action}</span></span>
        </span>
    };
    tappable(tap, Manner { class: "next-up".to_owned(), ..Manner::default() }, content.into_any())
}
