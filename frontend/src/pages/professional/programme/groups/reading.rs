//! The groups as their screens read them, from the programme and all circles that this person guides.

use opstap_core::model::Relation;
use opstap_core::{CircleId, Record, RecordId, Sorted};
use opstap_insight::{GroupStory, Participation, group_stories};
use opstap_view::prelude::*;

use crate::device::{self, Circle};
use crate::pages::professional::frame::clients;
use crate::stories;

/// What is read while a screen of groups is open. Copy it freely; open it once, and draw its `readers`.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// The programme.
    pub programme: CircleId,
    /// The circles that this person may let take part.
    pub circles: Memo<Vec<Circle>>,
    /// The groups; none until everything was read.
    pub stories: Memo<Option<Vec<GroupStory>>>,
    found: RwSignal<Sorted<CircleId, Vec<Participation>>>,
}

impl Told {
    /// Opens it.
    pub fn open(programme: CircleId) -> Self {
        let all = device::circles();
        let circles = Memo::new(move |_| {
            let mut ours = clients(all.get().unwrap_or_default());
            // Of a circle that is locked nothing is shown until it was in touch with the server.
            ours.retain(|circle| !circle.locked && circle.relation.is_some_and(Relation::is_professional));
            ours
        });
        let found = RwSignal::new(Sorted::<CircleId, Vec<Participation>>::new());
        let records = device::watch(programme, |reader| async move { stories::groups::of_programme(&reader).await });
        let stories = Memo::new(move |_| {
            let all_read = circles.with(|ours| found.with(|found| ours.iter().all(|one| found.contains_key(&one.id))));
            let told = |records: &Vec<Record>| {
                let parts: Vec<_> = circles.with(|ours| {
                    let of = |one: &Circle| Some((one.id, found.with(|found| found.get(&one.id).cloned())?));
                    ours.iter().filter_map(of).collect()
                });
                group_stories(records, &parts)
            };
            records.with(|records| records.as_ref().filter(|_| all_read).map(told))
        });
        Self { programme, circles, stories, found }
    }

    /// What reads each circle, and draws nothing itself.
    pub fn readers(self) -> AnyView {
        let Self { circles, found, .. } = self;
        view! {
            <For each=move || circles.get() key=|circle| circle.id.to_string() children=move |circle| view! { <Reads circle=circle.id found /> } />
        }
        .into_any()
    }

    /// One of the groups; nothing until everything was read, and then nothing inside where it is not there.
    pub fn one(self, id: RecordId) -> Memo<Option<Option<GroupStory>>> {
        Memo::new(move |_| {
            self.stories.with(|all| all.as_ref().map(|all| all.iter().find(|story| story.id == id).cloned()))
        })
    }

    /// The first name of the client of a circle.
    pub fn name(self, circle: CircleId) -> String {
        let found = |all: &Vec<Circle>| all.iter().find(|one| one.id == circle).map(|one| one.name.clone());
        self.circles.with(found).unwrap_or_default()
    }
}

/// Keeps what stands in one circle with that of all.
#[component]
fn Reads(circle: CircleId, found: RwSignal<Sorted<CircleId, Vec<Participation>>>) -> impl IntoView {
    let told = device::watch(circle, |reader| async move { stories::groups::of_client(&reader).await });
    Effect::new(move |_| {
        if let Some(told) = told.get() {
            let _ = found.try_update(|found| drop(found.insert(circle, told)));
        }
    });
    on_cleanup(move || {
        let _ = found.try_update(|found| drop(found.remove(&circle)));
    });
}
