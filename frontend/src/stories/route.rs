//! Routes and practices as screens tell them.

use opstap_core::model::{Goal, GoalHelp, Part, Practice, PracticeEnd, PracticeSituation, Route};
use opstap_core::{PersonId, Record, RecordId};
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

impl PracticeTold {
    /// Who brought some of it back to a restored server.
    #[must_use]
    pub fn brought_by(&self) -> Option<PersonId> {
        let below = self.help.iter().map(|help| &help.record);
        let below = below.chain(self.situations.iter().map(|situation| &situation.record));
        let all = below.chain(self.end.as_ref().map(|end| &end.record)).chain([&self.practice.record]);
        all.into_iter().find_map(Record::brought_by)
    }
}

/// An hour: a practice that came on the device so long after it began was written down afterwards.
const AFTERWARDS: u64 = 60 * 60 * 1_000;

/// Whether a practice was written down after it was over, and not while it went on.
#[must_use]
pub fn is_written_later(practice: &Entry<Practice>) -> bool {
    practice.made.is_some_and(|made| made.millis.0.saturating_sub(practice.value.at.0) > AFTERWARDS)
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

/// Who brought some of a route back to a restored server.
#[must_use]
pub fn brought_by(route: &Entry<Route>, parts: &[PartOfRoute]) -> Option<PersonId> {
    let below = parts.iter().flat_map(|told| told.goals.iter().map(|goal| &goal.record).chain([&told.part.record]));
    below.chain([&route.record]).find_map(Record::brought_by)
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
    let goals = |part: &PartOfRoute| part.goals.iter().map(|goal| (goal.id, goal.value.times_in_a_row())).collect();
    let parts: Vec<_> = parts.iter().map(|part| (part.part.id, goals(part))).collect();
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

#[cfg(test)]
mod tests {
    use opstap_core::model::{Means, Model};
    use opstap_core::record::{BROUGHT, Cell, Kind};
    use opstap_core::{DeviceId, Millis, Stamp, Value};

    use super::*;
    use crate::components::Saved;

    fn entry<M: Model>(value: M, kind: Kind, brought: Option<PersonId>) -> Entry<M> {
        let stamp = Stamp { millis: Millis(1), counter: 0, device: DeviceId([1; 16]) };
        let mut record = Record::new(RecordId([2; 16]), kind, None);
        if let Some(PersonId(by)) = brought {
            record.cells.insert(BROUGHT.into(), Cell { value: Value::Id(by), stamp, number: 1 });
        }
        Entry { id: record.id, parent: None, value, saved: Saved::Sent, author: None, made: None, record }
    }

    #[test]
    fn what_was_brought_back_anywhere_in_a_route_marks_the_route() {
        let karin = Some(PersonId([7; 16]));
        let marked = |route, part, goal| {
            let whole = Route { title: "Naar school".into(), picture: None, order: None };
            let (walk, cross) = (Part::titled("V", Means::Walk, "Loop"), Goal::saying("V", "Steek over"));
            let part = PartOfRoute { part: entry(walk, Kind::Part, part), goals: vec![entry(cross, Kind::Goal, goal)] };
            brought_by(&entry(whole, Kind::Route, route), &[part])
        };
        assert_eq!(marked(None, None, None), None);
        for all in [(karin, None, None), (None, karin, None), (None, None, karin)] {
            assert_eq!(marked(all.0, all.1, all.2), karin);
        }
    }
}
