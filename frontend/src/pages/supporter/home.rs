//! The clients this person supports.

use leptos::prelude::*;
use opstap_core::model::CircleKind;

use super::SupporterPlace;
use crate::companion::CompanionPlace;
use crate::components::{Bones, ListRow, LoadingBones, Main, Person, Screen, StateChip, TopBar};
use crate::device::{self, Circle};
use crate::event::Tap;
use crate::pages::shared::SharedPlace;
use crate::words::{Text, shared};

/// A row for each client.
#[component]
pub fn Home() -> impl IntoView {
    let circles = device::circles();
    let rows = move || match circles.get() {
        None => view! { <LoadingBones shape=Bones::Rows(3) /> }.into_any(),
        Some(circles) => {
            let rows = circles.into_iter().filter(|circle| circle.kind == CircleKind::Client).map(row).collect_view();
            view! { <ul class="list">{rows}</ul> }.into_any()
        }
    };
    view! {
        <Screen title=shared::APP_NAME>
            <TopBar>
                <StateChip state=device::state() tap=Tap::to(CompanionPlace::from(SharedPlace::NotSent)) />
            </TopBar>
            <Main>{rows}</Main>
        </Screen>
    }
}

fn row(circle: Circle) -> AnyView {
    let lead = view! { <Person name=circle.name.clone() /> }.into_any();
    let tap = Tap::to(CompanionPlace::from(SupporterPlace::Circle(circle.id)));
    view! { <li><ListRow text=Text::from(circle.name) lead tap /></li> }.into_any()
}
