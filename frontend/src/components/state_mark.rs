//! Whether things are on this device, sent, or have a problem: a mark and a word, small and true.

use opstap_view::prelude::*;

use super::icon::{Icon, icon};
use super::tappable::{Manner, tappable};
use crate::event::Tap;
use crate::words::{Text, shared};

/// Where one record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Kept here, not sent yet.
    OnDevice,
    /// With the server.
    Sent,
    /// Refused or set apart; a person has to look at it.
    Problem,
}

/// What this device still has to do, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeviceState {
    /// Things not sent yet.
    pub waiting: usize,
    /// Things with a problem.
    pub problems: usize,
}

impl Saved {
    fn class(self) -> &'static str {
        match self {
            Self::OnDevice => "chip device",
            Self::Sent => "chip sent",
            Self::Problem => "chip problem",
        }
    }

    fn mark(self) -> Icon {
        match self {
            Self::OnDevice => Icon::DEVICE,
            Self::Sent => Icon::CHECK,
            Self::Problem => Icon::WARNING,
        }
    }
}

impl DeviceState {
    fn saved(self) -> Saved {
        match (self.problems, self.waiting) {
            (0, 0) => Saved::Sent,
            (0, _) => Saved::OnDevice,
            (_, _) => Saved::Problem,
        }
    }

    fn text(self) -> Text {
        match self.saved() {
            Saved::Sent => shared::SENT.into(),
            Saved::OnDevice => shared::waiting_short(self.waiting),
            Saved::Problem => shared::problems_short(self.problems),
        }
    }
}

/// The state of one record.
#[component]
pub fn StateMark(
    /// Where it is.
    #[prop(into)]
    saved: Signal<Saved>,
) -> impl IntoView {
    move || {
        let saved = saved.get();
        let word = match saved {
            Saved::OnDevice => shared::ON_DEVICE,
            Saved::Sent => shared::SENT,
            Saved::Problem => shared::PROBLEM,
        };
        view! { <span class=saved.class()>{icon(saved.mark())}<span class="word">{word}</span></span> }
    }
}

/// The state of the whole device, top right. With `tap` it opens the list of what waits.
#[component]
pub fn StateChip(
    /// The counts.
    #[prop(into)]
    state: Signal<DeviceState>,
    /// Opens the list.
    #[prop(optional, into)]
    tap: Option<Tap>,
) -> impl IntoView {
    // Only what asks for somebody: a word at every tap would talk through the title of the next step.
    let told = move || state.with(|state| (state.problems > 0).then(|| state.text()));
    let chip = move || {
        let state = state.get();
        let saved = state.saved();
        let content = view! { {icon(saved.mark())} <span class="word">{state.text()}</span> }.into_any();
        match tap.clone() {
            Some(tap) => {
                let manner =
                    Manner { class: format!("{} tap", saved.class()), label: Some(state.text()), ..Manner::default() };
                tappable(tap, manner, content)
            }
            None => view! { <span class=saved.class()>{content}</span> }.into_any(),
        }
    };
    view! { {chip} <span class="for-voice" role="status">{told}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_said_before_what_waits_and_what_waits_before_sent() {
        assert_eq!(DeviceState { waiting: 3, problems: 1 }.text().get(), "1 probleem");
        assert_eq!(DeviceState { waiting: 3, problems: 0 }.text().get(), "3 bewaard");
        assert_eq!(DeviceState::default().text().get(), "verstuurd");
    }
}
