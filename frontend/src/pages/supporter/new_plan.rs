//! A new plan on the phone: how it begins, and its photos with their words.

use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
use super::plan::around;
use crate::components::{Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::navigation::replace;
use crate::pages::shared::plan_editor::{Editor, NewPlan, PhotoFloor, PhotoSteps, UndoButton, Ways};
use crate::words::new_plan;

const WAYS: Ways = Ways {
    photos: |circle, plan| replace(SupporterPlace::Photos(circle, plan)),
    editor: |circle, plan| replace(SupporterPlace::Plan(circle, plan)),
    from_folder: false,
};

/// How it begins.
pub fn begin(circle: CircleId) -> AnyView {
    view! {
        <Screen title=new_plan::NEW_PLAN>
            <TopBar back=Tap::to(SupporterPlace::Circle(circle))><StateChip state=device::state() /></TopBar>
            <Main><h1 class="title">{new_plan::NEW_PLAN}</h1><NewPlan circle ways=WAYS /></Main>
        </Screen>
    }
    .into_any()
}

/// The photos and their words.
pub fn photos(circle: CircleId, plan: RecordId) -> AnyView {
    let editor = Editor::open(circle, plan, None);
    let floor = view! { <PhotoFloor editor ways=WAYS /><UndoButton editor /> };
    around(circle, editor, view! { <PhotoSteps editor /> }.into_any(), floor.into_any())
}
