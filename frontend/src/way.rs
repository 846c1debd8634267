//! The root of the bundle for on the way: a route as a step plan, what to do when it goes wrong, and what a client seldom opens. The
//! companion has the worker keep it, so that it is there without a network before it was ever opened.

use opstap_view::prelude::AnyView;

use crate::companion::mount_beside;
use crate::pages::client::{self, ClientPlace, Own};

/// Shows it.
pub fn mount() {
    mount_beside(screen);
}

fn screen(own: &Own, place: ClientPlace) -> Option<AnyView> {
    match place {
        ClientPlace::Way(place) => Some(client::on_the_way(own, place)),
        // Help is here too: whoever is lost must not wait for another program.
        ClientPlace::Help(None) => Some(client::help(own)),
        _ => None,
    }
}
