//! The root of both apps for a phone: the store opens, the phone is paired, and it is known whose it is; only then a screen of the
//! one app or the other stands.

use opstap_view::prelude::*;

use crate::components::changing;
use crate::day::follow_the_clock;
use crate::device::{self, Link, Start, Trouble};
use crate::language::start_language;
use crate::navigation::{Place, start_navigation};
use crate::pages::shared::{self, NoStore, Pair, SharedPlace};
use crate::trouble::say_trouble;
use crate::whose::{Whose, owner};
use crate::words::Word;

/// What one app for a phone adds.
pub struct App<P: 'static> {
    /// Its first screen.
    pub home: P,
    /// The screen that both apps have, when a place is one.
    pub shared: fn(&P) -> Option<SharedPlace>,
    /// The quiet shapes of its first screen, the same as those of its shell, so that nothing jumps.
    pub opening: fn() -> AnyView,
    /// The screen at a place, once it is known whose phone this is; nothing as long as that is to be waited for.
    pub screen: Screens<P>,
    /// What it says where something goes wrong under a screen, if there is anything to say.
    pub trouble: fn(Trouble) -> Option<Word>,
    /// The pictograms of its screens themselves; those of plans and routes are kept with them.
    pub pictograms: &'static [&'static str],
}

/// The screens of an app, by whose phone it is.
type Screens<P> = Box<dyn Fn(Whose, P) -> Option<AnyView>>;

/// Shows an app. It is made when the page is there, so that what it reads goes with the page.
pub fn mount<P: Place>(app: impl FnOnce() -> App<P>) {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|told| leptos::logging::error!("{told}")));
    start_language();
    mount_to_body(|| {
        device::open();
        root(app())
    });
}

fn root<P: Place>(app: App<P>) -> AnyView {
    let App { home, shared, opening, screen, trouble, pictograms } = app;
    let here = start_navigation(home.clone());
    let start = device::start();
    // A memo, so that a sync that changes nothing here leaves the screen as it stands.
    let start = Memo::new(move |_| start.get());
    let owner = owner();
    let link = device::link();
    let link = Memo::new(move |_| link.get());
    say_trouble(trouble);
    follow_the_clock();
    device::keep_own_pictograms(pictograms);
    changing(move || {
        let place = here.get();
        match (start.get(), shared(&place)) {
            (Start::Opening, _) => opening(),
            (Start::NotPaired, Some(place @ (SharedPlace::Language | SharedPlace::About))) => {
                shared::screen(place, shared::call_somebody, home.clone(), shared::no_floor)
            }
            (Start::NotPaired, _) | (Start::Ready(_), Some(SharedPlace::Pair)) => {
                view! { <Pair home=home.clone() /> }.into_any()
            }
            (Start::NoStore(error), _) => view! { <NoStore error=Some(error) /> }.into_any(),
            (Start::Ready(_), _) => {
                let whose = owner.get();
                // Asked only until something has come, so that no screen is drawn anew when the network comes and goes.
                match (whose == Whose::InNoCircle).then(|| link.get()) {
                    // The browser threw the store away, and the session is gone too.
                    Some(Link::SignedOut) => view! { <Pair home=home.clone() /> }.into_any(),
                    Some(Link::Offline) => view! { <NoStore error=None /> }.into_any(),
                    _ => screen(whose, place).unwrap_or_else(opening),
                }
            }
        }
    })
    .into_any()
}
