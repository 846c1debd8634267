//! "Niet gelukt": what the server did not take, why, and what to do with it; and what is still to be sent. Nothing in it is lost.

use std::rc::Rc;

use leptos::task::spawn_local;
use opstap_core::{CircleId, Kind, Millis};
use opstap_view::prelude::*;

use super::frame::{Page, Part};
use super::run_line::when;
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{Button, EmptyState, Icon, ListRow, Saved, StateMark, changing};
use crate::device::{self, Refused, Waiting};
use crate::pages::shared::{look_back, shown};
use crate::words::{Text, desk, shared};

#[derive(Clone, Default, PartialEq)]
struct Seen {
    refused: Vec<Refused>,
    waiting: Vec<Waiting>,
}

/// The page.
#[component]
pub(super) fn Tray() -> impl IntoView {
    let seen = RwSignal::new(None::<Seen>);
    let look = move || {
        spawn_local(async move {
            let now = Seen { refused: device::refused().await, waiting: device::waiting().await };
            let _ = seen.try_set(Some(now));
        });
    };
    let state = device::state();
    Effect::new(move |_| {
        state.track();
        look();
    });
    let body = changing(move || match seen.get() {
        None => ().into_any(),
        Some(seen) if seen == Seen::default() => {
            view! { <EmptyState picture="check-mark-button" sentence=desk::TRAY_EMPTY more=desk::TRAY_EMPTY_MORE /> }
                .into_any()
        }
        Some(seen) => view! { {look_back::tray(seen.refused, Rc::new(look))} {waiting(seen.waiting)} }.into_any(),
    });
    view! {
        <Page title=desk::TRAY part=Part::Tray>
            <Bar title=desk::TRAY more=desk::NOTHING_LOST>
                <Button text=shared::TRY_NOW icon=Icon::SEND tap=device::sync_now />
            </Bar>
            <Columns><Pane>{body}</Pane></Columns>
            <Foot><span>{desk::TRAY_KEPT_HERE}</span></Foot>
        </Page>
    }
}

fn name_of(circle: CircleId) -> String {
    let circles = device::circles().get_untracked().unwrap_or_default();
    circles.into_iter().find(|one| one.id == circle).map(|one| one.name).unwrap_or_default()
}

fn waiting(waiting: Vec<Waiting>) -> Option<AnyView> {
    if waiting.is_empty() {
        return None;
    }
    let count = waiting.len();
    let row = |one: Waiting| {
        let more = line(one.circle, one.at);
        view! { <li><ListRow text=what(one.made) more><StateMark saved=Saved::OnDevice /></ListRow></li> }
    };
    let rows = waiting.into_iter().map(row).collect_view();
    Some(
        view! { <section class="stack"><h2>{shared::waiting_things(count)}</h2><ul class="list">{rows}</ul></section> }
            .into_any(),
    )
}

/// What an edit was about, by the kind of the first record it made.
fn what(made: Option<Kind>) -> Text {
    shown(made).0.into()
}

fn line(circle: CircleId, at: Millis) -> Text {
    let (name, when) = (name_of(circle), when(at));
    Text::live(move || if name.is_empty() { when.get() } else { format!("{name}, {}", when.get()) })
}
