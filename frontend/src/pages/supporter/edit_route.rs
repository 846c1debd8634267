//! A route to change, on the phone of somebody who travels along: the same editor as at the desk.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Floor, Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::editing::UndoWork;
use crate::pages::shared::route_editor::{Here, RouteEditor, RouteSheet};
use crate::words::Text;

/// The screen.
pub fn screen(circle: CircleId, route: RecordId) -> AnyView {
    view! { <EditRoute circle route /> }.into_any()
}

#[component]
fn EditRoute(circle: CircleId, route: RecordId) -> impl IntoView {
    let editor = RouteEditor::open(circle, route);
    let (title, work) = (editor.title(), editor.work());
    let to_route = move |route| Tap::to(SupporterPlace::EditRoute(circle, route));
    view! {
        <Screen title=Text::from(title)>
            <TopBar back=Tap::to(SupporterPlace::Route(circle, route))>
                <StateChip state=device::state() />
            </TopBar>
            <Main><RouteSheet editor to_route /></Main>
            <Floor><Here editor /><UndoWork work /></Floor>
        </Screen>
    }
}
