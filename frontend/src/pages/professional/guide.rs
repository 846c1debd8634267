//! How Opstap works, for professionals: the guide and its tour.

use opstap_core::model::OrganisationRole;
use opstap_view::prelude::*;

use super::frame::{Page, Part};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Button, Icon};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::guide::{self, Tour};
use crate::words::{Word, guide as words, shared};

/// The chapters.
pub(super) fn screen() -> AnyView {
    page(words::GUIDE, Tap::to(DeskPlace::Settings), guide::chapters(Tap::to(DeskPlace::Tour)))
}

/// The tour; a coordinator has one of their own.
pub(super) fn tour() -> AnyView {
    let coordinates = device::me().is_some_and(|me| me.role >= OrganisationRole::Coordinator);
    let Tour { card, on, back, close } = match coordinates {
        true => guide::tour_of(|guide| &guide.of_coordinator),
        false => guide::tour(),
    };
    let body = view! { <div class="stack tour">{card}<div class="row">{on}{close}</div></div> };
    page(words::TOUR, back, body.into_any())
}

fn page(title: Word, back: Tap, body: AnyView) -> AnyView {
    let lead = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=back /> }.into_any();
    view! {
        <Page title part=Part::Settings>
            <Bar title lead />
            <Columns><Pane>{body}</Pane></Columns>
            <Foot>""</Foot>
        </Page>
    }
    .into_any()
}
