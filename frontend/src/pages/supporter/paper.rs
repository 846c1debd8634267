//! Writing down what was done without a phone: a run of a plan, or a practice of a route, which then goes on as any practice does.

use leptos::task::spawn_local;
use opstap_core::model::{Model, Practice};
use opstap_core::{CircleId, RecordId};
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Appearance, Button, Floor, Icon, Main, Screen, StateChip, Toast, TopBar, show_toast};
use crate::device;
use crate::event::Tap;
use crate::navigation::replace;
use crate::pages::shared::care::{PaperRun, PaperWhen};
use crate::pages::shared::not_kept;
use crate::words::care;

/// A run.
pub fn run(circle: CircleId, plan: RecordId) -> AnyView {
    view! {
        <Screen title=care::WRITE_DOWN>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main><PaperRun circle plan /></Main>
        </Screen>
    }
    .into_any()
}

/// A practice: when it was, then the screens of a practice.
pub fn practice(circle: CircleId, route: RecordId) -> AnyView {
    let at = RwSignal::new(None);
    let not_yet = Signal::derive(move || at.get().is_none());
    let busy = StoredValue::new(false);
    let go_on = move || {
        let Some(at) = at.get_untracked().filter(|_| !busy.get_value()) else { return };
        // A second tap is no second practice.
        busy.set_value(true);
        spawn_local(async move {
            let id = device::new_id();
            match device::edit(circle, vec![Practice { route, at }.make(id)]).await {
                Ok(()) => replace(SupporterPlace::Practice(circle, id)),
                Err(why) => {
                    let _ = busy.try_set_value(false);
                    show_toast(Toast::new(not_kept(why)));
                }
            }
        });
    };
    view! {
        <Screen title=care::WRITE_PRACTICE_DOWN way=true>
            <TopBar back=Tap::back()><StateChip state=device::state() /></TopBar>
            <Main>
                <h1 class="title">{care::WRITE_PRACTICE_DOWN}</h1>
                <p class="soft">{care::PAPER_MORE}</p>
                <PaperWhen at />
            </Main>
            <Floor>
                <Button
                    text=care::GO_ON
                    icon=Icon::FORWARD
                    appearance=Appearance::Way
                    disabled=not_yet
                    tap=go_on
                />
            </Floor>
        </Screen>
    }
    .into_any()
}
