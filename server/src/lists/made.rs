//! Lists of what was made for a client: plans and routes, with how often they were done, and what was looked back on: evaluations, and the
//! enquiries after a training.

use std::collections::BTreeMap;

use opstap_core::access::Section;
use opstap_core::model::{
    Evaluation, FollowUp, FollowUpAnswer, Goal, Part, Plan, Practice, PracticeEnd, Relation, Route, Run, RunEnd, Step,
};
use opstap_core::{Kind, Millis, Record, RecordId};

use super::circle::below;
use super::{Asked, Cell, Circle};

/// The columns of plans.
pub const PLANS: [&str; 7] = ["client", "plan", "steps", "for_client", "times_begun", "times_ended", "last_begun"];
/// The columns of routes.
pub const ROUTES: [&str; 6] = ["client", "route", "parts", "goals_of_route", "times_practised", "last_practised"];
/// The columns of evaluations.
pub const EVALUATIONS: [&str; 7] = ["client", "from", "until", "stands_out", "ready", "agreed", "said"];
/// The columns of enquiries after a training.
pub const FOLLOW_UPS: [&str; 8] =
    ["client", "months", "due_on", "asked_on", "by_phone", "still_travels", "other_routes", "special"];

/// How often something was begun, and when last.
#[derive(Default, Clone, Copy)]
struct Times {
    begun: usize,
    ended: usize,
    last: Option<Millis>,
}

/// The plans in the order in which the client has them, with the runs of the period.
pub fn plans(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let (steps, ends) = (circle.by_parent::<Step>(), circle.by_parent::<RunEnd>());
    let mut times: BTreeMap<RecordId, Times> = BTreeMap::new();
    for (record, run) in circle.all::<Run>().into_iter().filter(|(_, run)| asked.period.has_moment(run.at)) {
        let of = times.entry(run.plan).or_default();
        of.begun += 1;
        of.ended += usize::from(!below(&ends, record.id).is_empty());
        of.last = of.last.max(Some(run.at));
    }
    let sees_progress = circle.read.view.covers(Section::of(Kind::Run));
    let mut all = circle.all::<Plan>();
    all.sort_by_key(|(record, plan)| (plan.order.clone(), record.id));
    let row = |(record, plan): (&Record, Plan)| {
        let times = times.get(&record.id).copied().unwrap_or_default();
        let is_for_client = plan.unfinished != Some(true) && plan.mastered().is_none();
        vec![
            circle.client().into(),
            plan.title.into(),
            below(&steps, record.id).len().into(),
            asked.words.yes(is_for_client).into(),
            // Who may not see how it went is not told that it never was begun.
            sees_progress.then_some(times.begun).into(),
            sees_progress.then_some(times.ended).into(),
            times.last.into(),
        ]
    };
    all.into_iter().map(row).collect()
}

/// The routes in the order in which the client has them, with the practices of the period.
pub fn routes(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let (parts, goals) = (circle.by_parent::<Part>(), circle.by_parent::<Goal>());
    let ends = circle.by_parent::<PracticeEnd>();
    let mut times: BTreeMap<RecordId, Times> = BTreeMap::new();
    for (record, practice) in circle.all::<Practice>() {
        // One that was begun and never ended was none.
        if asked.period.has_moment(practice.at) && !below(&ends, record.id).is_empty() {
            let of = times.entry(practice.route).or_default();
            of.ended += 1;
            of.last = of.last.max(Some(practice.at));
        }
    }
    let mut all = circle.all::<Route>();
    all.sort_by_key(|(record, route)| (route.order.clone(), record.id));
    let row = |(record, route): (&Record, Route)| {
        let times = times.get(&record.id).copied().unwrap_or_default();
        let parts = below(&parts, record.id);
        let goals: usize = parts.iter().map(|(part, _)| below(&goals, part.id).len()).sum();
        vec![
            circle.client().into(),
            route.title.into(),
            parts.len().into(),
            goals.into(),
            times.ended.into(),
            times.last.into(),
        ]
    };
    all.into_iter().map(row).collect()
}

/// The evaluations that have a day of the period in them.
pub fn evaluations(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let mut all = circle.all::<Evaluation>();
    // A neighbourhood coach reads what is ready for the client too.
    let reads_drafts = circle.relation(asked.me) != Some(Relation::NeighbourhoodCoach);
    all.retain(|(_, one)| asked.period.meets(Some(one.from), Some(one.to)) && (reads_drafts || one.ready.is_some()));
    all.sort_by_key(|(record, one)| (one.to, record.id));
    let row = |(_, one): (&Record, Evaluation)| {
        vec![
            circle.client().into(),
            one.from.into(),
            one.to.into(),
            one.words.into(),
            one.ready.into(),
            one.agreed.into(),
            one.said.into(),
        ]
    };
    all.into_iter().map(row).collect()
}

/// The enquiries that are due in the period, each with the answer that stands.
pub fn follow_ups(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let answers = circle.by_parent::<FollowUpAnswer>();
    let mut all = circle.all::<FollowUp>();
    all.retain(|(_, one)| asked.period.has(one.due));
    all.sort_by_key(|(record, one)| (one.due, record.id));
    let row = |(record, one): (&Record, FollowUp)| {
        let of = below(&answers, record.id);
        let is_corrected = |id: RecordId| of.iter().any(|(_, other)| other.replaces == Some(id));
        let answer = of.iter().rev().find(|(record, _)| !is_corrected(record.id)).map(|(_, answer)| answer);
        let yes = |said: Option<bool>| said.map(|said| asked.words.yes(said));
        vec![
            circle.client().into(),
            one.months.into(),
            one.due.into(),
            answer.map(|answer| answer.on).into(),
            answer.map(|answer| asked.words.yes(answer.by_phone == Some(true))).into(),
            answer.and_then(|answer| yes(answer.travels)).into(),
            answer.and_then(|answer| yes(answer.other_routes)).into(),
            answer.and_then(|answer| answer.special).map(|one| asked.words.code("special", one.code())).into(),
        ]
    };
    all.into_iter().map(row).collect()
}
