//! How much help there was: five treads, the highest and widest by oneself. One hue, because more help is not worse.

use opstap_core::model::HelpLevel;
use opstap_view::prelude::*;

use super::icon::{Icon, icon};
use crate::event::Handler;
use crate::words::{Text, Word, shared};

/// The word of a level.
#[must_use]
pub fn help_word(level: HelpLevel) -> Word {
    match level {
        HelpLevel::ByOneself => shared::LEVEL_SELF,
        HelpLevel::Hint => shared::LEVEL_HINT,
        HelpLevel::Told => shared::LEVEL_TOLD,
        HelpLevel::Shown => shared::LEVEL_SHOWN,
        HelpLevel::Together => shared::LEVEL_TOGETHER,
    }
}

/// The letter of a level, for figures.
#[must_use]
pub fn help_letter(level: HelpLevel) -> Word {
    match level {
        HelpLevel::ByOneself => shared::LEVEL_SELF_LETTER,
        HelpLevel::Hint => shared::LEVEL_HINT_LETTER,
        HelpLevel::Told => shared::LEVEL_TOLD_LETTER,
        HelpLevel::Shown => shared::LEVEL_SHOWN_LETTER,
        HelpLevel::Together => shared::LEVEL_TOGETHER_LETTER,
    }
}

/// Its colour, and how many of the five bars are filled.
fn drawn(level: HelpLevel) -> (&'static str, usize) {
    match level {
        HelpLevel::ByOneself => ("level-self", 5),
        HelpLevel::Hint => ("level-hint", 4),
        HelpLevel::Told => ("level-told", 3),
        HelpLevel::Shown => ("level-shown", 2),
        HelpLevel::Together => ("level-together", 1),
    }
}

/// Five bars, filled as far as the level says; none for a goal not practised yet.
fn bars(filled: usize) -> AnyView {
    let bars = (1..=5).map(|bar| view! { <i class=(bar <= filled).then_some("on")></i> }).collect_view();
    view! { <span class="bars" aria-hidden="true">{bars}</span> }.into_any()
}

/// The five treads to tap. A choice can be made again: the last one counts.
#[component]
pub fn HelpLevels(
    /// The level chosen, if any; it carries a tick.
    #[prop(into)]
    chosen: Signal<Option<HelpLevel>>,
    /// A tread was tapped.
    #[prop(into)]
    on_choose: Handler<HelpLevel>,
) -> impl IntoView {
    let treads = HelpLevel::ALL
        .iter()
        .copied()
        .map(|level| {
            let choose = on_choose.clone();
            let (class, filled) = drawn(level);
            let is_chosen = move || chosen.get() == Some(level);
            view! {
                <button
                    type="button"
                    class=format!("help-level {class}")
                    aria-pressed=move || if is_chosen() { "true" } else { "false" }
                    on:click=move |_| choose.run(level)
                >
                    {bars(filled)}
                    <span>{help_word(level)}</span>
                    {move || is_chosen().then(|| icon(Icon::CHECK))}
                </button>
            }
        })
        .collect_view();
    view! { <div class="help-levels" role="group" aria-label=shared::HELP_QUESTION>{treads}</div> }
}

/// The five levels as letters side by side, for a list in which every row has its own. A choice can be made again.
#[component]
pub fn HelpChoice(
    /// What it is about, for a screen reader.
    #[prop(into)]
    label: Text,
    /// The level chosen, if any.
    #[prop(into)]
    chosen: Signal<Option<HelpLevel>>,
    /// A level was tapped.
    #[prop(into)]
    on_choose: Handler<HelpLevel>,
) -> impl IntoView {
    let letters = HelpLevel::ALL
        .iter()
        .copied()
        .map(|level| {
            let choose = on_choose.clone();
            view! {
                <button
                    type="button"
                    class=format!("help-letter {}", drawn(level).0)
                    aria-label=help_word(level)
                    aria-pressed=move || if chosen.get() == Some(level) { "true" } else { "false" }
                    on:click=move |_| choose.run(level)
                >
                    {help_letter(level)}
                </button>
            }
            .into_any()
        })
        .collect_view();
    view! { <span class="help-letters" role="group" aria-label=label>{letters}</span> }
}

/// What the letters mean, where letters stand.
#[component]
pub fn HelpLegend() -> impl IntoView {
    let one = |level: &HelpLevel| {
        let (letter, word) = (help_letter(*level), help_word(*level));
        view! { <span><b>{letter}</b> " " {word}</span> }.into_any()
    };
    view! { <p class="row small soft">{HelpLevel::ALL.iter().map(one).collect_view()}</p> }
}

/// One level in a list (bars) or a figure (`letter`).
#[component]
pub fn HelpMark(
    /// The level; `None` is not practised yet.
    level: Option<HelpLevel>,
    /// As a letter in a square, for dense tables.
    #[prop(optional)]
    letter: bool,
) -> impl IntoView {
    match level {
        Some(level) if letter => view! {
            <span class=format!("letter {}", drawn(level).0) role="img" aria-label=help_word(level)>{help_letter(level)}</span>
        }
        .into_any(),
        Some(level) => view! { {bars(drawn(level).1)} <span class="for-voice">{help_word(level)}</span> }.into_any(),
        None => bars(0),
    }
}
