//! The button: words, perhaps a mark, and one meaning by its colour.

use opstap_view::prelude::*;

use super::icon::{Icon, icon};
use super::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::Text;

/// What a button means. One screen has at most one of the filled ones: primary, way or proud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Appearance {
    /// Petrol: go on.
    Primary,
    /// Blue: go on, while travelling.
    Way,
    /// Apricot: go on with something to be proud of.
    Proud,
    /// With an edge of its own; everything that is not the main action.
    #[default]
    Quiet,
    /// Yellow: help, and nothing else.
    Help,
    /// Words alone, underlined.
    Plain,
    /// Outlined in brick: takes something away. Ask with `Confirm` first.
    Danger,
}

/// How large a button is; `Normal` follows from its appearance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 48 px high, 64 px for a filled one; on the desk 40 and 44.
    #[default]
    Normal,
    /// 72 px, for a main action outside the floor.
    Large,
    /// A tool in a row of the desk, 32 px with a mouse.
    Tool,
}

impl Appearance {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Way => "button way",
            Self::Proud => "button proud",
            Self::Quiet => "button quiet",
            Self::Help => "button help",
            Self::Plain => "button plain",
            Self::Danger => "button danger",
        }
    }
}

/// A button, or a link that looks like one when `tap` leads to a place.
#[component]
pub fn Button(
    /// What it says; with `mark_only` what a screen reader says.
    #[prop(into)]
    text: Text,
    /// What it does.
    #[prop(into)]
    tap: Tap,
    /// What it means.
    #[prop(optional)]
    appearance: Appearance,
    /// How large it is.
    #[prop(optional)]
    size: Size,
    /// A mark before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Shows the mark alone; the text is its name.
    #[prop(optional)]
    mark_only: bool,
    /// Takes the full width.
    #[prop(optional)]
    wide: bool,
    /// Cannot be tapped now.
    #[prop(optional, into)]
    disabled: Option<Signal<bool>>,
) -> impl IntoView {
    let mut class = appearance.class().to_owned();
    match size {
        Size::Normal => {}
        Size::Large => class.push_str(" large"),
        Size::Tool => class.push_str(" tool"),
    }
    if wide {
        class.push_str(" wide");
    }
    if mark_only {
        class.push_str(" mark");
    }
    let mark = icon.map(self::icon);
    let (label, words) = if mark_only { (Some(text), None) } else { (None, Some(text)) };
    let words = words.map(|words| view! { <span>{words}</span> });
    tappable(tap, Manner { class, label, disabled, ..Manner::default() }, view! { {mark} {words} }.into_any())
}
