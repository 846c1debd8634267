//! One of two to five, side by side: radios with arrow keys.

use leptos::ev::KeyboardEvent;
use opstap_view::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::event::Handler;
use crate::words::Text;

/// A step through a group of radios by key.
#[derive(Clone, Copy)]
pub(super) enum Move {
    Back,
    On,
}

impl Move {
    pub(super) fn from_key(key: &str) -> Option<Self> {
        match key {
            "ArrowLeft" | "ArrowUp" => Some(Self::Back),
            "ArrowRight" | "ArrowDown" => Some(Self::On),
            _ => None,
        }
    }

    /// The place after this step; the last is beside the first.
    pub(super) fn from(self, place: usize, count: usize) -> usize {
        match self {
            Self::Back => (place + count - 1) % count,
            Self::On => (place + 1) % count,
        }
    }
}

/// Moves focus to the choice at `place` in the group the key was pressed in.
pub(super) fn focus_choice(event: &KeyboardEvent, place: usize) {
    let group = event
        .current_target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
        .and_then(|element| element.parent_element());
    let next = group.and_then(|group| u32::try_from(place).ok().and_then(|place| group.children().item(place)));
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        let _ = next.focus();
    }
}

/// One of the choices.
#[derive(Clone)]
pub struct Choice<T> {
    value: T,
    text: Text,
}

impl<T> Choice<T> {
    /// A choice and what it says.
    pub fn new(value: T, text: impl Into<Text>) -> Self {
        Self { value, text: text.into() }
    }
}

/// The choices side by side; one of them is chosen, or none yet.
#[component]
pub fn Segments<T: Copy + PartialEq + Send + Sync + 'static>(
    /// What is being chosen, for a screen reader.
    #[prop(into)]
    label: Text,
    /// Two to five choices.
    choices: Vec<Choice<T>>,
    /// The chosen one.
    #[prop(into)]
    chosen: Signal<T>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Handler<T>,
) -> impl IntoView {
    let values: Vec<T> = choices.iter().map(|choice| choice.value).collect();
    let buttons = choices
        .into_iter()
        .enumerate()
        .map(|(place, Choice { value, text })| {
            let (choose, walk, values) = (on_choose.clone(), on_choose.clone(), values.clone());
            // The way in by key: the chosen one, and as long as there is none the first.
            let all = values.clone();
            let leads_in = move || chosen.get() == value || place == 0 && !all.contains(&chosen.get());
            let step = move |event: KeyboardEvent| {
                let Some(next) = Move::from_key(&event.key()).map(|step| step.from(place, values.len())) else {
                    return;
                };
                event.prevent_default();
                if let Some(value) = values.get(next) {
                    walk.run(*value);
                    focus_choice(&event, next);
                }
            };
            view! {
                <button
                    type="button"
                    role="radio"
                    aria-checked=move || if chosen.get() == value { "true" } else { "false" }
                    tabindex=move || if leads_in() { "0" } else { "-1" }
                    on:click=move |_| choose.run(value)
                    on:keydown=step
                >
                    {text}
                </button>
            }
            .into_any()
        })
        .collect_view();
    view! { <div class="segments" role="radiogroup" aria-label=label>{buttons}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_walk_round_in_a_circle() {
        assert_eq!(Move::On.from(4, 5), 0);
        assert_eq!(Move::Back.from(0, 5), 4);
        assert!(Move::from_key("Enter").is_none());
    }
}
