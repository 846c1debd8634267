//! The desk's root: which screen stands at each of its places, once this browser belongs to a professional.

use opstap_view::prelude::*;

use crate::components::{Bones, LoadingBones};
use crate::device::{self, Start, StoreError};
use crate::entered::forget_what_is_of_no_circle;
use crate::language::start_language;
use crate::navigation::start_navigation;
use crate::pages::professional::{self, DeskPlace, HOME, PairAtDesk};
use crate::pages::shared::StoreSays;
use crate::trouble::{say_all, say_trouble};
use crate::words::shared;

/// Shows the desk.
pub fn mount() {
    start_language();
    mount_to_body(|| view! { <Desk /> });
    // Only now: what the device spawns needs what mounting sets up.
    device::open();
    device::keep_own_pictograms(&OF_THE_GUIDE);
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
fn Desk() -> impl IntoView {
    forget_what_is_of_no_circle();
    let here = start_navigation(HOME);
    let start = device::start();
    // A memo, so that a sync that changes nothing here leaves the screen as it stands.
    let start = Memo::new(move |_| start.get());
    say_trouble(say_all);
    move || match (start.get(), here.get()) {
        (Start::Opening, _) => view! { <Opening /> }.into_any(),
        (Start::NotPaired, _) | (Start::Ready(_), DeskPlace::Pair) => view! { <PairAtDesk /> }.into_any(),
        (Start::NoStore(error), _) => view! { <NoStore error /> }.into_any(),
        (Start::Ready(_), place) => professional::screen(place),
    }
}

/// The quiet shapes of the first screen, the same as those of the shell, so that nothing jumps.
#[component]
fn Opening() -> impl IntoView {
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
}

/// The store does not open: what to do.
#[component]
fn NoStore(error: StoreError) -> impl IntoView {
    view! { <main class="desk-alone stack" id="main" tabindex="-1"><StoreSays error /></main> }
}
