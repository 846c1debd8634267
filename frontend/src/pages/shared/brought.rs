//! The quiet mark of what somebody else's device brought back after the server was restored, until its author sends it again. It is for
//! those around a client, never for the client.

use opstap_core::{CircleId, PersonId};
use opstap_view::prelude::*;

use crate::components::{Icon, icon};
use crate::device;
use crate::stories;
use crate::words::{Text, shared};

/// The mark; nothing where all came from its author.
pub fn brought(circle: CircleId, by: Option<PersonId>) -> AnyView {
    let Some(person) = by else { return ().into_any() };
    let name =
        device::watch(circle, move |reader| async move { stories::name_of(&stories::members(&reader).await, person) });
    let mine = device::me().is_some_and(|me| me.id == person);
    let says = Text::live(move || match name.get() {
        _ if mine => shared::BROUGHT_BY_YOU.get().to_owned(),
        Some(name) if !name.is_empty() => shared::brought_by(name).get(),
        _ => shared::BROUGHT_BY_SOMEBODY.get().to_owned(),
    });
    view! { <p class="row small soft" data-brought="">{icon(Icon::AGAIN)}<span class="fill">{says}</span></p> }
        .into_any()
}
