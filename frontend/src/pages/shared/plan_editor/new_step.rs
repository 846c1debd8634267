//! One more step.

use opstap_view::prelude::*;

use super::editor::Editor;
use crate::pages::shared::editing::AddWords;
use crate::words::plan_editor;

/// The field for it.
#[component]
pub(super) fn NewStep(editor: Editor) -> impl IntoView {
    let add = move |text| editor.add(text, None);
    let flushed = editor.work.flushed;
    view! { <AddWords label=plan_editor::NEW_STEP button=plan_editor::ADD_STEP flushed on_add=add /> }
}
