//! Who follows the client's run now: a face and a name, as soon as they do and as long as they do.

use opstap_view::prelude::*;

use crate::components::{Person, PersonSize, changing};
use crate::device::{self, Watcher};
use crate::stories::{members, name_of};
use crate::words::{Text, client};

/// "Marloes kijkt mee." Nothing while nobody does.
pub fn followed() -> AnyView {
    let watchers = device::watchers();
    let faces = changing(move || watchers.get().into_iter().map(one).collect_view().into_any());
    view! { <div class="followed" role="status">{faces}</div> }.into_any()
}

fn one(Watcher { circle, person, .. }: Watcher) -> AnyView {
    let name = device::watch(circle, move |reader| async move { name_of(&members(&reader).await, person) });
    let name = Signal::derive(move || name.get().unwrap_or_default());
    let says = Text::live(move || client::watches_along(name.get()).get());
    view! { <p class="row small"><Person name size=PersonSize::Small /><b>{says}</b></p> }.into_any()
}
