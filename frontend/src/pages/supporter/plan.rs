//! A plan to change, on the phone, together with the client or alone: the same editor as at the desk.

use leptos::prelude::*;
use opstap_core::{CircleId, RecordId};

use super::SupporterPlace;
use crate::companion::CompanionPlace;
use crate::components::{Main, Screen, StateChip, TopBar};
use crate::device;
use crate::event::Tap;
use crate::words::practice;

/// Changing a plan.
#[component]
pub fn PlanPage(circle: CircleId, plan: RecordId) -> impl IntoView {
    view! {
        <Screen title=practice::PLANS>
            <TopBar back=Tap::to(CompanionPlace::from(SupporterPlace::Circle(circle)))>
                <StateChip state=device::state() />
            </TopBar>
            <Main>{plan.to_string()}</Main>
        </Screen>
    }
}
