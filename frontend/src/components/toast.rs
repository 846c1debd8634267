//! What just happened, in one sentence, perhaps with "Ongedaan maken". It stays until it is tapped away, through the
//! change of screen that may go with it, and is gone on the screen after; nothing disappears by itself.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use opstap_view::prelude::*;

use super::button::{Appearance, Button};
use super::icon::Icon;
use crate::event::Tap;
use crate::navigation;
use crate::words::{Text, shared};

static SHOWN: LazyLock<ArcRwSignal<Option<Toast>>> = LazyLock::new(|| ArcRwSignal::new(None));

/// How many screens were drawn, to know how old a message is.
static SCREENS: AtomicUsize = AtomicUsize::new(0);

/// A message of what happened.
#[derive(Clone)]
pub struct Toast {
    text: Text,
    undo: Option<Tap>,
    since: usize,
}

impl Toast {
    /// A message that only tells.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), undo: None, since: SCREENS.load(Ordering::Relaxed) }
    }

    /// A message that stays through every change of screen until it is tapped away.
    #[must_use]
    pub const fn until_closed(mut self) -> Self {
        self.since = usize::MAX - 1;
        self
    }

    /// A message with a way back, which tells itself what came of it: only it knows once that is on disk.
    #[must_use]
    pub fn with_undo(mut self, undo: impl Into<Tap>) -> Self {
        self.undo = Some(undo.into());
        self
    }
}

/// Shows a message in place of the one before.
pub fn show_toast(toast: Toast) {
    SHOWN.set(Some(toast));
}

/// Takes the message away: call it when the next thing is done.
pub fn clear_toast() {
    SHOWN.set(None);
}

/// The button goes with its message: keys go on from the place of the next one.
fn close() {
    navigation::focus(".toast-area");
    clear_toast();
}

/// The place of the message on a screen; `Main` and the desk's frame have it already.
#[component]
pub fn ToastArea() -> impl IntoView {
    let screen = SCREENS.fetch_add(1, Ordering::Relaxed) + 1;
    if SHOWN.with_untracked(|shown| shown.as_ref().is_some_and(|toast| toast.since + 1 < screen)) {
        clear_toast();
    }
    let shown = SHOWN.clone();
    let message = move || {
        shown.get().map(|Toast { text, undo, .. }| {
            let undo = undo.map(|undo| {
                let tap = move || {
                    close();
                    undo.run();
                };
                view! { <Button text=shared::UNDO tap appearance=Appearance::Plain /> }
            });
            view! {
                <div class="toast">
                    <span class="words">{text}</span>
                    {undo}
                    <Button text=shared::CLOSE tap=close icon=Icon::CROSS mark_only=true appearance=Appearance::Plain />
                </div>
            }
        })
    };
    view! { <div class="toast-area" role="status" tabindex="-1">{message}</div> }
}
