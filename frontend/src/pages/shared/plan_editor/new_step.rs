//! One more step: it is made when it has words, so that a client never meets an empty one.

use opstap_view::prelude::*;

use super::editor::Editor;
use crate::components::{Button, Icon, TextArea};
use crate::words::plan_editor;

/// The field and its button. Words left in it become a step when the screen is left.
#[component]
pub(super) fn NewStep(editor: Editor) -> impl IntoView {
    let draft = RwSignal::new(String::new());
    let add = move || {
        let text = draft.try_get_untracked().unwrap_or_default().trim().to_owned();
        if !text.is_empty() {
            let _ = draft.try_set(String::new());
            editor.add(text, None);
        }
    };
    on_cleanup(add);
    let by_key = move |event: leptos::ev::KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    view! {
        <div class="new-step" on:keydown=by_key>
            <TextArea label=plan_editor::NEW_STEP value=draft rows=1 on_input=move |text| draft.set(text) />
            <Button text=plan_editor::ADD_STEP icon=Icon::PLUS tap=add />
        </div>
    }
}
