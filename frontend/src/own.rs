//! The root of the bundle with what a client asks of the server alone: who looked, what was removed, what waits for the client's word,
//! and being told of messages. It is fetched when the first of these is opened: a phone that never asks does not pay for it.

use crate::companion::{CompanionPlace, HOME, opening};
use crate::navigation::{Place, leave_for};
use crate::pages::client;
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
        (Whose::Client(own), CompanionPlace::Client(asked)) if asked.is_of_the_server() => {
            Some(client::of_the_server(own, asked))
        }
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
