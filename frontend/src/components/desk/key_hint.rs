//! A key and what it does, in the foot.

use opstap_view::prelude::*;

use crate::words::Text;

/// One or more keys with one meaning.
#[component]
pub fn KeyHint(
    /// The keys as they stand on the keyboard.
    keys: &'static [&'static str],
    /// What they do.
    #[prop(into)]
    text: Text,
) -> impl IntoView {
    let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view();
    view! { <span class="key-hint">{keys}{text}</span> }
}
