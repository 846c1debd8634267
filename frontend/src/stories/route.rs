//! Routes and practices as screens tell them.

use opstap_core::RecordId;
use opstap_core::model::{Goal, GoalHelp, Part, Practice, PracticeEnd, PracticeSituation, Route};
use opstap_insight::{Answer, RouteHelp, route_help};

use crate::device::{Entry, Reader};
use crate::stories::{sort_by, sort_by_order};

/// A part of a route with its goals in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOfRoute {
    /// The part.
    pub part: Entry<Part>,
    /// What is learned there.
    pub goals: Vec<Entry<Goal>>,
}

/// A practice with everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeTold {
    /// The practice.
    pub practice: Entry<Practice>,
    /// The answers, also those that were corrected.
    pub help: Vec<Entry<GoalHelp>>,
    /// The situations practised.
    pub situations: Vec<Entry<PracticeSituation>>,
    /// How it ended, when it did.
    pub end: Option<Entry<PracticeEnd>>,
}

/// The routes of the circle in their order.
pub async fn routes(reader: &Reader) -> Vec<Entry<Route>> {
    let mut routes = reader.all::<Route>().await;
    sort_by(&mut routes, |a, b| (&a.value.order, a.id) > (&b.value.order, b.id));
    routes
}

/// The parts of a route in their order, each with its goals.
pub async fn parts(reader: &Reader, route: RecordId) -> Vec<PartOfRoute> {
    let mut parts = reader.below::<Part>(route).await;
    sort_by_order(&mut parts, |part| &part.order);
    let mut told = Vec::with_capacity(parts.len());
    for part in parts {
        let mut goals = reader.below::<Goal>(part.id).await;
        sort_by_order(&mut goals, |goal| &goal.order);
        told.push(PartOfRoute { part, goals });
    }
    told
}

/// The practices of a route, newest first.
pub async fn practices(reader: &Reader, route: RecordId) -> Vec<PracticeTold> {
    let mut practices: Vec<_> =
        reader.all::<Practice>().await.into_iter().filter(|practice| practice.value.route == route).collect();
    sort_by(&mut practices, |a, b| (a.value.at, a.id) > (b.value.at, b.id));
    let mut told = Vec::with_capacity(practices.len());
    for practice in practices.into_iter().rev() {
        told.push(one_practice(reader, practice).await);
    }
    told
}

/// One practice, told.
pub async fn one_practice(reader: &Reader, practice: Entry<Practice>) -> PracticeTold {
    let mut help = reader.below::<GoalHelp>(practice.id).await;
    sort_by(&mut help, |a, b| (a.made, a.id) > (b.made, b.id));
    let situations = reader.below::<PracticeSituation>(practice.id).await;
    let ends = reader.below::<PracticeEnd>(practice.id).await;
    let end = ends.into_iter().max_by_key(|end| (end.made, end.id));
    PracticeTold { practice, help, situations, end }
}

/// How much help the route takes, per part and goal over the practices.
#[must_use]
pub fn help(parts: &[PartOfRoute], practices: &[PracticeTold]) -> RouteHelp {
    let parts: Vec<_> =
        parts.iter().map(|part| (part.part.id, part.goals.iter().map(|goal| goal.id).collect())).collect();
    let dates: Vec<_> = practices.iter().map(|told| (told.practice.id, told.practice.value.at)).collect();
    let answers: Vec<_> = practices
        .iter()
        .flat_map(|told| {
            let practice = told.practice.id;
            told.help.iter().map(move |entry| Answer { id: entry.id, practice, help: &entry.value })
        })
        .collect();
    route_help(&parts, &dates, &answers)
}
