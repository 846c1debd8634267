//! The plan editor at the desk: the steps on the left, the step as the client sees it on the right.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::frame::{Page, Part, client_name};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, KeyHint, Pane, SidePane};
use crate::components::{Appearance, Button, Icon};
use crate::event::Tap;
use crate::pages::shared::plan_editor::{Editor, PlanEditor, Preview, UndoButton};
use crate::words::{Text, desk, past, shared};

/// The screen.
#[component]
pub(super) fn EditPlan(circle: CircleId, plan: RecordId) -> impl IntoView {
    let editor = Editor::open(circle, plan, None);
    let name = client_name(circle);
    let back = view! {
        <Button
            text=Text::live(move || desk::plans_of(name.get()).get())
            icon=Icon::BACK
            appearance=Appearance::Plain
            tap=Tap::to(DeskPlace::Plans(circle))
        />
    }
    .into_any();
    view! {
        <Page title=Text::from(editor.title()) part=Part::Clients>
            <Bar title=Text::from(editor.title()) lead=back>
                <Button text=past::HISTORY icon=Icon::CLOCK tap=Tap::to(DeskPlace::History(circle, plan)) />
                <UndoButton editor />
            </Bar>
            <Columns>
                <Pane><PlanEditor editor /></Pane>
                <SidePane><Preview editor /></SidePane>
            </Columns>
            <Foot>
                <KeyHint keys=&["Alt", "↑"] text=desk::KEY_UP />
                <KeyHint keys=&["Alt", "↓"] text=desk::KEY_DOWN />
                <KeyHint keys=&["Ctrl", "Enter"] text=desk::KEY_NEW_STEP />
                <KeyHint keys=&["Ctrl", "Z"] text=shared::UNDO />
                <span class="push">{desk::KEPT_BY_ITSELF}</span>
            </Foot>
        </Page>
    }
}
