//! Which day it is, for screens that stay open over midnight.

use opstap_core::Millis;
use opstap_view::prelude::*;

use crate::dates::day_start;
use crate::device;

thread_local! {
    static BEGAN: ArcRwSignal<Millis> = ArcRwSignal::new(day_start(device::now()));
}

/// The midnight with which today began. Whatever asks hears of the next day when somebody looks at the app again.
pub fn today() -> Millis {
    BEGAN.with(ArcRwSignal::get)
}

/// Looks at the clock whenever somebody comes back to the app. Call it in the root.
pub fn follow_the_clock() {
    let look = window_event_listener(leptos::ev::focus, move |_| {
        let now = day_start(device::now());
        BEGAN.with(|began| {
            if began.get_untracked() != now {
                began.set(now);
            }
        });
    });
    on_cleanup(move || look.remove());
}
