//! The training of one client while its page is open: what is read, the story that it tells, and how often the route was practised.

use opstap_core::model::{Member, Practice};
use opstap_core::{CircleId, Day, PersonId, RecordId};
use opstap_insight::{TrajectoryStory, trajectories};
use opstap_view::prelude::*;

use crate::dates::{day_of, moment};
use crate::device::{self, Entry};
use crate::pages::shared::editing::{Records, Work};
use crate::pages::shared::route_editor::KINDS_OF_A_ROUTE;
use crate::stories;

/// An open training. Copy it freely; open it once.
#[derive(Clone, Copy)]
pub struct Course {
    /// What is read, written and can be undone.
    pub work: Work<Records>,
    /// The last trajectory of the circle.
    pub story: Memo<Option<TrajectoryStory>>,
    practices: Signal<Option<Vec<RecordId>>>,
}

impl Course {
    /// Opens it.
    pub fn open(circle: CircleId) -> Self {
        let work = Work::open(circle, None, |reader| {
            Records::read(reader, stories::trajectory::KINDS.into_iter().chain(KINDS_OF_A_ROUTE))
        });
        let story = Memo::new(move |_| work.with(|records| trajectories(records.all()).pop()).flatten());
        let practices = device::watch(circle, |reader| async move {
            let all: Vec<Entry<Practice>> = reader.all().await;
            all.into_iter().map(|practice| practice.value.route).collect::<Vec<_>>()
        });
        Self { work, story, practices }
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
        let routes = self.told(|story| [story.trajectory.route, story.trajectory.way_back]).unwrap_or_default();
        let of_it =
            |practices: &Vec<RecordId>| practices.iter().filter(|route| routes.contains(&Some(**route))).count();
        self.practices.with(|practices| practices.as_ref().map(of_it)).unwrap_or_default()
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

/// The day of now, in the calendar of this device.
pub fn today() -> Day {
    day_of(moment(device::now()))
}
