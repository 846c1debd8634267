//! Ringing at the times of plans on this device: a switch, never asked for by itself, and the list that goes with it.

use leptos::task::spawn_local;
pub use opstap_browser::Ringing;
use opstap_browser::{ask_to_ring, ring_by};
use opstap_view::prelude::*;

thread_local! {
    static NOW: ArcRwSignal<Ringing> = ArcRwSignal::new(opstap_browser::ringing());
}

/// How it stands.
#[must_use]
pub fn ringing() -> Signal<Ringing> {
    NOW.with(Clone::clone).into()
}

/// Switches it: on without a list, until the companion says what there is to ring for.
pub fn switch_rings(on: bool) {
    spawn_local(async move {
        if on {
            ask_to_ring().await;
        }
        ring_by(on.then_some(""));
        NOW.with(|now| now.set(opstap_browser::ringing()));
    });
}

/// What there is to ring for changed; nothing where ringing is off.
pub fn rings_changed(list: &str) {
    if matches!(opstap_browser::ringing(), Ringing::On { .. }) {
        ring_by(Some(list));
    }
}
