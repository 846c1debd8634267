//! The chosen step as the client sees it on the phone, live while somebody types. It is a picture of a screen: nothing in it acts.

use opstap_view::prelude::*;

use super::editor::Editor;
use super::step_row::changing_picture;
use crate::components::{Dots, Icon, Well, icon};
use crate::words::{Text, client, plan_editor, shared};

/// "Zo ziet Sem het".
#[component]
pub fn Preview(editor: Editor) -> impl IntoView {
    let name = Memo::new(move |_| editor.with(|sheet| sheet.client.clone()).unwrap_or_default());
    let step = Memo::new(move |_| editor.step_in_view());
    let picture = Memo::new(move |_| {
        let id = step.get()?;
        editor.with(|sheet| sheet.step(id).and_then(|step| step.value.picture.clone())).flatten()
    });
    let words = Memo::new(move |_| step.get().map(|id| editor.words(id)).unwrap_or_default());
    let at = Memo::new(move |_| {
        let rows = editor.rows.get();
        (step.get().and_then(|id| rows.iter().position(|row| *row == id)).map_or(0, |at| at + 1), rows.len())
    });
    let head = Text::live(move || plan_editor::as_client_sees(name.get()).get());
    view! {
        <section class="stack">
            <div class="row">
                <h2>{head}</h2>
                <span class="soft small push">{Text::live(move || shared::step_of(at.get().0, at.get().1).get())}</span>
            </div>
            <div class="phone" aria-hidden="true">
                <Dots now=Signal::derive(move || at.get().0) all=Signal::derive(move || at.get().1) />
                {changing_picture(editor.circle, picture.into(), Well::Large)}
                <p class="sentence">{Text::live(move || words.get())}</p>
                <div class="phone-floor">
                    <span class="fake primary">{icon(Icon::CHECK)} {shared::DONE}</span>
                    <span class="fake">{client::NOT_MANAGED}</span>
                    <span class="fake help">{icon(Icon::HAND)} {shared::HELP}</span>
                </div>
            </div>
        </section>
    }
}
