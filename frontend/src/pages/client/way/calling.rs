//! Calling whoever is there for on the way: one tap, and without internet.

use opstap_view::prelude::*;

use crate::components::{Appearance, Button, Icon};
use crate::event::Tap;
use crate::pages::client::people::{Supporter, dial};
use crate::words::client;

/// "Bel Karin"; nothing where nobody can be called.
pub fn call(coach: Option<Supporter>) -> AnyView {
    let call = coach.and_then(|coach| Some((coach.phone?, coach.name))).map(|(phone, name)| {
        let tap = Tap::out(dial(&phone));
        view! { <Button text=client::call(name) icon=Icon::PHONE appearance=Appearance::Help wide=true tap /> }
    });
    call.into_any()
}
