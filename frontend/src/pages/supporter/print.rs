//! What a supporter prints from the phone: a plan as cards, the week of a client.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::circle::name_in;
use crate::components::{Floor, Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::print::{cards, print_button, week};
use crate::words::{Word, paper};

/// A plan as cards.
pub fn plan(circle: CircleId, plan: RecordId) -> AnyView {
    page(paper::PRINT, cards(circle, plan))
}

/// The week of a client.
pub fn of_week(circle: CircleId) -> AnyView {
    let name = name_in(circle);
    page(paper::WEEK, week(circle, Signal::derive(move || name.get())))
}

fn page(title: Word, sheets: AnyView) -> AnyView {
    view! {
        <Screen title>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main>
                <h1 class="title">{title}</h1>
                <p class="soft before-print">{paper::AS_PRINTED}</p>
                {sheets}
            </Main>
            <Floor>{print_button()}</Floor>
        </Screen>
    }
    .into_any()
}
