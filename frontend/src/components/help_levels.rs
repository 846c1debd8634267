//! How much help there was: five treads, the highest and widest by oneself. One hue, because more help is not worse.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::event::Handler;
use crate::words::{Word, shared};

/// How much help a step or goal took, from none to everything together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelpLevel {
    /// By oneself.
    Own,
    /// After a hint.
    Hint,
    /// After being told.
    Told,
    /// After it was shown.
    Shown,
    /// Together.
    Together,
}

impl HelpLevel {
    /// From the highest tread to the ground.
    pub const ALL: [Self; 5] = [
        Self::Own,
        Self::Hint,
        Self::Told,
        Self::Shown,
        Self::Together,
    ];

    /// Its word.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::Own => shared::LEVEL_SELF,
            Self::Hint => shared::LEVEL_HINT,
            Self::Told => shared::LEVEL_TOLD,
            Self::Shown => shared::LEVEL_SHOWN,
            Self::Together => shared::LEVEL_TOGETHER,
        }
    }

    /// Its letter, for figures.
    #[must_use]
    pub fn letter(self) -> Word {
        match self {
            Self::Own => shared::LEVEL_SELF_LETTER,
            Self::Hint => shared::LEVEL_HINT_LETTER,
            Self::Told => shared::LEVEL_TOLD_LETTER,
            Self::Shown => shared::LEVEL_SHOWN_LETTER,
            Self::Together => shared::LEVEL_TOGETHER_LETTER,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Own => "level-self",
            Self::Hint => "level-hint",
            Self::Told => "level-told",
            Self::Shown => "level-shown",
            Self::Together => "level-together",
        }
    }

    fn bars(self) -> usize {
        match self {
            Self::Own => 5,
            Self::Hint => 4,
            Self::Told => 3,
            Self::Shown => 2,
            Self::Together => 1,
        }
    }
}

/// Five bars, filled as far as the level says; none for a goal not practised yet.
fn bars(filled: usize) -> AnyView {
    let bars = (1..=5)
        .map(|bar| view! { <i class:on=bar <= filled></i> })
        .collect_view();
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
        .into_iter()
        .map(|level| {
            let choose = on_choose.clone();
            let is_chosen = move || chosen.get() == Some(level);
            view! {
                <button
                    type="button"
                    class=format!("help-level {}", level.class())
                    aria-pressed=move || if is_chosen() { "true" } else { "false" }
                    on:click=move |_| choose.run(level)
                >
                    {bars(level.bars())}
                    <span>{level.word()}</span>
                    {move || is_chosen().then(|| icon(Icon::CHECK))}
                </button>
            }
        })
        .collect_view();
    view! { <div class="help-levels" role="group" aria-label=shared::HELP_QUESTION>{treads}</div> }
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
            <span class=format!("letter {}", level.class()) role="img" aria-label=level.word()>{level.letter()}</span>
        }
        .into_any(),
        Some(level) => view! { {bars(level.bars())} <span class="for-voice">{level.word()}</span> }.into_any(),
        None => bars(0),
    }
}
