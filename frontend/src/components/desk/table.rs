//! A real table with a caption, that scrolls by itself when the window is narrow.

use opstap_view::prelude::*;

use crate::words::Text;

/// The children are `<thead>`, `<tbody>` and perhaps `<tfoot>` for a mean. First cell of a row: `<th scope="row">`;
/// numbers get `class="n"`; nothing is `–`, zero is `0`.
#[component]
pub fn Table(
    /// What the table says, and over what.
    #[prop(into)]
    caption: Text,
    /// Only for a screen reader, when a title above says the same.
    #[prop(optional)]
    quiet_caption: bool,
    /// Head and body.
    children: Children,
) -> impl IntoView {
    let class = if quiet_caption { "for-voice" } else { "soft" };
    view! {
        <div class="table-scroll">
            <table class="table">
                <caption><span class=class>{caption}</span></caption>
                {children()}
            </table>
        </div>
    }
}
