//! A plan to change, on the phone, together with the client or alone: the same editor as at the desk.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
use super::look_back::to;
use crate::components::{Floor, Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::care::{HelpingLess, Together};
use crate::pages::shared::plan_editor::{Editor, PlanEditor, PreviewButton, UndoButton};
use crate::words::{Text, care, new_plan, paper, past};

/// Changing a plan.
#[component]
pub fn PlanPage(circle: CircleId, plan: RecordId) -> impl IntoView {
    let editor = Editor::open(circle, plan, None);
    let main = view! {
        <PlanEditor editor />
        <HelpingLess circle plan to_run=|circle, run| Tap::to(SupporterPlace::Run(circle, run)) to_paper=Tap::to(SupporterPlace::PaperRun(circle, plan)) />
        <ul class="list">
            {to(care::TOGETHER.into(), SupporterPlace::Together(circle, plan))}
            {to(new_plan::WITH_PHOTOS.into(), SupporterPlace::Photos(circle, plan))}
            {to(paper::PRINT.into(), SupporterPlace::PrintPlan(circle, plan))}
            {to(past::HISTORY.into(), SupporterPlace::History(circle, plan))}
        </ul>
    };
    let floor = view! { <PreviewButton editor /><UndoButton editor /> };
    around(circle, editor, main.into_any(), floor.into_any())
}

/// The screen of a plan that is being changed, named by its title.
pub(super) fn around(circle: CircleId, editor: Editor, main: AnyView, floor: AnyView) -> AnyView {
    let title = editor.title();
    view! {
        <Screen title=Text::live(move || title.get())>
            <TopBar back=Tap::to(SupporterPlace::Circle(circle))>
                <StateChip state=device::state() />
            </TopBar>
            <Main>{main}</Main>
            <Floor>{floor}</Floor>
        </Screen>
    }
    .into_any()
}

/// Choosing pictures and words together.
pub fn together(circle: CircleId, plan: RecordId) -> AnyView {
    let done = Tap::to(SupporterPlace::Plan(circle, plan));
    view! {
        <Screen title=care::TOGETHER>
            <TopBar back=done.clone()><StateChip state=device::state() /></TopBar>
            <Main><Together circle plan done /></Main>
        </Screen>
    }
    .into_any()
}
