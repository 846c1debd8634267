//! Sheets about one client at the desk: how the app is, days off, and a run or practice that was done without a phone.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::frame::{Page, Part, back_to_plans, client_name};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Button, Icon};
use crate::event::Tap;
use crate::pages::shared::PreferencesSheet;
use crate::pages::shared::care::{DaysOffSheet, PaperPractice, PaperRun, Together};
use crate::words::{Text, Word, care, desk, plan_editor, shared};

/// The screen.
pub(super) fn screen(circle: CircleId) -> AnyView {
    let history = |circle, id| Tap::to(DeskPlace::History(circle, id));
    sheet(circle, plan_editor::APP_TITLE, view! { <PreferencesSheet circle history /> }.into_any())
}

/// The days off.
pub(super) fn days_off(circle: CircleId) -> AnyView {
    sheet(circle, care::DAYS_OFF, view! { <DaysOffSheet circle /> }.into_any())
}

/// A run to write down.
pub(super) fn paper(circle: CircleId, plan: RecordId) -> AnyView {
    let content = view! { <PaperRun circle plan /> };
    around(circle, care::WRITE_DOWN, back_to_plans(circle), content.into_any(), None)
}

/// A practice to write down.
pub(super) fn paper_practice(circle: CircleId, route: RecordId) -> AnyView {
    let back = Tap::to(DeskPlace::Travel(circle, Some(route)));
    let back = view! { <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=back /> };
    let content = view! { <PaperPractice circle route /> };
    around(circle, care::WRITE_PRACTICE_DOWN, back.into_any(), content.into_any(), None)
}

/// Choosing pictures and words with the client at one's side.
pub(super) fn together(circle: CircleId, plan: RecordId) -> AnyView {
    let done = Tap::to(DeskPlace::Plan(circle, plan));
    sheet(circle, care::TOGETHER, view! { <Together circle plan done /> }.into_any())
}

fn sheet(circle: CircleId, title: Word, content: AnyView) -> AnyView {
    around(circle, title, back_to_plans(circle), content, Some(desk::KEPT_BY_ITSELF))
}

/// What is written down on a form is kept by its button, so nothing at its foot says otherwise.
fn around(circle: CircleId, title: Word, back: AnyView, content: AnyView, foot: Option<Word>) -> AnyView {
    let name = client_name(circle);
    view! {
        <Page title part=Part::Clients>
            <Bar title more=Text::from(name) lead=back />
            <Columns><Pane><div class="sheet stack">{content}</div></Pane></Columns>
            {foot.map(|word| view! { <Foot><span class="push">{word}</span></Foot> })}
        </Page>
    }
    .into_any()
}
