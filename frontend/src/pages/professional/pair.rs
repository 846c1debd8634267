//! Making this browser somebody's, in the frame of the desk.

use opstap_view::prelude::*;

use super::place::HOME;
use crate::components::{Appearance, Button, EmptyState, Icon};
use crate::event::Tap;
use crate::navigation::replace;
use crate::pages::shared::{PairForm, is_taken};
use crate::words::shared;

/// The screen.
#[component]
pub fn PairAtDesk() -> impl IntoView {
    let taken = is_taken();
    let body = move || {
        if taken.get() {
            view! {
            <EmptyState picture="mobile-phone" sentence=shared::DEVICE_TAKEN more=shared::DEVICE_TAKEN_MORE>
                <Button text=shared::TO_OPSTAP icon=Icon::FORWARD appearance=Appearance::Primary tap=Tap::to(HOME) />
            </EmptyState>
        }
        .into_any()
        } else {
            view! { <PairForm on_paired=move |()| replace(HOME) /> }.into_any()
        }
    };
    view! { <main class="desk-alone stack" id="main" tabindex="-1">{body}</main> }
}
