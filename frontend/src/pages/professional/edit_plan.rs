//! The plan editor at the desk: the steps on the left, the step as the client sees it on the right. Plans of a client, and templates.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::examples::library;
use super::frame::{Page, Part, back_to_plans};
use super::offers::{AsTemplate, Offers};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, KeyHint, Pane, SidePane};
use crate::components::{Appearance, Button, Icon, changing};
use crate::event::Tap;
use crate::pages::shared::care::HelpingLess;
use crate::pages::shared::plan_editor::{Editor, PlanEditor, Preview, UndoButton};
use crate::words::{Text, care, desk, new_plan, paper, past, shared};

/// The screen.
#[component]
pub(super) fn EditPlan(circle: CircleId, plan: RecordId) -> impl IntoView {
    let editor = Editor::open(circle, plan, None);
    let back = back_to_plans(circle);
    view! {
        <Page title=Text::from(editor.title()) part=Part::Clients>
            <Bar title=Text::from(editor.title()) lead=back>
                <Button text=paper::PRINT icon=Icon::PRINTER tap=Tap::to(DeskPlace::PrintPlan(circle, plan)) />
                <Button text=care::TOGETHER icon=Icon::PEOPLE tap=Tap::to(DeskPlace::Together(circle, plan)) />
                <Button text=new_plan::WITH_PHOTOS icon=Icon::CAMERA tap=Tap::to(DeskPlace::Photos(circle, plan)) />
                <Button text=past::HISTORY icon=Icon::CLOCK tap=Tap::to(DeskPlace::History(circle, plan)) />
                <UndoButton editor />
            </Bar>
            <Columns>
                <Pane><Offers circle plan /><PlanEditor editor /></Pane>
                <SidePane>
                    <div class="stack">
                        <Preview editor />
                        <HelpingLess circle plan to_run=|circle, run| Tap::to(DeskPlace::Run(circle, run)) to_paper=Tap::to(DeskPlace::PaperRun(circle, plan)) />
                        <div><AsTemplate circle plan /></div>
                    </div>
                </SidePane>
            </Columns>
            {keys()}
        </Page>
    }
}

/// A template, to be changed by whoever may.
#[component]
pub(super) fn EditExample(circle: CircleId, template: RecordId) -> impl IntoView {
    let library = library();
    changing(move || match library.get() {
        Some(Some(library)) => view! { <InLibrary circle library template /> }.into_any(),
        _ => view! { <Page title=desk::EXAMPLES part=Part::Clients><Bar title=desk::EXAMPLES />{keys()}</Page> }
            .into_any(),
    })
}

#[component]
fn InLibrary(circle: CircleId, library: CircleId, template: RecordId) -> impl IntoView {
    let editor = Editor::open(library, template, None);
    let back = view! {
        <Button
            text=desk::EXAMPLES
            icon=Icon::BACK
            appearance=Appearance::Plain
            tap=Tap::to(DeskPlace::Example(circle, template))
        />
    };
    view! {
        <Page title=Text::from(editor.title()) part=Part::Clients>
            <Bar title=Text::from(editor.title()) more=care::FOR_NEW_COPIES lead=back.into_any()><UndoButton editor /></Bar>
            <Columns>
                <Pane><PlanEditor editor /></Pane>
                <SidePane><Preview editor /></SidePane>
            </Columns>
            {keys()}
        </Page>
    }
}

fn keys() -> AnyView {
    view! {
        <Foot>
            <KeyHint keys=&["Alt", "↑"] text=desk::KEY_UP />
            <KeyHint keys=&["Alt", "↓"] text=desk::KEY_DOWN />
            <KeyHint keys=&["Ctrl", "Enter"] text=desk::KEY_NEW_STEP />
            <KeyHint keys=&["Ctrl", "Z"] text=shared::UNDO />
            <span class="push">{desk::KEPT_BY_ITSELF}</span>
        </Foot>
    }
    .into_any()
}
