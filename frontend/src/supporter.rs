//! The root of the bundle for volunteers, carers and parents: which screen stands at each of its places.

use opstap_view::prelude::*;

use crate::components::{Bones, LoadingBones, Main, Screen, TopBar};
use crate::device::{self, Link};
use crate::entered::forget_what_is_of_no_circle;
use crate::navigation::leave_for;
use crate::pages::shared::SharedPlace;
use crate::pages::supporter::{self, SupporterPlace};
use crate::phone::{self, App};
use crate::trouble::say_all;
use crate::whose::{OF_CLIENTS, Whose};
use crate::words::shared as words;

/// Shows the supporter's app.
pub fn mount() {
    phone::mount(|| {
        forget_what_is_of_no_circle();
        let link = device::link();
        let tried = Memo::new(move |_| link.get() != Link::Unknown);
        let screen = Box::new(move |whose, place| screen(&whose, place, tried));
        App { home: SupporterPlace::Home, shared: in_both, opening, screen, trouble: say_all, pictograms: &PICTOGRAMS }
    });
}

const fn in_both(place: &SupporterPlace) -> Option<SharedPlace> {
    match place {
        SupporterPlace::Shared(place) => Some(*place),
        _ => None,
    }
}

fn screen(whose: &Whose, place: SupporterPlace, tried: Memo<bool>) -> Option<AnyView> {
    match whose {
        Whose::Unknown => None,
        Whose::InNoCircle if !tried.get() => None,
        Whose::Supporter | Whose::InNoCircle => Some(supporter::screen(place)),
        Whose::Client(_) => {
            leave_for(OF_CLIENTS);
            None
        }
    }
}

const PICTOGRAMS: [&str; 22] = [
    "alarm-clock",
    "calendar",
    "camera",
    "check-mark-button",
    "face-good",
    "handshake",
    "locked",
    "memo",
    "metro",
    "mobile-phone",
    "pencil",
    "red-heart",
    "round-pushpin",
    "send-message",
    "shopping-cart",
    "smiling-face-with-smiling-eyes",
    "speech-balloon",
    "thinking-face",
    "thumbs-up",
    "tired-face",
    "world-map",
    "writing-hand",
];

fn opening() -> AnyView {
    view! {
        <Screen title=words::APP_NAME>
            <TopBar lead=view! { <span class="bone line"></span> }.into_any() />
            <Main><LoadingBones shape=Bones::Rows(4) /></Main>
        </Screen>
    }
    .into_any()
}
