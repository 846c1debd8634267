//! What the runs of plans say: week by week, which was given up, which steps do not go.

use opstap_core::model::{Ending, HelpLevel, Plan, Prompt, RunEnd, RunFace, Step, StepEvent, StepHelp};
use opstap_core::{Day, Millis, RecordId};

use super::{MOST, add_to, in_order, newest, week_of};
use crate::following::source::{Known, Source, below};
use crate::following::summary::{Failing, GivenUp, LastRun, Line};
use crate::{RunStory, StepStory, run_story};

/// A plan with its steps in their order, those left out that show nothing.
pub(super) struct PlanKnown {
    pub(super) id: RecordId,
    /// Whether the client follows it now: it is not being made any more, and they do not do it without.
    pub(super) is_followed: bool,
    pub(super) steps: Vec<Known<Step>>,
}

/// A run, told.
pub(super) struct Run {
    id: RecordId,
    pub(super) story: RunStory,
}

/// The plans with their steps.
pub(super) fn plans(source: &Source<'_>) -> Vec<PlanKnown> {
    let mut steps = source.all::<Step>();
    steps.retain(|Known { value: step, .. }| {
        !step.text.is_empty() || step.picture.is_some() || step.video.is_some() || step.voice.is_some()
    });
    let plans = source.all::<Plan>().into_iter().map(|plan| {
        let mut steps = below(&steps, plan.id).to_vec();
        steps.sort_by(|a, b| (&a.value.order, a.id).cmp(&(&b.value.order, b.id)));
        let is_followed = plan.value.unfinished != Some(true) && plan.value.mastered().is_none();
        PlanKnown { id: plan.id, is_followed, steps }
    });
    plans.collect()
}

/// All runs, the newest first.
pub(super) fn runs(source: &Source<'_>, plans: &[PlanKnown]) -> Vec<Run> {
    let (events, ends) = (source.all::<StepEvent>(), source.all::<RunEnd>());
    let (faces, helped) = (source.all::<RunFace>(), source.all::<StepHelp>());
    let mut runs: Vec<Run> = source
        .all::<opstap_core::model::Run>()
        .iter()
        .map(|run| {
            let events: Vec<StepEvent> = below(&events, run.id).iter().map(|event| event.value.clone()).collect();
            let said: Vec<(RecordId, StepHelp)> =
                below(&helped, run.id).iter().map(|help| (help.id, help.value.clone())).collect();
            let met = |step: RecordId| {
                events.iter().any(|event| event.step == step) || said.iter().any(|(_, help)| help.step == step)
            };
            let plan = plans.iter().find(|plan| plan.id == run.value.plan);
            let steps: Vec<RecordId> = plan
                .map_or(&[][..], |plan| &plan.steps)
                .iter()
                .filter(|step| step.value.shows() != Prompt::Gone || met(step.id))
                .map(|step| step.id)
                .collect();
            let end = below(&ends, run.id).last().map(|end| &end.value);
            let face = below(&faces, run.id).last().map(|face| &face.value);
            Run { id: run.id, story: run_story(&run.value, &steps, &events, end, face).with_help(&said) }
        })
        .collect();
    runs.sort_by_key(|run| std::cmp::Reverse((run.story.began, run.id)));
    runs
}

/// Plans week by week, by the runs that are over.
pub(super) fn lines(runs: &[Run]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for Run { story, .. } in runs.iter().filter(|run| run.story.ended.is_some()) {
        if lines.iter().all(|line| line.of != story.plan) {
            lines.push(Line { of: story.plan, is_route: false, weeks: Vec::new() });
        }
        for line in lines.iter_mut().filter(|line| line.of == story.plan) {
            add_to(&mut line.weeks, week_of(story.began), story.done_by_oneself(), story.length());
        }
    }
    lines.into_iter().map(|line| Line { weeks: in_order(line.weeks), ..line }).collect()
}

impl Run {
    pub(super) fn last(&self) -> LastRun {
        let story = &self.story;
        LastRun {
            run: self.id,
            plan: story.plan,
            began: story.began,
            ended: story.ended,
            reached: count(reached(story) + 1),
            steps: count(story.length()),
            by_oneself: count(story.done_by_oneself()),
            face: story.face,
        }
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// The place of the step that came on the screen last; the first where none did.
fn reached(story: &RunStory) -> usize {
    let shown = story.steps.iter().enumerate().filter(|(_, step)| step.first_shown.is_some());
    shown.max_by_key(|(place, step)| (step.first_shown, *place)).map_or(0, |(place, _)| place)
}

/// So long ago a plan was given up at most; what came of it is known by then.
const GIVEN_UP_WITHIN: u32 = 30;

/// The plans of which the last run that is over was given up.
pub(super) fn given_up(plans: &[PlanKnown], runs: &[Run], now: Millis) -> Vec<GivenUp> {
    let since = Day::of(now).back(GIVEN_UP_WITHIN).begins();
    let last = |plan: &PlanKnown| {
        let Run { id, story } = runs.iter().find(|run| run.story.plan == plan.id && run.story.ended.is_some())?;
        let (_, at) = story.ended.filter(|(how, at)| *how == Ending::Stopped && *at >= since)?;
        let reached = reached(story);
        let step = story.steps.get(reached).map(|step| step.step);
        let place = (count(reached + 1), count(story.steps.len()));
        Some(GivenUp { plan: plan.id, run: *id, at, step, place, face: story.face })
    };
    let mut all: Vec<GivenUp> = plans.iter().filter_map(last).collect();
    newest(&mut all, |one| (one.at, one.plan));
    all
}

/// Whether a step did not go in a run: "Lukt niet" was tapped, and nobody said that it went by oneself after all. None where the run did not
/// come to it. That a step took help is no failing: that is how it is learned.
fn failed(step: &StepStory) -> Option<bool> {
    let met = step.first_shown.is_some() || step.done || step.not_managed > 0;
    met.then_some(step.not_managed > 0 && step.said != Some(HelpLevel::ByOneself))
}

/// The steps that did not go the last two times or more that they came up.
pub(super) fn failing(plans: &[PlanKnown], runs: &[Run]) -> Vec<Failing> {
    let mut all = Vec::new();
    for (plan, step) in plans.iter().flat_map(|plan| plan.steps.iter().map(|step| (plan.id, step.id))) {
        let of_plan = runs.iter().map(|run| &run.story).filter(|story| story.plan == plan);
        let came_up = of_plan.filter_map(|story| {
            let told = story.steps.iter().find(|told| told.step == step)?;
            Some((failed(told)?, story))
        });
        let failed: Vec<&RunStory> = came_up.take_while(|(failed, _)| *failed).map(|(_, story)| story).collect();
        if let [last, _, ..] = failed.as_slice() {
            let stopped = failed.iter().all(|story| matches!(story.ended, Some((Ending::Stopped, _))));
            all.push(Failing { step, plan, times: count(failed.len()), last: last.began, stopped });
        }
    }
    all.sort_by_key(|one| (std::cmp::Reverse(one.times), one.step));
    all.truncate(MOST);
    all
}
