//! A quiet surface for things that belong together; never a card in a card.

use opstap_view::prelude::*;

/// The quiet tint of one meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// No meaning of its own.
    #[default]
    Quiet,
    /// Chosen, going on.
    Go,
    /// Help.
    Help,
    /// Something to be proud of.
    Proud,
    /// On the way.
    Way,
    /// A problem.
    Problem,
}

impl Tone {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Quiet => "",
            Self::Go => " go",
            Self::Help => " help",
            Self::Proud => " proud",
            Self::Way => " way",
            Self::Problem => " problem",
        }
    }
}

/// A card. Its children are stacked with room between them.
#[component]
pub fn Card(
    /// What the card means.
    #[prop(optional)]
    tone: Tone,
    /// What stands on it.
    children: Children,
) -> impl IntoView {
    view! { <div class=format!("card{}", tone.class())><div class="stack">{children()}</div></div> }
}
