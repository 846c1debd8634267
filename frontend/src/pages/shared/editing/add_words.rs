//! Words for one more step, choice or goal: it is made when it has words, so that a client never meets an empty one.

use opstap_view::prelude::*;

use crate::components::{Button, Icon, TextArea};
use crate::event::Handler;
use crate::words::Word;

/// The field and its button. Words left in it are added when the screen is left, or put away from which it may not come back.
#[component]
pub fn AddWords(
    /// What is asked.
    label: Word,
    /// What the button says.
    button: Word,
    /// Moves when the window is being put away.
    flushed: RwSignal<()>,
    /// The words.
    #[prop(into)]
    on_add: Handler<String>,
) -> impl IntoView {
    let draft = RwSignal::new(String::new());
    let add = move || {
        let text = draft.try_get_untracked().unwrap_or_default().trim().to_owned();
        if !text.is_empty() {
            let _ = draft.try_set(String::new());
            on_add.run(text);
        }
    };
    let (by_key, left, put_away) = (add.clone(), add.clone(), add.clone());
    on_cleanup(left);
    Effect::new(move |_| {
        flushed.track();
        untrack(&put_away);
    });
    let by_key = move |event: leptos::ev::KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "Enter" {
            event.prevent_default();
            by_key();
        }
    };
    view! {
        <div class="new-step" on:keydown=by_key>
            <TextArea label value=draft rows=1 on_input=move |text| draft.set(text) />
            <Button text=button icon=Icon::PLUS tap=add />
        </div>
    }
}
