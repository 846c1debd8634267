//! What just happened, in one sentence, perhaps with "Ongedaan maken". It stays until it is tapped away or the next
//! thing is done; nothing disappears by itself.

use std::sync::LazyLock;

use leptos::prelude::*;

use super::button::{Appearance, Button};
use super::icon::Icon;
use crate::event::Tap;
use crate::words::{Text, shared};

static SHOWN: LazyLock<ArcRwSignal<Option<Toast>>> = LazyLock::new(|| ArcRwSignal::new(None));

/// A message of what happened.
#[derive(Clone)]
pub struct Toast {
    text: Text,
    undo: Option<Tap>,
}

impl Toast {
    /// A message that only tells.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), undo: None }
    }

    /// A message with a way back.
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

/// The place of the message on a screen; `Main` and the desk's frame have it already.
#[component]
pub fn ToastArea() -> impl IntoView {
    let shown = SHOWN.clone();
    let message = move || {
        shown.get().map(|Toast { text, undo }| {
            let undo = undo.map(|undo| {
                let tap = move || {
                    clear_toast();
                    undo.run();
                };
                view! { <Button text=shared::UNDO tap appearance=Appearance::Plain /> }
            });
            view! {
                <div class="toast">
                    <span class="words">{text}</span>
                    {undo}
                    <Button text=shared::CLOSE tap=clear_toast icon=Icon::CROSS mark_only=true appearance=Appearance::Plain />
                </div>
            }
        })
    };
    view! { <div role="status">{message}</div> }
}
