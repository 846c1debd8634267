//! A run from its logs: where it is, how long each step took, and where help was asked.

use opstap_core::RecordId;
use opstap_core::model::{Ending, Face, Run, RunEnd, RunFace, StepEvent, StepOutcome};
use opstap_core::stamp::Millis;

/// Where a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At this step.
    At(RecordId),
    /// Every step is done; the result can be kept.
    Finished,
}

/// What happened at one step of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepStory {
    /// The step.
    pub step: RecordId,
    /// When it first came on the screen.
    pub first_shown: Option<Millis>,
    /// How long it was on the screen, in milliseconds, without the time that the run was put away.
    pub on_screen: u64,
    /// Whether the client tapped "Klaar" and did not go back on it.
    pub done: bool,
    /// How often help was asked.
    pub help_asked: u32,
    /// How often "Lukt niet" was tapped.
    pub not_managed: u32,
}

impl StepStory {
    /// Whether it was done without asking for help and without "Lukt niet".
    #[must_use]
    pub const fn by_oneself(&self) -> bool {
        self.done && self.help_asked == 0 && self.not_managed == 0
    }
}

/// A run as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunStory {
    /// The plan.
    pub plan: RecordId,
    /// When it began.
    pub began: Millis,
    /// How and when it ended, if it did.
    pub ended: Option<(Ending, Millis)>,
    /// The last face picked.
    pub face: Option<Face>,
    /// The steps in the plan's order, then those that are no longer in the plan but were met in the run.
    pub steps: Vec<StepStory>,
}

impl RunStory {
    /// How many steps were done by oneself.
    #[must_use]
    pub fn done_by_oneself(&self) -> usize {
        self.steps.iter().filter(|step| step.by_oneself()).count()
    }

    /// How often help was asked in all.
    #[must_use]
    pub fn help_asked(&self) -> u32 {
        self.steps.iter().map(|step| step.help_asked).sum()
    }
}

/// Where a run goes on, given its events in the order they were made and the plan's steps as they are now.
///
/// A step that left the plan meanwhile is passed over: the run goes on at the first step that is not done.
#[must_use]
pub fn place_in_run(steps: &[RecordId], events: &[StepEvent]) -> Place {
    let last = events.iter().rev().find(|event| event.what == StepOutcome::Shown).map(|event| event.step);
    let done = done_steps(events);
    match last {
        Some(step) if steps.contains(&step) && !done.contains(&step) => Place::At(step),
        _ => steps.iter().find(|step| !done.contains(step)).map_or(Place::Finished, |step| Place::At(*step)),
    }
}

/// The steps that are done and were not gone back to.
fn done_steps(events: &[StepEvent]) -> Vec<RecordId> {
    let mut done = Vec::new();
    for event in events {
        match event.what {
            StepOutcome::Done => done.push(event.step),
            // On the screen again: it is to be done again.
            StepOutcome::Shown => done.retain(|step| *step != event.step),
            StepOutcome::HelpAsked | StepOutcome::NotManaged | StepOutcome::Back | StepOutcome::Later => {}
        }
    }
    done
}

/// Tells a run: its events in the order they were made, with the plan's steps as they are now.
#[must_use]
pub fn run_story(
    run: &Run,
    steps: &[RecordId],
    events: &[StepEvent],
    end: Option<&RunEnd>,
    face: Option<&RunFace>,
) -> RunStory {
    let mut order = steps.to_vec();
    for event in events.iter().filter(|event| event.what != StepOutcome::Back) {
        if !order.contains(&event.step) {
            order.push(event.step);
        }
    }
    let done = done_steps(events);
    let stories = order.into_iter().map(|step| {
        let of_step = |what| events.iter().filter(move |event| event.step == step && event.what == what);
        let count = |what| u32::try_from(of_step(what).count()).unwrap_or(u32::MAX);
        StepStory {
            step,
            first_shown: of_step(StepOutcome::Shown).map(|event| event.at).next(),
            on_screen: on_screen(step, events),
            done: done.contains(&step),
            help_asked: count(StepOutcome::HelpAsked),
            not_managed: count(StepOutcome::NotManaged),
        }
    });
    RunStory {
        plan: run.plan,
        began: run.at,
        ended: end.map(|end| (end.how, end.at)),
        face: face.map(|face| face.face),
        steps: stories.collect(),
    }
}

