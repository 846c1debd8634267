//! The desk's root: which screen stands at each of its places, once this browser belongs to a professional. Its places stand in three bundles,
//! `desk`, `programme` and `guidance`, which have the same frame and keep each other on the device.

use opstap_core::model::{CircleKind, Relation};
use opstap_view::prelude::*;

use crate::border::over_to;
use crate::components::{Bones, LoadingBones};
use crate::device::{self, Circle, Start, StoreError};
use crate::entered::forget_what_is_of_no_circle;
use crate::language::start_language;
use crate::navigation::{Place, leave_for, start_navigation};
use crate::pages::professional::{self, DeskBundle, DeskPlace, HOME};
use crate::pages::shared::StoreSays;
use crate::trouble::{say_all, say_trouble};
use crate::words::shared;

/// Shows the desk.
pub fn mount() {
    mount_part(
        Part { screen: professional::screen, at_work: professional::at_work, bundle: DeskBundle::Desk },
        &OF_THE_GUIDE,
    );
}

/// Shows one of the bundles of the desk. `pictograms` it draws by itself.
pub fn mount_part(part: Part, pictograms: &'static [&'static str]) {
    start_language();
    mount_to_body(move || view! { <Desk part /> });
    // Only now: what the device spawns needs what mounting sets up.
    device::open();
    device::keep_own_pictograms(pictograms);
}

/// What stands at a place of a bundle; nothing at one that another has. Parts of a screen that have an address of their own follow where one
/// is.
pub type ScreenAt = fn(DeskPlace, Signal<DeskPlace>) -> Option<AnyView>;

/// A bundle of the desk.
#[derive(Clone, Copy)]
pub struct Part {
    /// The screens that it has itself; the others have the rest.
    pub screen: ScreenAt,
    /// What it does whatever screen stands.
    pub at_work: fn(),
    /// Which it is.
    pub bundle: DeskBundle,
}

impl Part {
    /// The screen at a place, or the way over to the bundle that has it.
    fn show(self, place: DeskPlace, here: Signal<DeskPlace>) -> AnyView {
        let over =
            || over_to(place.bundle().name(), place.path(), opening, move || professional::without_internet(place));
        (self.screen)(place, here).unwrap_or_else(over)
    }

    /// The way in. Nothing is here yet, so there is nothing to wait for.
    fn pair(self, here: Signal<DeskPlace>) -> AnyView {
        (self.screen)(DeskPlace::Pair, here).unwrap_or_else(|| {
            leave_for(&DeskPlace::Pair.path());
            opening()
        })
    }

    /// Has the other bundles kept for when there is no network, once it is known that a professional works here.
    fn keep_the_others(self) {
        let circles = device::circles();
        Effect::new(move |_| {
            let is_theirs = |circle: &Circle| {
                circle.kind == CircleKind::Programme || circle.relation.is_some_and(Relation::is_professional)
            };
            if circles.with(|all| all.iter().flatten().any(is_theirs)) {
                DeskBundle::ALL
                    .into_iter()
                    .filter(|other| *other != self.bundle)
                    .for_each(|other| device::keep_bundle(other.name()));
            }
        });
    }
}

/// The pictures of the guide, so that it has them without a network before it was opened.
const OF_THE_GUIDE: [&str; 17] = [
    "books",
    "busts-in-silhouette",
    "calendar",
    "check-mark-button",
    "handshake",
    "key",
    "locked",
    "magnifying-glass-tilted-left",
    "memo",
    "metro",
    "mobile-phone",
    "open-book",
    "open-mailbox-with-raised-flag",
    "page-facing-up",
    "speech-balloon",
    "thumbs-up",
    "writing-hand",
];

#[component]
fn Desk(part: Part) -> impl IntoView {
    forget_what_is_of_no_circle();
    let here = start_navigation(HOME);
    let start = device::start();
    // A memo, so that a sync that changes nothing here leaves the screen as it stands.
    let start = Memo::new(move |_| start.get());
    say_trouble(say_all);
    part.keep_the_others();
    (part.at_work)();
    let screen = Memo::new(move |_| here.get().screen());
    move || match (start.get(), screen.get()) {
        (Start::Opening, _) => opening(),
        (Start::NotPaired, _) | (Start::Ready(_), DeskPlace::Pair) => part.pair(here),
        (Start::NoStore(error), _) => view! { <NoStore error /> }.into_any(),
        (Start::Ready(_), place) => part.show(place, here),
    }
}

/// The quiet shapes of the first screen, the same as those of the shell, so that nothing jumps.
fn opening() -> AnyView {
    view! {
        <div class="desk">
            <div class="rail">
                <span class="brand">{shared::APP_NAME}</span>
                <span class="bone rail-bone"></span>
                <span class="bone rail-bone"></span>
                <span class="bone rail-bone"></span>
            </div>
            <main class="desk-main">
                <div class="bar"><span class="bone line"></span></div>
                <div class="columns"><div class="pane"><LoadingBones shape=Bones::Rows(5) /></div></div>
            </main>
        </div>
    }
    .into_any()
}

/// The store does not open: what to do.
#[component]
fn NoStore(error: StoreError) -> impl IntoView {
    view! { <main class="desk-alone stack" id="main" tabindex="-1"><StoreSays error /></main> }
}
