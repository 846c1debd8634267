//! A plan to change, on the phone, together with the client or alone: the same editor as at the desk.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
use super::look_back::to;
use crate::components::{Floor, Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::plan_editor::{Editor, PlanEditor, UndoButton};
use crate::words::{Text, past};

/// Changing a plan.
#[component]
pub fn PlanPage(circle: CircleId, plan: RecordId) -> impl IntoView {
    let editor = Editor::open(circle, plan, None);
    let title = editor.title();
    view! {
        <Screen title=Text::live(move || title.get())>
            <TopBar back=Tap::to(SupporterPlace::Circle(circle))>
                <StateChip state=device::state() />
            </TopBar>
            <Main>
                <PlanEditor editor />
                <ul class="list">{to(past::HISTORY.into(), SupporterPlace::History(circle, plan))}</ul>
            </Main>
            <Floor><UndoButton editor /></Floor>
        </Screen>
    }
}
