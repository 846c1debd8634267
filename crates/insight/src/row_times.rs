//! The time of a trajectory, as the row of the programme keeps it: by stage, and of volunteers and professionals apart.

use opstap_core::model::{RegistrationTime, Relation, Stage, TimeRole};
use opstap_core::{Day, PersonId, RecordId, Stamp};

use crate::trajectory::TrajectoryStory;

/// Time that was spent in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpentTime {
    /// On which day.
    pub on: Day,
    /// On what.
    pub what: SpentOn,
    /// Whose time it was.
    pub role: TimeRole,
    /// How many minutes.
    pub minutes: u32,
}

/// On what time was spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpentOn {
    /// A practice of this route.
    Route(RecordId),
    /// What somebody wrote down for a stage.
    Stage(Stage),
}

impl SpentOn {
    const fn stage(self) -> Stage {
        match self {
            Self::Route(_) => Stage::Practice,
            Self::Stage(stage) => stage,
        }
    }
}

/// Whose time a practice was, by what its author is or was in the circle: of a volunteer, of a professional, or of neither where a relative
/// practised. Who [is not known any more](times_in_row) was a volunteer: they leave a circle more than others.
#[must_use]
pub fn role_of(author: Option<PersonId>, members: &[(PersonId, Relation)]) -> Option<TimeRole> {
    let mut roles = members.iter().filter(|(person, _)| Some(*person) == author).map(|(_, relation)| match relation {
        Relation::Volunteer => Some(TimeRole::Volunteer),
        relation => relation.is_professional().then_some(TimeRole::Professional),
    });
    let Some(first) = roles.next() else { return Some(TimeRole::Volunteer) };
    // A volunteer may have become something else; of what they were the practices speak.
    roles.fold(first, |role, next| if next == Some(TimeRole::Volunteer) { next } else { role.or(next) })
}

/// The time of one of the trajectories of a circle, for each stage and role; none at all is said too, since more may have stood there before.
#[must_use]
pub fn times_of(stories: &[TrajectoryStory], of: usize, spent: &[SpentTime]) -> Vec<RegistrationTime> {
    let its_own: Vec<&SpentTime> = spent.iter().filter(|time| whose(stories, time) == Some(of)).collect();
    let both = TimeRole::ALL.iter().flat_map(|role| Stage::ALL.iter().map(move |stage| (*role, *stage)));
    let time = |(role, stage)| {
        let of_it = its_own.iter().filter(|time| (time.role, time.what.stage()) == (role, stage));
        let minutes = of_it.fold(0_u32, |sum, time| sum.saturating_add(time.minutes));
        RegistrationTime { stage, role, minutes }
    };
    both.map(time).collect()
}

/// The same as its row is to say it. `row` says this already, each by the edit with that stamp. Of `unsure` practices nobody knows any more
/// whose they were, since only figures over them are left or their author is gone: what a row has of practising stays whose it is then, and
/// where it has nothing they were of a volunteer. `sure` is all other time, or what of it there was by a stamp.
#[must_use]
pub fn times_in_row(
    stories: &[TrajectoryStory],
    of: usize,
    row: &[(RegistrationTime, Stamp)],
    unsure: &[SpentTime],
    sure: impl Fn(Option<Stamp>) -> Vec<SpentTime>,
) -> Vec<RegistrationTime> {
    let now = sure(None);
    let practised = || row.iter().filter(|(time, _)| time.stage == Stage::Practice);
    let is_unsure = times_of(stories, of, unsure).iter().any(|time| time.minutes > 0);
    let Some(last) = practised().map(|(_, by)| *by).max().filter(|_| is_unsure) else {
        return times_of(stories, of, &[now, unsure.to_vec()].concat());
    };
    let mut times = times_of(stories, of, &now);
    for time in times.iter_mut().filter(|time| time.stage == Stage::Practice) {
        let is_it = |other: &RegistrationTime| (other.stage, other.role) == (time.stage, time.role);
        let (held, by) = practised().find(|(held, _)| is_it(held)).map_or((0, last), |(held, by)| (held.minutes, *by));
        let then = times_of(stories, of, &sure(Some(by))).into_iter().find(is_it).map_or(0, |then| then.minutes);
        time.minutes = held.saturating_add(time.minutes).saturating_sub(then);
    }
    times
}

/// Which trajectory it was for: of those that have the route, or had come to the stage by then, the last that was registered by then. Where
/// none has, the same of all.
fn whose(stories: &[TrajectoryStory], time: &SpentTime) -> Option<usize> {
    let fits = |story: &TrajectoryStory| match time.what {
        SpentOn::Route(_) => [story.trajectory.route, story.trajectory.way_back].iter().any(|one| is_on(*one, time)),
        SpentOn::Stage(Stage::Registration) => true,
        SpentOn::Stage(stage) => story.entries.iter().any(|(_, entry)| entry.stage == stage && entry.on <= time.on),
    };
    let last = |any: bool| {
        let by_then = |story: &TrajectoryStory| (any || fits(story)) && story.trajectory.registered <= time.on;
        stories.iter().rposition(by_then).or_else(|| stories.iter().position(|story| any || fits(story)))
    };
    last(false).or_else(|| last(true))
}

fn is_on(route: Option<RecordId>, time: &SpentTime) -> bool {
    route.is_some_and(|route| time.what == SpentOn::Route(route))
}

#[cfg(test)]
#[path = "row_times_tests.rs"]
mod tests;
