//! Lists of what was done: plans and practices, each with how it went.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::model::{
    GoalHelp, HelpLevel, Plan, Practice, PracticeEnd, Route, Run, RunEnd, RunFace, StepEvent, StepHelp,
};
use opstap_core::{Record, RecordId};
use opstap_insight::{StepStory, run_story};

use super::circle::below;
use super::{Asked, Cell, Circle};

/// The columns of practices.
pub const PRACTICES: [&str; 13] = [
    "client",
    "route",
    "moment",
    "who",
    "minutes",
    "by_oneself",
    "hint",
    "told",
    "shown",
    "together",
    "face",
    "word",
    "said",
];
/// The columns of runs.
pub const RUNS: [&str; 10] =
    ["client", "plan", "moment", "ending", "ended_at", "steps_done", "help_asked", "not_managed", "face", "on_paper"];

/// The practices, by when they began, with how many goals took how much help.
pub fn practices(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let titles: BTreeMap<RecordId, String> =
        circle.all::<Route>().into_iter().map(|(record, route)| (record.id, route.title)).collect();
    let (help, ends) = (circle.by_parent::<GoalHelp>(), circle.by_parent::<PracticeEnd>());
    let mut all = circle.all::<Practice>();
    all.retain(|(_, practice)| asked.period.has_moment(practice.at));
    all.sort_by_key(|(record, practice)| (practice.at, record.id));
    let row = |(record, practice): (&Record, Practice)| {
        let end = below(&ends, record.id).last().map(|(_, end)| end.clone());
        let levels = levels(below(&help, record.id));
        let count = |level| Cell::from(levels.values().filter(|one| **one == level).count());
        let mut row: Vec<Cell> = vec![
            circle.client().into(),
            titles.get(&practice.route).cloned().into(),
            practice.at.into(),
            circle.author(record).into(),
            end.as_ref().and_then(|end| end.minutes).into(),
        ];
        row.extend(HelpLevel::ALL.iter().map(|level| count(*level)));
        let face = end.as_ref().and_then(|end| end.face).map(|face| asked.words.code("face", face.code()));
        let (word, said) = end.map(|end| (end.word, end.said)).unwrap_or_default();
        row.extend([face.into(), word.into(), said.into()]);
        row
    };
    all.into_iter().map(row).collect()
}

/// How much help each goal took: of two answers the later, and a correction takes the place of what it corrects.
fn levels(help: &[(&Record, GoalHelp)]) -> BTreeMap<RecordId, HelpLevel> {
    let replaced: BTreeSet<RecordId> = help.iter().filter_map(|(_, help)| help.replaces).collect();
    let mut counts: Vec<&(&Record, GoalHelp)> = help.iter().filter(|(one, _)| !replaced.contains(&one.id)).collect();
    counts.sort_by_key(|(record, help)| (help.at, record.id));
    counts.into_iter().map(|(_, help)| (help.goal, help.help)).collect()
}

/// The plans that were done, by when they began.
pub fn runs(circle: &Circle<'_>, asked: &Asked<'_>) -> Vec<Vec<Cell>> {
    let titles: BTreeMap<RecordId, String> =
        circle.all::<Plan>().into_iter().map(|(record, plan)| (record.id, plan.title)).collect();
    let events = circle.by_parent::<StepEvent>();
    let (ends, faces) = (circle.by_parent::<RunEnd>(), circle.by_parent::<RunFace>());
    let help = circle.by_parent::<StepHelp>();
    let mut all = circle.all::<Run>();
    all.retain(|(_, run)| asked.period.has_moment(run.at));
    all.sort_by_key(|(record, run)| (run.at, record.id));
    let row = |(record, run): (&Record, Run)| {
        let end = below(&ends, record.id).last().map(|(_, end)| end);
        let face = below(&faces, record.id).last().map(|(_, face)| face);
        // As the screens tell it: what was taken back by "Terug" does not count, and what a supporter said of a step does.
        let taps: Vec<StepEvent> = below(&events, record.id).iter().map(|(_, event)| event.clone()).collect();
        let said: Vec<_> = below(&help, record.id).iter().map(|(one, help)| (one.id, help.clone())).collect();
        let told = run_story(&run, &[], &taps, end, face).with_help(&said);
        let steps = |is_so: fn(&StepStory) -> bool| Cell::from(told.steps.iter().filter(|step| is_so(step)).count());
        vec![
            circle.client().into(),
            titles.get(&run.plan).cloned().into(),
            run.at.into(),
            end.map(|end| asked.words.code("ending", end.how.code())).into(),
            end.map(|end| end.at).into(),
            steps(|step| step.done),
            steps(|step| step.help_asked > 0),
            steps(|step| step.not_managed > 0),
            face.map(|face| face.face).map(|face| asked.words.code("face", face.code())).into(),
            asked.words.yes(run.on_paper.unwrap_or_default()).into(),
        ]
    };
    all.into_iter().map(row).collect()
}