/// How long a step was on the screen: from each time it was shown to what ended that.
fn on_screen(step: RecordId, events: &[StepEvent]) -> u64 {
    let mut total = 0_u64;
    let mut shown: Option<Millis> = None;
    for event in events {
        match event.what {
            // Shown again without an end in between: the app was closed. The time between is not the step's.
            StepOutcome::Shown if event.step == step => shown = Some(event.at),
            StepOutcome::HelpAsked | StepOutcome::NotManaged if event.step == step => {}
            StepOutcome::Shown
            | StepOutcome::Done
            | StepOutcome::Back
            | StepOutcome::Later
            | StepOutcome::HelpAsked
            | StepOutcome::NotManaged => {
                if let Some(from) = shown.take() {
                    total = total.saturating_add(event.at.0.saturating_sub(from.0));
                }
            }
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use StepOutcome::{Back, Done, HelpAsked, Later, NotManaged, Shown};

    fn step(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn events(log: &[(u8, StepOutcome, u64)]) -> Vec<StepEvent> {
        log.iter().map(|(n, what, at)| StepEvent { step: step(*n), what: *what, at: Millis(*at * 1_000) }).collect()
    }

    const RUN: Run = Run { plan: RecordId([9; 16]), at: Millis(0) };

    #[test]
    fn a_run_goes_on_at_the_step_it_was_put_away_at() {
        let log = events(&[(1, Shown, 0), (1, Done, 5), (2, Shown, 5), (2, Later, 9)]);
        assert_eq!(place_in_run(&[step(1), step(2), step(3)], &log), Place::At(step(2)));
    }

    #[test]
    fn a_run_that_never_began_is_at_the_first_step_and_one_with_all_done_is_finished() {
        assert_eq!(place_in_run(&[step(1)], &[]), Place::At(step(1)));
        assert_eq!(place_in_run(&[step(1)], &events(&[(1, Shown, 0), (1, Done, 1)])), Place::Finished);
    }

    #[test]
    fn going_back_shows_the_step_before_again_and_it_is_to_be_done_again() {
        let log = events(&[(1, Shown, 0), (1, Done, 5), (2, Shown, 5), (2, Back, 6), (1, Shown, 6)]);
        assert_eq!(place_in_run(&[step(1), step(2)], &log), Place::At(step(1)));
    }

    #[test]
    fn a_step_taken_out_of_the_plan_during_the_run_does_not_hold_it_up() {
        let log = events(&[(1, Shown, 0), (1, Done, 5), (2, Shown, 5)]);
        assert_eq!(place_in_run(&[step(1), step(3)], &log), Place::At(step(3)));
    }

    #[test]
    fn the_time_of_a_step_leaves_out_what_the_run_was_put_away() {
        let log = events(&[
            (1, Shown, 0),
            (1, Later, 10),
            (1, Shown, 100),
            (1, HelpAsked, 110),
            (1, Done, 130),
            (2, Shown, 130),
        ]);
        let story = run_story(&RUN, &[step(1), step(2)], &log, None, None);
        assert_eq!(story.steps[0].on_screen, 40_000);
        assert_eq!(story.steps[0].help_asked, 1);
        assert!(story.steps[0].done && !story.steps[0].by_oneself());
        assert!(!story.steps[1].done);
    }

    #[test]
    fn a_step_that_did_not_go_is_not_by_oneself_even_when_done_later() {
        let log = events(&[(1, Shown, 0), (1, NotManaged, 3), (1, Done, 9)]);
        let story = run_story(&RUN, &[step(1)], &log, None, None);
        assert_eq!((story.done_by_oneself(), story.steps[0].not_managed), (0, 1));
    }
}
