//! The training of one client while its page is open: what is read, the story that it tells, and how often the route was practised.

use opstap_core::model::{Member, Practice, Relation, Trajectory};
use opstap_core::{CircleId, Day, Kind, PersonId};
use opstap_insight::{TrajectoryStory, trajectories};
use opstap_view::prelude::*;

use super::consent::who_sees_travel;
use crate::dates::{day_of, moment};
use crate::device::{self, Entry, Reader};
use crate::pages::shared::editing::{Records, Work};
use crate::pages::shared::route_editor::KINDS_OF_A_ROUTE;
use crate::stories;
use crate::words::training;

/// An open training. Copy it freely; open it once.
#[derive(Clone, Copy)]
pub struct Course {
    /// What is read, written and can be undone.
    pub work: Work<Records>,
    /// The last trajectory of the circle.
    pub story: Memo<Option<TrajectoryStory>>,
    practised: Signal<Option<usize>>,
    sees: Signal<Option<Vec<PersonId>>>,
}

impl Course {
    /// Opens it.
    pub fn open(circle: CircleId) -> Self {
        let work = Work::open(circle, None, |reader| {
            let kinds = stories::trajectory::KINDS.into_iter().chain(KINDS_OF_A_ROUTE);
            // Who leaves the circle with what is done here comes back when that is undone.
            Records::read(reader, kinds.chain([Kind::TimeSpent, Kind::Member]))
        });
        let story = Memo::new(move |_| work.with(|records| trajectories(records.all()).pop()).flatten());
        let practised = device::watch(circle, practised);
        let sees = device::watch(circle, |reader| async move { who_sees_travel(&reader).await });
        Self { work, story, practised, sees }
    }

    /// Reads from the story; nothing where there is none.
    pub fn told<T>(self, tell: impl FnOnce(&TrajectoryStory) -> T) -> Option<T> {
        self.story.with(|story| story.as_ref().map(tell))
    }

    /// The same, without following it.
    pub fn told_now<T>(self, tell: impl FnOnce(&TrajectoryStory) -> T) -> Option<T> {
        self.story.with_untracked(|story| story.as_ref().map(tell))
    }

    /// How often the route of the trajectory was practised, there or back.
    pub fn practised(self) -> usize {
        self.practised.get().unwrap_or_default()
    }

    /// Whether somebody may see the journeys; while that is not read yet, nobody is told otherwise.
    pub fn sees_travel(self, person: PersonId) -> bool {
        self.sees.with(|sees| sees.as_ref().is_none_or(|sees| sees.contains(&person)))
    }

    /// Whether whoever is at this desk may.
    pub fn i_see_travel(self) -> bool {
        device::me().is_none_or(|me| self.sees_travel(me.id))
    }

    /// Whether the OV-coach took it on and the participant agreed.
    pub fn is_handed_over(self) -> bool {
        self.told(|story| story.completed().is_some()).unwrap_or_default()
    }

    /// The first name of the client.
    pub fn client(self) -> String {
        let client = |member: &Entry<Member>| member.value.relation == Relation::Client;
        self.members().into_iter().find(client).map(|member| member.value.name).unwrap_or_default()
    }

    /// What the circle calls the OV-coach; the word for one where it is nobody.
    pub fn coach(self) -> String {
        let coach = self.told(|story| story.trajectory.coach).flatten().map(|coach| self.name(coach));
        coach.filter(|name| !name.is_empty()).unwrap_or_else(|| training::COACH.get().to_owned())
    }

    /// Who is in the circle.
    pub fn members(self) -> Vec<Entry<Member>> {
        self.work.with(|records| records.members.clone()).unwrap_or_default()
    }

    /// What the circle calls somebody; empty where it knows them no more.
    pub fn name(self, person: PersonId) -> String {
        self.work.with(|records| stories::name_of(&records.members, person)).unwrap_or_default()
    }
}

/// How often the route of the last trajectory was practised, there or back, the practices that are too old to be on this device too.
async fn practised(reader: Reader) -> usize {
    let story = stories::trajectory::of_circle(&reader).await.pop();
    let Some(Trajectory { route, way_back, .. }) = story.map(|story| story.trajectory) else { return 0 };
    let all: Vec<Entry<Practice>> = reader.all().await;
    let mut count = 0;
    for route in route.into_iter().chain(way_back) {
        let (before, old) = device::practices_before(reader.circle(), route).await;
        // Those that were brought back by the month are counted already.
        count += old + all.iter().filter(|one| one.value.route == route && !one.is_older_than(before)).count();
    }
    count
}

/// The day of now, in the calendar of this device.
pub fn today() -> Day {
    day_of(moment(device::now()))
}
