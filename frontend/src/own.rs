//! The root of the bundle with what a client asks of the server alone: who looked, what was removed, what waits for the client's word,
//! and being told of messages. It is fetched when the first of these is opened: a phone that never asks does not pay for it.

use opstap_view::prelude::AnyView;

use crate::companion::mount_beside;
use crate::pages::client::{self, ClientPlace, Own};

/// Shows it.
pub fn mount() {
    mount_beside(screen);
}

fn screen(own: &Own, asked: ClientPlace) -> Option<AnyView> {
    asked.is_of_the_server().then(|| client::of_the_server(own, asked))
}
