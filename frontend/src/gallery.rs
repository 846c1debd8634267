//! Every component on one page, to look at and to compare with the look that was agreed.

use leptos::prelude::*;

/// Shows the page.
pub fn mount() {
    mount_to_body(|| view! { <p>"…"</p> });
}
