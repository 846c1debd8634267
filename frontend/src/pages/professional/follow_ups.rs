//! The enquiries that are due over all clients, the longest waiting first.

use opstap_core::{CircleId, Sorted};
use opstap_insight::FollowUpStory;
use opstap_view::prelude::*;

use super::frame::{Page, Part, clients};
use super::place::{DeskPlace, TrainingPart};
use super::training::{after, stands, today};
use crate::components::desk::{Bar, Columns, Foot, Pane};
use crate::components::{EmptyState, Icon, ListRow, Person, changing, icon};
use crate::device::{self, Circle};
use crate::event::Tap;
use crate::stories;
use crate::words::{Text, training};

/// The screen.
pub(super) fn screen() -> AnyView {
    view! { <FollowUps /> }.into_any()
}

/// What is due for a client.
#[derive(Clone, PartialEq)]
struct Due {
    circle: CircleId,
    name: String,
    one: FollowUpStory,
}

#[component]
fn FollowUps() -> impl IntoView {
    let circles = device::circles();
    let ours = Memo::new(move |_| circles.get().map(clients).unwrap_or_default());
    let found = RwSignal::new(Sorted::<CircleId, Vec<Due>>::new());
    let due = Memo::new(move |_| {
        let mut all: Vec<Due> = found.with(|found| found.values().flatten().cloned().collect());
        all.sort_by(|a, b| (a.one.follow_up.due, &a.name).cmp(&(b.one.follow_up.due, &b.name)));
        all
    });
    let count = Text::live(move || training::so_many_due(due.with(Vec::len).to_string()).get());
    view! {
        <Page title=training::FOLLOW_UPS part=Part::FollowUps>
            <Bar title=training::FOLLOW_UPS more=count />
            // Each reads its own circle, and draws nothing itself.
            <For each=move || ours.get() key=|circle| circle.id.to_string() children=move |circle| view! { <Reads circle found /> } />
            <Columns><Pane flush=true>{changing(move || {
                let due = due.get();
                if due.is_empty() {
                    return view! { <EmptyState picture="check-mark-button" sentence=training::NOTHING_DUE more=training::NOTHING_DUE_MORE /> }.into_any();
                }
                let rows = due.into_iter().map(row).collect_view();
                view! { <ul class="list clients" aria-label=training::FOLLOW_UPS>{rows}</ul> }.into_any()
            })}</Pane></Columns>
            <Foot><span>{training::FOLLOW_UPS_REST_ON}</span></Foot>
        </Page>
    }
}

/// Keeps what is due in one circle in the list of all.
#[component]
fn Reads(circle: Circle, found: RwSignal<Sorted<CircleId, Vec<Due>>>) -> impl IntoView {
    let Circle { id, name, .. } = circle;
    let told = device::watch(id, |reader| async move { stories::trajectory::of_circle(&reader).await });
    Effect::new(move |_| {
        let today = today();
        let due = told.with(|told| {
            let all = told.iter().flatten().flat_map(|story| story.due(today));
            all.map(|one| Due { circle: id, name: name.clone(), one: one.clone() }).collect::<Vec<_>>()
        });
        let _ = found.try_update(|found| drop(found.insert(id, due)));
    });
    on_cleanup(move || {
        let _ = found.try_update(|found| drop(found.remove(&id)));
    });
}

fn row(due: Due) -> AnyView {
    let Due { circle, name, one } = due;
    let late = one.days_overdue(today()).is_some();
    let tap = Tap::to(DeskPlace::Training(circle, Some(TrainingPart::FollowUp)));
    let lead = view! { <Person name=name.clone() /> }.into_any();
    let class = if late { "chip problem" } else { "soft" };
    view! {
        <li>
            <ListRow text=Text::from(name) more=after(one.follow_up.months) lead tap>
                <span class="push"><span class=class>{stands(&one)}</span></span>
                {icon(Icon::FORWARD)}
            </ListRow>
        </li>
    }
    .into_any()
}
