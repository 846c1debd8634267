//! The border between two bundles that stand beside each other on one device.

use leptos::task::spawn_local;
use opstap_view::prelude::*;

use crate::components::changing;
use crate::device;
use crate::navigation::leave_for;

/// Over to the bundle of this name, where it is here or can come: a device that lost its network before it was kept must not end on a page of
/// the browser. `opening` stands meanwhile, `without` where the bundle is not here and cannot come now.
pub fn over_to(
    name: &'static str,
    address: String,
    opening: fn() -> AnyView,
    without: impl Fn() -> AnyView + 'static,
) -> AnyView {
    let comes = RwSignal::new(None);
    let (link, heard) = (device::link(), device::last_contact());
    Effect::new(move |_| {
        // Each time the server was heard, or is not heard any more.
        link.track();
        heard.track();
        if comes.get_untracked() != Some(true) {
            spawn_local(async move {
                let now = device::bundle_comes(name).await;
                let _ = comes.try_set(Some(now));
            });
        }
    });
    let comes = Memo::new(move |_| comes.get());
    changing(move || match comes.get() {
        Some(true) => {
            let (address, asked) = (address.clone(), StoredValue::new(()));
            spawn_local(async move {
                // What was typed before the tap is on disk before the page goes.
                device::all_kept().await;
                if asked.try_get_value().is_some() {
                    leave_for(&address);
                }
            });
            opening()
        }
        None => opening(),
        Some(false) => without(),
    })
    .into_any()
}
