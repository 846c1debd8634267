//! The route editor at the desk.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::frame::{Page, Part, client_name};
use super::place::{DeskPlace, TrainingPart};
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Appearance, Button, Icon};
use crate::event::Tap;
use crate::pages::shared::editing::UndoWork;
use crate::pages::shared::route_editor::{RouteEditor, RouteSheet};
use crate::words::{Text, desk, past, shared, training};

/// The screen.
pub(super) fn screen(circle: CircleId, route: RecordId) -> AnyView {
    view! { <EditRoute circle route /> }.into_any()
}

#[component]
fn EditRoute(circle: CircleId, route: RecordId) -> impl IntoView {
    let editor = RouteEditor::open(circle, route);
    let (title, name, work) = (editor.title(), client_name(circle), editor.work());
    let plan = Tap::to(DeskPlace::Training(circle, Some(TrainingPart::Plan)));
    let back = view! {
        <Button text=shared::BACK icon=Icon::BACK appearance=Appearance::Plain tap=Tap::to(DeskPlace::Travel(circle, Some(route))) />
    };
    let to_route = move |route| Tap::to(DeskPlace::EditRoute(circle, route));
    view! {
        <Page title=Text::from(title) part=Part::Clients>
            <Bar title=Text::from(title) more=Text::from(name) lead=back.into_any()>
                <Button text=training::PART_PLAN icon=Icon::STAIRS tap=plan />
                <Button text=past::HISTORY icon=Icon::CLOCK tap=Tap::to(DeskPlace::History(circle, route)) />
                <UndoWork work />
            </Bar>
            <Columns><Pane><RouteSheet editor to_route /></Pane></Columns>
            <Foot><span class="push">{desk::KEPT_BY_ITSELF}</span></Foot>
        </Page>
    }
}
