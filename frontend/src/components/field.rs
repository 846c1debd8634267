//! Fields to type in: label above and always in sight, advice below, all tied together for a screen reader.

use std::sync::atomic::{AtomicU32, Ordering};

use opstap_view::prelude::*;

use crate::event::Handler;
use crate::words::Text;

/// Gives each field a name of its own on the page.
fn next_name() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("field-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// Where hint and advice stand, of those that are there.
fn described(name: &str, hint: bool, advice: bool) -> Option<String> {
    let places = [(hint, "-hint"), (advice, "-advice")];
    let there: Vec<String> =
        places.into_iter().filter(|(there, _)| *there).map(|(_, place)| [name, place].concat()).collect();
    (!there.is_empty()).then(|| there.join(" "))
}

fn hint_view(name: &str, hint: Option<Text>, advice: Option<Signal<Option<String>>>) -> AnyView {
    let (hint_name, advice_name) = (format!("{name}-hint"), format!("{name}-advice"));
    let hint = hint.map(|hint| view! { <p class="hint" id=hint_name>{hint}</p> });
    let advice = advice.map(|advice| {
        view! {
            <div id=advice_name role="status">
                {move || advice.get().map(|advice| view! { <p class="advice">{advice}</p> })}
            </div>
        }
    });
    view! { {hint} {advice} }.into_any()
}

/// One line to type in.
#[component]
pub fn Field(
    /// What it is for.
    #[prop(into)]
    label: Text,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed; each key.
    #[prop(optional, into)]
    on_input: Option<Handler<String>>,
    /// The person is done typing: Enter, or left the field.
    #[prop(optional, into)]
    on_change: Option<Handler<String>>,
    /// One sentence of explanation.
    #[prop(optional, into)]
    hint: Option<Text>,
    /// Advice on what is typed now, said as it appears; never refuses.
    #[prop(optional, into)]
    advice: Option<Signal<Option<String>>>,
    /// `text`, `search`, `tel`, `time`, `date`…
    #[prop(default = "text")]
    kind: &'static str,
) -> impl IntoView {
    let name = next_name();
    let described = described(&name, hint.is_some(), advice.is_some());
    let below = hint_view(&name, hint, advice);
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <input
                id=name
                type=kind
                aria-describedby=described
                prop:value=value
                on:input=move |event| { if let Some(act) = &on_input { act.run(event_target_value(&event)); } }
                on:change=move |event| { if let Some(act) = &on_change { act.run(event_target_value(&event)); } }
            />
            {below}
        </div>
    }
}

/// A few lines to type in.
#[component]
pub fn TextArea(
    /// What it is for.
    #[prop(into)]
    label: Text,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// The person typed; each key.
    #[prop(optional, into)]
    on_input: Option<Handler<String>>,
    /// The person left the field.
    #[prop(optional, into)]
    on_change: Option<Handler<String>>,
    /// One sentence of explanation.
    #[prop(optional, into)]
    hint: Option<Text>,
    /// Advice on what is typed now, said as it appears; never refuses.
    #[prop(optional, into)]
    advice: Option<Signal<Option<String>>>,
    /// How many lines are in sight.
    #[prop(default = 3)]
    rows: u32,
) -> impl IntoView {
    let name = next_name();
    let described = described(&name, hint.is_some(), advice.is_some());
    let below = hint_view(&name, hint, advice);
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <textarea
                id=name
                rows=rows.to_string()
                aria-describedby=described
                prop:value=value
                on:input=move |event| { if let Some(act) = &on_input { act.run(event_target_value(&event)); } }
                on:change=move |event| { if let Some(act) = &on_change { act.run(event_target_value(&event)); } }
            ></textarea>
            {below}
        </div>
    }
}
