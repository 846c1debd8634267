//! The frame of a client's screens: the way back, how things stand, and help in the same place.

use opstap_view::prelude::*;

use super::ClientPlace;
use super::followed::followed;
use crate::companion::CompanionPlace;
use crate::components::{Floor, HelpButton, Main, Screen, Sentence, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::words::{Text, Word};

/// A frame to be. What it does not name is as on most screens. A function and not a component: what stands in it is there already.
#[derive(Default)]
pub struct Frame {
    /// On the way: the whole ground is blue.
    pub way: bool,
    /// Where "Terug" goes, if not to where one came from.
    pub back: Option<Tap>,
    /// What stands before the help.
    pub floor: Option<AnyView>,
    /// What asks for help, if not simply its screen.
    pub help: Option<Tap>,
    /// It is of a run: whoever follows that is seen. What they do not see, nobody is said to.
    pub run: bool,
}

impl Frame {
    /// The screen with this in it. `title` names the window.
    #[inline(never)]
    pub fn around(self, title: Text, main: AnyView) -> AnyView {
        let Self { way, back, floor, help, run } = self;
        let back = back.unwrap_or_else(Tap::back);
        let help = help.unwrap_or_else(|| Tap::to(CompanionPlace::from(ClientPlace::Help(None))));
        view! {
            <Screen title way>
                <TopBar back>
                    <StateChip state=device::state() />
                </TopBar>
                {run.then(followed)}
                <Main>{main}</Main>
                <Floor>{floor} <HelpButton tap=help /></Floor>
            </Screen>
        }
        .into_any()
    }

    /// The screen with its title as a sentence above what is in it.
    #[inline(never)]
    pub fn below(self, title: Word, main: AnyView) -> AnyView {
        self.around(title.into(), view! { <Sentence text=title title=true /> {main} }.into_any())
    }
}
