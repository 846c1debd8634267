//! Trajectories and routes: what was practised, whether weekly practice is agreed on, handover and follow-up.

use opstap_core::model::{Arrival, Goal, GoalHelp, HelpLevel, Part, Practice, Relation, Route, Stage};
use opstap_core::{Day, Millis, PersonId, RecordId};

use super::{MOST, add_to, in_order, week_of};
use crate::following::source::{Known, Source, below};
use crate::following::summary::{HandoverNow, Line, Travel};
use crate::{Answer, RouteHelp, TrajectoryStory, route_help, trajectories};

/// A route with its practices.
pub(super) struct Travelled {
    route: RecordId,
    help: RouteHelp,
    /// When it was practised or travelled last.
    last: Option<Millis>,
    /// Who was there at the last practice.
    with: Option<PersonId>,
}

/// Every route with its practices, and routes that were removed since but practised.
pub(super) fn travelled(source: &Source<'_>) -> Vec<Travelled> {
    let (parts, goals) = (source.all::<Part>(), source.all::<Goal>());
    let practices = source.all::<Practice>();
    let answers = source.all::<GoalHelp>();
    let arrivals = source.all::<Arrival>();
    let of_route = |route: RecordId| {
        let in_it: Vec<&Known<Practice>> = practices.iter().filter(|practice| practice.value.route == route).collect();
        let dates: Vec<_> = in_it.iter().map(|practice| (practice.id, practice.value.at)).collect();
        let answers: Vec<Answer<'_>> = in_it
            .iter()
            .flat_map(|practice| below(&answers, practice.id))
            .filter_map(|known| Some(Answer { id: known.id, practice: known.parent?, help: &known.value }))
            .collect();
        let goals = |part: &Known<Part>| {
            let goals = below(&goals, part.id).iter().map(|goal| (goal.id, goal.value.times_in_a_row()));
            (part.id, goals.collect())
        };
        let parts: Vec<_> = below(&parts, route).iter().map(goals).collect();
        let last = in_it.iter().max_by_key(|practice| (practice.value.at, practice.id));
        let arrived = arrivals.iter().filter(|arrival| arrival.value.route == route).map(|arrival| arrival.value.at);
        Travelled {
            route,
            help: route_help(&parts, &dates, &answers),
            last: arrived.chain(last.map(|practice| practice.value.at)).max(),
            with: last.and_then(|practice| practice.author),
        }
    };
    let routes = source.all::<Route>();
    routes.iter().map(|route| of_route(route.id)).collect()
}

impl Travelled {
    /// Week by week: of each practice the goals that came up.
    pub(super) fn line(&self) -> Line {
        let mut weeks = Vec::new();
        for (place, (_, at)) in self.help.practices.iter().enumerate() {
            let goals = self.help.parts.iter().flat_map(|part| &part.goals);
            let came_up: Vec<HelpLevel> = goals.filter_map(|goal| goal.help.get(place).copied().flatten()).collect();
            let by_oneself = came_up.iter().filter(|help| **help == HelpLevel::ByOneself).count();
            add_to(&mut weeks, week_of(*at), by_oneself, came_up.len());
        }
        Line { of: self.route, is_route: true, weeks: in_order(weeks) }
    }

    /// Whether there is a goal that does not go by oneself yet.
    fn is_learning(&self) -> bool {
        self.help.parts.iter().flat_map(|part| &part.goals).any(|goal| !goal.is_learned())
    }

    /// The first day on which it was practised, of those that are on the device.
    fn first(&self) -> Option<Day> {
        self.help.practices.first().map(|(_, at)| Day::of(*at))
    }
}

/// The trajectories that go on, and the routes that are practised without one.
pub(super) fn travel(source: &Source<'_>, travelled: &[Travelled]) -> Vec<Travel> {
    let around = source.members();
    let volunteer = around.iter().find(|member| member.relation == Relation::Volunteer).map(|member| member.person);
    // Whoever left the circle, and the client, can't be asked to practise.
    let can_ask =
        |person: &PersonId| around.iter().any(|member| member.person == *person && member.relation != Relation::Client);
    let stories = trajectories(source.records);
    let has_one = |route: RecordId| {
        stories.iter().any(|story| [story.trajectory.route, story.trajectory.way_back].contains(&Some(route)))
    };
    let of_story = |story: &TrajectoryStory| {
        let its_own = |one: &&Travelled| [story.trajectory.route, story.trajectory.way_back].contains(&Some(one.route));
        let routes: Vec<&Travelled> = travelled.iter().filter(its_own).collect();
        let stage = story.stage();
        let asked = story.trajectory.volunteer.or(routes.iter().find_map(|one| one.with));
        Travel {
            trajectory: Some(story.id),
            stage: Some(stage),
            route: story.trajectory.route,
            volunteer: asked.filter(can_ask).or(volunteer),
            practices: routes.iter().map(|one| practised(one)).fold(0, u32::saturating_add),
            last: routes.iter().filter_map(|one| one.last).max(),
            weekly: since(story).filter(|_| stage == Stage::Practice),
            handover: handover(story),
            follow_ups: story
                .follow_ups
                .iter()
                .filter(|one| one.answer.is_none())
                .map(|one| (one.id, (one.follow_up.months, one.follow_up.due)))
                .take(MOST)
                .collect(),
        }
    };
    let without = |one: &Travelled| Travel {
        trajectory: None,
        stage: None,
        route: Some(one.route),
        volunteer: one.with.filter(can_ask).or(volunteer),
        practices: practised(one),
        last: one.last,
        weekly: one.first().filter(|_| one.is_learning()),
        handover: None,
        follow_ups: Vec::new(),
    };
    let going_on = stories.iter().rev().filter(|story| story.goes_on()).map(of_story);
    let routes = travelled.iter().filter(|one| !has_one(one.route) && practised(one) > 0).map(without);
    going_on.chain(routes).take(MOST).collect()
}

fn practised(one: &Travelled) -> u32 {
    u32::try_from(one.help.practices.len()).unwrap_or(u32::MAX)
}

/// Since when it stands where it stands.
fn since(story: &TrajectoryStory) -> Option<Day> {
    story.entries.last().map(|(_, entry)| entry.on)
}

fn handover(story: &TrajectoryStory) -> Option<HandoverNow> {
    let to_close = story.to_close();
    if story.stage() != Stage::Handover && to_close.is_none() {
        return None;
    }
    let open = story.points.iter().filter(|(_, point)| point.done.is_none()).map(|(_, point)| point.topic);
    Some(HandoverNow {
        since: since(story).unwrap_or(story.trajectory.registered),
        on: story.handover.as_ref().and_then(|(_, handover)| handover.on),
        points: u32::try_from(story.points.len()).unwrap_or(u32::MAX),
        open: open.take(MOST + MOST).collect(),
        to_close,
    })
}
