//! Ringing at the times of plans on this device: a switch, never asked for by itself, and the list that goes with it.

use leptos::task::spawn_local;
pub use opstap_browser::Ringing;
use opstap_browser::{ask_to_ring, ring_by};
use opstap_view::prelude::*;

thread_local! {
    static NOW: ArcRwSignal<Ringing> = ArcRwSignal::new(opstap_browser::ringing());
}

/// How it stands. Looked at anew: since the last screen another person may have come, or somebody told the browser otherwise.
#[must_use]
pub fn ringing() -> Signal<Ringing> {
    let now = NOW.with(Clone::clone);
    let is = opstap_browser::ringing();
    if now.get_untracked() != is {
        now.set(is);
    }
    now.into()
}

/// Switches it on with this list, or off without one. Where the browser was told no it stays off.
pub fn switch_rings(list: Option<String>) {
    spawn_local(async move {
        let may = list.is_some() && ask_to_ring().await;
        ring_by(list.as_deref().filter(|_| may));
        NOW.with(|now| now.set(opstap_browser::ringing()));
    });
}

/// What there is to ring for changed; nothing where ringing is off.
pub fn rings_changed(list: &str) {
    if matches!(opstap_browser::ringing(), Ringing::On { .. }) {
        ring_by(Some(list));
    }
}
