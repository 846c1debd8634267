//! A field that suggests while one types: by tap or by keyboard, at most a handful, each large enough for a thumb.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::ev::{FocusEvent, KeyboardEvent};
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;

use crate::components::changing;
use crate::event::Handler;
use crate::pictograms::pictogram_address;
use crate::words::{Text, Word};

/// As many as are suggested at once.
pub const MOST: usize = 8;

/// One of what is suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion<T> {
    /// What is chosen with it.
    pub value: T,
    /// What it says.
    pub text: String,
    /// The pictogram before it.
    pub picture: Option<&'static str>,
}

/// Gives each list a name of its own on the page.
fn next_name() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    ["suggest-", &LAST.fetch_add(1, Ordering::Relaxed).to_string()].concat()
}

/// Which of `many` a key leads to from `active`; none for a key that leads nowhere.
fn led_to(key: &str, active: Option<usize>, many: usize) -> Option<usize> {
    let last = many.checked_sub(1)?;
    match (key, active) {
        ("ArrowDown", None) => Some(0),
        ("ArrowDown", Some(at)) => Some(if at >= last { 0 } else { at + 1 }),
        ("ArrowUp", None | Some(0)) => Some(last),
        ("ArrowUp", Some(at)) => Some(at - 1),
        _ => None,
    }
}

/// The field. What is typed and not chosen is forgotten when it is left.
#[component]
pub fn Suggest<T: Clone + PartialEq + Send + Sync + 'static>(
    /// What is being chosen.
    label: Word,
    /// A sentence of explanation.
    #[prop(optional)]
    hint: Option<Word>,
    /// What it says when nothing answers to what was typed.
    none: Word,
    /// What is chosen now, as text.
    #[prop(into)]
    chosen: Signal<String>,
    /// What answers to what was typed.
    find: impl Fn(&str) -> Vec<Suggestion<T>> + Clone + Send + Sync + 'static,
    /// One was chosen.
    #[prop(into)]
    on_choose: Handler<T>,
) -> impl IntoView {
    let name = next_name();
    let state = State { open: RwSignal::new(false), typed: RwSignal::new(None), active: RwSignal::new(None) };
    let found =
        Memo::new(move |_| if state.open.get() { find(&state.typed.get().unwrap_or_default()) } else { Vec::new() });
    let choose = Handler::from(move |at: usize| {
        let value = found.with_untracked(|found| found.get(at).map(|one| one.value.clone()));
        if let Some(value) = value {
            state.close();
            on_choose.run(value);
        }
    });
    let texts = Memo::new(move |_| {
        found.with(|found| found.iter().map(|one| (one.text.clone(), one.picture)).collect::<Vec<_>>())
    });
    let shown = Signal::derive(move || state.typed.get().unwrap_or_else(|| chosen.get()));
    let options = changing({
        let (name, choose) = (name.clone(), choose.clone());
        move || options(&name, texts.get(), state, &choose)
    });
    let none = changing(move || {
        let typed = state.typed.with(|typed| typed.as_ref().is_some_and(|typed| !typed.trim().is_empty()));
        let nothing = state.open.get() && typed && texts.with(Vec::is_empty);
        nothing.then(|| view! { <p class="hint">{none}</p> }).into_any()
    });
    let by_key = move |event: KeyboardEvent| state.by_key(&event, texts.with_untracked(Vec::len), &choose);
    let list = [&name, "-list"].concat();
    let (controls, active) = (list.clone(), name.clone());
    view! {
        <div class="field suggest" on:focusin=move |event| state.enter(&event) on:focusout=move |_| state.close()>
            <label for=name.clone()>{label}</label>
            <input
                id=name
                type="text"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-controls=controls
                aria-expanded=move || if texts.with(Vec::is_empty) { "false" } else { "true" }
                aria-activedescendant=move || state.active.get().map(|at| option_name(&active, at))
                prop:value=shown
                on:input=move |event| state.type_in(event_target_value(&event))
                // Whoever chose or closed the list, and taps the field again, wants it back.
                on:click=move |_| state.open.set(true)
                on:keydown=by_key
            />
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            <div role="status">{none}</div>
            <ul id=list class="suggestions" role="listbox" aria-label=Text::from(label)>{options}</ul>
        </div>
    }
}

/// What a field has of its own. What it suggests follows from it.
#[derive(Clone, Copy)]
struct State {
    open: RwSignal<bool>,
    /// What was typed since it was entered.
    typed: RwSignal<Option<String>>,
    /// The suggestion that the keyboard is at.
    active: RwSignal<Option<usize>>,
}

impl State {
    fn enter(self, event: &FocusEvent) {
        self.open.set(true);
        // Whoever types now wants another; what is chosen stays in sight until then.
        if let Some(field) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            field.select();
        }
    }

    fn type_in(self, text: String) {
        self.active.set(None);
        self.open.set(true);
        self.typed.set(Some(text));
    }

    fn close(self) {
        self.open.set(false);
        self.typed.set(None);
        self.active.set(None);
    }

    fn by_key(self, event: &KeyboardEvent, many: usize, choose: &Handler<usize>) {
        let (key, active) = (event.key(), self.active.get_untracked());
        match key.as_str() {
            "Escape" if self.open.get_untracked() => {
                // A dialog around it stays open.
                event.stop_propagation();
                self.close();
            }
            // Of one alone nobody has to say which.
            "Enter" if active.is_some() || many == 1 => {
                event.prevent_default();
                choose.run(active.unwrap_or_default());
            }
            "ArrowDown" | "ArrowUp" if !self.open.get_untracked() => {
                event.prevent_default();
                self.open.set(true);
            }
            _ => {
                if let Some(next) = led_to(&key, active, many) {
                    event.prevent_default();
                    self.active.set(Some(next));
                }
            }
        }
    }
}

fn option_name(field: &str, at: usize) -> String {
    [field, "-", &at.to_string()].concat()
}

fn options(field: &str, texts: Vec<(String, Option<&'static str>)>, state: State, choose: &Handler<usize>) -> AnyView {
    let rows = texts.into_iter().enumerate().map(|(at, (text, picture))| {
        let choose = choose.clone();
        let picture = picture.map(|name| view! { <img src=pictogram_address(name) alt="" draggable="false" /> });
        view! {
            <li
                id=option_name(field, at)
                role="option"
                aria-selected=move || if state.active.get() == Some(at) { "true" } else { "false" }
                // The field keeps the focus, so that leaving it closes the list and a tap does not.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| choose.run(at)
            >
                {picture}
                <span>{text}</span>
            </li>
        }
        .into_any()
    });
    rows.collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_walk_round_through_what_is_suggested() {
        assert_eq!(led_to("ArrowDown", None, 3), Some(0));
        assert_eq!(led_to("ArrowDown", Some(2), 3), Some(0));
        assert_eq!(led_to("ArrowUp", None, 3), Some(2));
        assert_eq!(led_to("ArrowUp", Some(2), 3), Some(1));
        // What was typed may have left fewer.
        assert_eq!(led_to("ArrowDown", Some(7), 3), Some(0));
        assert_eq!((led_to("ArrowDown", None, 0), led_to("a", Some(1), 3)), (None, None));
    }
}
