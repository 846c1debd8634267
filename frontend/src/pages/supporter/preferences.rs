//! How the app is for the client and the days off of the client, on the phone of a supporter.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::SupporterPlace;
use crate::components::{Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::pages::shared::PreferencesSheet;
use crate::pages::shared::care::DaysOffSheet;
use crate::words::{care, plan_editor};

/// The screen.
pub fn screen(circle: CircleId) -> AnyView {
    let history = |circle, id| Tap::to(SupporterPlace::History(circle, id));
    let back = Tap::to(SupporterPlace::Circle(circle));
    view! {
        <Screen title=plan_editor::APP_TITLE>
            <TopBar back><StateChip state=device::state() /></TopBar>
            <Main><h1 class="title">{plan_editor::APP_TITLE}</h1><PreferencesSheet circle history /></Main>
        </Screen>
    }
    .into_any()
}

/// The days off.
pub fn days_off(circle: CircleId) -> AnyView {
    let back = Tap::to(SupporterPlace::Circle(circle));
    view! {
        <Screen title=care::DAYS_OFF>
            <TopBar back><StateChip state=device::state() /></TopBar>
            <Main><h1 class="title">{care::DAYS_OFF}</h1><DaysOffSheet circle /></Main>
        </Screen>
    }
    .into_any()
}
