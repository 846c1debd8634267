//! The root of the bundle for on the way: a route as a step plan, what to do when it goes wrong, and what a client seldom opens. The
//! companion has the worker keep it, so that it is there without a network before it was ever opened.

use crate::companion::{CompanionPlace, HOME, opening};
use crate::navigation::{Place, leave_for};
use crate::pages::client::{self, ClientPlace};
use crate::phone::{self, App};
use crate::whose::{OF_SUPPORTERS, Whose};

/// Shows it.
pub fn mount() {
    phone::mount(|| {
        let screen = Box::new(|whose, place| screen(&whose, place));
        App { home: HOME, shared: |_| None, opening, screen, trouble: client::says, pictograms: &[] }
    });
}

fn screen(whose: &Whose, place: CompanionPlace) -> Option<opstap_view::prelude::AnyView> {
    match (whose, place) {
        (Whose::Unknown, _) => None,
        (Whose::Client(own), CompanionPlace::Client(ClientPlace::Way(place))) => Some(client::on_the_way(own, place)),
        // Help is here too: whoever is lost must not wait for another program.
        (Whose::Client(own), CompanionPlace::Client(ClientPlace::Help(None))) => Some(client::help(own)),
        // Everything else of a client is in the companion.
        (Whose::Client(_) | Whose::InNoCircle, _) => {
            leave_for(&place.path());
            None
        }
        (Whose::Supporter, _) => {
            leave_for(OF_SUPPORTERS);
            None
        }
    }
}
