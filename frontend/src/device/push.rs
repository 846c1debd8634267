//! Hearing of messages while the app is closed: a switch of this browser, never asked for by itself.

use leptos::task::spawn_local;
use opstap_browser::Push;
use opstap_view::prelude::*;

use super::runtime;

thread_local! {
    static NOW: ArcRwSignal<Option<Push>> = ArcRwSignal::new(None);
}

/// How it stands; `None` until the browser told.
#[must_use]
pub fn push() -> Signal<Option<Push>> {
    spawn_local(async { set(opstap_browser::push_now().await) });
    NOW.with(Clone::clone).into()
}

fn set(now: Push) {
    NOW.with(|signal| {
        if signal.get_untracked() != Some(now) {
            signal.set(Some(now));
        }
    });
}

/// Switches it. Without a network it stays as it was; `not_now` then says so.
pub fn switch_push(on: bool, language: &'static str, not_now: impl FnOnce() + 'static) {
    spawn_local(async move {
        let Some(engine) = runtime::engine() else { return };
        let http = engine.transport();
        match if on { http.push_on(language).await } else { http.push_off().await } {
            Ok(now) => set(now),
            Err(_) => not_now(),
        }
    });
}

/// Tells the server once more of the subscription that this browser has, and the language in which it says it: the browser's own word that
/// it is on says nothing of what the server knows.
pub fn push_in(language: &'static str) {
    spawn_local(async move {
        if let Some(engine) = runtime::engine() {
            // Without a network it is told the next time.
            let _ = engine.transport().push_again(language).await;
        }
    });
}
