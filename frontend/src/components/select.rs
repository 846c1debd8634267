//! One of many, by name: the list that the browser has for it.

use opstap_view::prelude::*;

use crate::event::Handler;
use crate::words::Text;

/// A list to choose from. Its first choice is chosen where none of the others is.
#[component]
pub fn Select(
    /// What is being chosen.
    #[prop(into)]
    label: Text,
    /// The choices: what each stands for, and what it says.
    choices: Vec<(String, Text)>,
    /// What is chosen.
    #[prop(into)]
    chosen: String,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Handler<String>,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(value, text)| {
            let selected = (value == chosen).then_some("");
            view! { <option value=value selected=selected>{text}</option> }.into_any()
        })
        .collect_view();
    view! {
        <label class="field">
            <span class="strong">{label}</span>
            <select on:change=move |event| on_choose.run(event_target_value(&event))>{options}</select>
        </label>
    }
}
