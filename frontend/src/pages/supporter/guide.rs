//! How Opstap works, for volunteers, carers and parents: the guide, its tour, and the ways there.

use opstap_view::prelude::*;

use super::SupporterPlace;
use super::look_back::to;
use crate::components::{Floor, Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::guide::{self, Tour};
use crate::words::{guide as words, search};

/// The chapters.
pub fn screen() -> AnyView {
    view! {
        <Screen title=words::GUIDE>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main>
                <h1 class="title">{words::GUIDE}</h1>
                {guide::chapters(Tap::to(SupporterPlace::Tour))}
            </Main>
        </Screen>
    }
    .into_any()
}

/// The tour.
pub fn tour() -> AnyView {
    let Tour { card, on, back, close } = guide::tour();
    view! {
        <Screen title=words::TOUR>
            <TopBar back />
            <Main>{card}</Main>
            <Floor>{on}{close}</Floor>
        </Screen>
    }
    .into_any()
}

/// The tour while it is new, above the first screen.
pub fn offer() -> AnyView {
    guide::offer(Tap::to(SupporterPlace::Tour))
}

/// Rows to what is not of one client: searching, and the guide.
pub fn rows() -> AnyView {
    view! { {to(search::SEARCH.into(), SupporterPlace::Search)}{to(words::GUIDE.into(), SupporterPlace::Guide)} }
        .into_any()
}
