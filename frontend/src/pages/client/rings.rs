//! Ringing at the times of plans on this phone, where the client switched it on.

use std::rc::Rc;

use opstap_core::CircleId;
use opstap_view::prelude::*;

use crate::components::{Switch, changing};
use crate::dates::{day_of, day_start, moment};
use crate::device::{self, Ringing};
use crate::stories::rings::rings;
use crate::words::{Word, shared, way};

/// Whatever changes in the plans, the phone rings by what they are now. It waits until then: what is on the screen is read first.
pub(super) fn keep_ringing(circle: CircleId, from: Signal<bool>) {
    let list = device::watch(circle, move |reader| {
        let begins = from.get();
        async move {
            let began = day_start(device::now());
            if begins { Some(rings(reader, day_of(moment(began)), began).await) } else { None }
        }
    });
    Effect::new(move |_| list.with(|list| list.as_ref().and_then(Option::as_deref).map_or((), device::rings_changed)));
}

/// The switch, with what can be said of it here; nothing on a device that cannot. It rings by `list`, also where the app is closed at once;
/// what is done by now the companion knows, which is back on the screen next.
pub(super) fn ring_here(list: impl Fn() -> String + 'static) -> AnyView {
    let now = device::ringing();
    let list = Rc::new(list);
    changing(move || {
        let says = match now.get() {
            Ringing::NotHere => return ().into_any(),
            Ringing::Denied => shared::NOTICE_DENIED,
            Ringing::Off { closed: true } | Ringing::On { closed: true } => way::RING_ALWAYS,
            Ringing::Off { .. } | Ringing::On { .. } => way::RING_WHILE_OPEN,
        };
        let list = Rc::clone(&list);
        let turn = move |on: bool| device::switch_rings(on.then(|| list()));
        let on = Signal::derive(move || matches!(now.get(), Ringing::On { .. }));
        let can = now.get() != Ringing::Denied;
        let switch = can.then(|| view! { <Switch text=way::RING_HERE on on_change=turn /> });
        view! { {switch}<p class="soft" role="status">{Word::get(says)}</p> }.into_any()
    })
    .into_any()
}
