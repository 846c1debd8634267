//! The enquiries that are due over all clients, and the handovers to be closed before there are any, the longest waiting first.

use opstap_core::{CircleId, Day, Sorted};
use opstap_insight::{FollowUpStory, TrajectoryStory};
use opstap_view::prelude::*;

use super::counted;
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
    /// Since when.
    since: Day,
    /// The enquiry; none where both said yes to the handover and it is to be closed.
    one: Option<FollowUpStory>,
}

/// All that is due in one circle.
fn due_in(circle: CircleId, name: &str, stories: &[TrajectoryStory], today: Day) -> Vec<Due> {
    let due = |since, one| Due { circle, name: name.to_owned(), since, one };
    let to_close = stories.iter().filter_map(|story| Some(due(story.to_close()?, None)));
    let asked = stories.iter().flat_map(|story| story.due(today));
    to_close.chain(asked.map(|one| due(one.follow_up.due, Some(one.clone())))).collect()
}

#[component]
fn FollowUps() -> impl IntoView {
    let circles = device::circles();
    let ours = Memo::new(move |_| circles.get().map(clients).unwrap_or_default());
    let found = RwSignal::new(Sorted::<CircleId, Vec<Due>>::new());
    let due = Memo::new(move |_| {
        let mut all: Vec<Due> = found.with(|found| found.values().flatten().cloned().collect());
        all.sort_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
        all
    });
    Effect::new(move |_| {
        // Once each circle was read it is all of it.
        if found.with(|found| found.values().count()) == ours.with(Vec::len) {
            counted::count(None, Some(due.with(Vec::len)));
        }
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
        let due = told.with(|told| due_in(id, &name, told.as_deref().unwrap_or_default(), today()));
        let _ = found.try_update(|found| drop(found.insert(id, due)));
    });
    on_cleanup(move || {
        let _ = found.try_update(|found| drop(found.remove(&id)));
    });
}

fn row(due: Due) -> AnyView {
    let Due { circle, name, one, .. } = due;
    let (more, part, says, late) = match one {
        Some(one) => {
            let late = one.days_overdue(today()).is_some();
            (after(one.follow_up.months), TrainingPart::FollowUp, stands(&one), late)
        }
        None => (training::PART_HANDOVER.into(), TrainingPart::Handover, training::TO_CLOSE.into(), false),
    };
    let tap = Tap::to(DeskPlace::Training(circle, Some(part)));
    let lead = view! { <Person name=name.clone() /> }.into_any();
    let class = if late { "chip problem" } else { "soft" };
    view! {
        <li>
            <ListRow text=Text::from(name) more lead tap>
                <span class="push"><span class=class>{says}</span></span>
                {icon(Icon::FORWARD)}
            </ListRow>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use opstap_core::RecordId;
    use opstap_core::model::{Channel, FollowUp, Handover, Stage, StageEntry, Trajectory};

    use super::*;

    #[test]
    fn what_both_said_yes_to_is_due_from_that_day_until_it_is_closed() {
        let id = RecordId([1; 16]);
        let at = |day: u32| Some(Day(day).begins());
        let handover = Handover { on: None, outing: None, accepted: at(150), agreed: at(152) };
        let entry = |stage| (id, StageEntry { stage, on: Day(140), responsible: None, reason: None });
        let open = FollowUpStory { id, follow_up: FollowUp { months: 1, due: Day(180) }, answer: None };
        let mut story = TrajectoryStory {
            id,
            trajectory: Trajectory::of(Day(100), Channel::Own),
            intake: None,
            entries: vec![entry(Stage::Handover)],
            end: None,
            handover: Some((id, handover)),
            points: Vec::new(),
            follow_ups: Vec::new(),
        };
        let due = |story: &TrajectoryStory| {
            let due = due_in(CircleId([8; 16]), "Sem", std::slice::from_ref(story), Day(200));
            due.into_iter().map(|due| (due.since, due.one.map(|one| one.follow_up.months))).collect::<Vec<_>>()
        };
        assert_eq!(due(&story), [(Day(152), None)]);
        story.entries.push(entry(Stage::Alone));
        story.follow_ups.push(open);
        assert_eq!(due(&story), [(Day(180), Some(1))]);
    }
}
