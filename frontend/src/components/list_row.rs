//! One row of a list: picture or face, words, and what stands at the end.

use opstap_view::prelude::*;

use super::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::Text;

/// A row. With `tap` it stands on an edge and leads somewhere; without it only tells. Put rows in a `<ul class="list">`,
/// each in its `<li>`.
#[component]
pub fn ListRow(
    /// What it is about; bold.
    #[prop(into)]
    text: Text,
    /// The line below.
    #[prop(optional, into)]
    more: Option<Text>,
    /// A `Picture`, `Person` or mark before the words.
    #[prop(optional)]
    lead: Option<AnyView>,
    /// Where it leads.
    #[prop(optional, into)]
    tap: Option<Tap>,
    /// It is the row shown beside (desk).
    #[prop(optional, into)]
    current: Option<Signal<bool>>,
    /// What stands at the end: a `StateMark`, a time, a chevron.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let content = view! {
        {lead}
        <span class="words">
            <b>{text}</b>
            {more.map(|more| view! { <span class="soft small">{more}</span> })}
        </span>
        {children.map(|children| children())}
    }
    .into_any();
    match tap {
        Some(tap) => tappable(tap, Manner { class: "list-row tap".to_owned(), current, ..Manner::default() }, content),
        None => view! { <div class="list-row">{content}</div> }.into_any(),
    }
}
