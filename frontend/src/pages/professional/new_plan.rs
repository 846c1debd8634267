//! A new plan at the desk: how it begins, and its photos with their words.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::frame::{Page, Part, back_to_plans, client_name};
use super::place::DeskPlace;
use crate::components::desk::{Bar, Columns, Foot, Pane, SidePane};
use crate::components::{Button, Icon};
use crate::event::Tap;
use crate::navigation::{go_to, replace};
use crate::pages::shared::plan_editor::{Editor, NewPlan, PhotoFloor, PhotoSteps, Preview, UndoButton, Ways};
use crate::words::{Text, desk, new_plan};

const WAYS: Ways = Ways {
    photos: |circle, plan| replace(DeskPlace::Photos(circle, plan)),
    editor: |circle, plan| replace(DeskPlace::Plan(circle, plan)),
    from_folder: true,
};

/// How it begins.
pub(super) fn begin(circle: CircleId) -> AnyView {
    let name = client_name(circle);
    let title = Text::live(move || new_plan::new_plan_for(name.get()).get());
    let examples = move || go_to(DeskPlace::Examples(circle));
    view! {
        <Page title=title.clone() part=Part::Clients>
            <Bar title lead=back_to_plans(circle)></Bar>
            <Columns>
                <Pane>
                    <NewPlan circle ways=WAYS />
                    <div class="row">
                        <Button text=desk::TAKE_FROM_EXAMPLES icon=Icon::COPY tap=Tap::from(examples) />
                    </div>
                </Pane>
            </Columns>
            <Foot><span>{desk::EXAMPLES_STAY}</span></Foot>
        </Page>
    }
    .into_any()
}

/// The photos and their words.
pub(super) fn photos(circle: CircleId, plan: RecordId) -> AnyView {
    let editor = Editor::open(circle, plan, None);
    let title = editor.title();
    view! {
        <Page title=Text::from(title) part=Part::Clients>
            <Bar title=Text::from(title) lead=back_to_plans(circle)>
                <UndoButton editor />
                <PhotoFloor editor ways=WAYS />
            </Bar>
            <Columns>
                <Pane><PhotoSteps editor /></Pane>
                <SidePane><Preview editor /></SidePane>
            </Columns>
            <Foot><span>{desk::KEPT_BY_ITSELF}</span></Foot>
        </Page>
    }
    .into_any()
}
