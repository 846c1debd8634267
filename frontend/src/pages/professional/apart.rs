//! "Apart bewaard", over all clients this person answers for.

use opstap_core::CircleId;
use opstap_view::prelude::*;

use super::frame::{Page, Part, client_name};
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{EmptyState, changing};
use crate::device;
use crate::pages::shared::look_back::SetApart;
use crate::words::{Text, desk, past};

/// The page. A circle stays as long as the page does, also when nothing waits in it any more.
#[component]
pub(super) fn Apart() -> impl IntoView {
    let waits = device::waits_in();
    let circles = Memo::new(move |before: Option<&Vec<CircleId>>| {
        let mut circles = before.cloned().unwrap_or_default();
        for (circle, _) in waits.get() {
            if !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    });
    let body = changing(move || match circles.get() {
        circles if circles.is_empty() => {
            view! { <EmptyState picture="check-mark-button" sentence=past::NOTHING_APART /> }.into_any()
        }
        circles => circles.into_iter().map(of_client).collect_view().into_any(),
    });
    view! {
        <Page title=past::SET_APART part=Part::Apart>
            <Bar title=past::SET_APART more=desk::NOTHING_LOST />
            <Columns><Pane>{body}</Pane></Columns>
            <Foot>""</Foot>
        </Page>
    }
}

fn of_client(circle: CircleId) -> AnyView {
    view! { <section class="stack"><h2>{Text::from(client_name(circle))}</h2><SetApart circle /></section> }.into_any()
}
