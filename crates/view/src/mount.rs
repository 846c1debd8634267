//! The way from a program to the page.

use leptos::prelude::{Owner, document};

use crate::standing::build;
use crate::wanted::IntoView;

/// Draws a view at the end of the page, for as long as the page lives.
pub fn mount_to_body<V: IntoView>(draw: impl FnOnce() -> V) {
    // An error only says that the executor is there already.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let standing = owner.with(|| build(draw().into_any()));
    if let Some(body) = document().body() {
        standing.mount(&body, None);
    }
    std::mem::forget(standing);
    std::mem::forget(owner);
}
