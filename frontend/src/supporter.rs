//! The root of the bundle for volunteers, carers and parents: which screen stands at each of its places.

use opstap_view::prelude::*;

use crate::components::{Bones, LoadingBones, Main, Screen, TopBar, changing};
use crate::device::{self, Link, Start};
use crate::language::start_language;
use crate::navigation::{leave_for, start_navigation};
use crate::pages::shared::{self, NoStore, Pair, SharedPlace};
use crate::pages::supporter::{self, SupporterPlace};
use crate::trouble::say_trouble;
use crate::whose::{OF_CLIENTS, Whose, owner};
use crate::words::shared as words;

const HOME: SupporterPlace = SupporterPlace::Home;

/// Shows the supporter's app.
pub fn mount() {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|told| leptos::logging::error!("{told}")));
    start_language();
    mount_to_body(|| view! { <Supporter /> });
}

#[component]
fn Supporter() -> impl IntoView {
    device::open();
    let here = start_navigation(HOME);
    let (start, link) = (device::start(), device::link());
    // Memos, so that a sync that changes nothing here leaves the screen as it stands.
    let start = Memo::new(move |_| start.get());
    let tried = Memo::new(move |_| link.get() != Link::Unknown);
    let owner = owner();
    say_trouble();
    keep_own_pictograms();
    changing(move || match (start.get(), here.get()) {
        (Start::Opening, _) => view! { <Opening /> }.into_any(),
        (Start::NotPaired, SupporterPlace::Shared(place @ (SharedPlace::Language | SharedPlace::About))) => {
            shared::screen(place, false, HOME)
        }
        (Start::NotPaired, _) | (Start::Ready(_), SupporterPlace::Shared(SharedPlace::Pair)) => {
            view! { <Pair home=HOME /> }.into_any()
        }
        (Start::NoStore, _) => view! { <NoStore /> }.into_any(),
        (Start::Ready(_), place) => match owner.get() {
            Whose::Unknown => view! { <Opening /> }.into_any(),
            Whose::InNoCircle if !tried.get() => view! { <Opening /> }.into_any(),
            Whose::Supporter | Whose::InNoCircle => supporter::screen(place),
            Whose::Client(_) => {
                leave_for(OF_CLIENTS);
                view! { <Opening /> }.into_any()
            }
        },
    })
}

/// The pictograms of the screens themselves; those of plans and routes are kept with them.
fn keep_own_pictograms() {
    device::keep_own_pictograms(&[
        "alarm-clock",
        "camera",
        "check-mark-button",
        "face-good",
        "handshake",
        "locked",
        "memo",
        "metro",
        "mobile-phone",
        "pencil",
        "round-pushpin",
        "send-message",
        "shopping-cart",
        "speech-balloon",
        "world-map",
    ]);
}

/// The quiet shapes of the first screen, the same as those of the shell, so that nothing jumps.
#[component]
fn Opening() -> impl IntoView {
    view! {
        <Screen title=words::APP_NAME>
            <TopBar lead=view! { <span class="bone line"></span> }.into_any() />
            <Main><LoadingBones shape=Bones::Rows(4) /></Main>
        </Screen>
    }
}
