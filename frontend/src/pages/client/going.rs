//! A run under way: which step comes next, and what each tap writes down. Every tap is one edit, so that a step's end and the next
//! one's beginning are never apart.

use std::cell::Cell;

use opstap_core::model::{Choice, Ending, Model, Plan, Run, RunEnd, Step, StepEvent, StepOutcome, delete};
use opstap_core::{Change, CircleId, Millis, RecordId};
use opstap_insight::{Place, place_in_run};

use crate::device::{self, Entry, Haste, Reader};
use crate::navigation::replace;
use crate::stories::run::{RunNow, ids, open_run, steps_of};
use crate::stories::{self, today::goes_on};

use super::ClientPlace;
use super::ways::chosen_from;
use crate::companion::CompanionPlace;

thread_local! {
    // The step that is on the screen of this visit. A step seen again on the way back from help is still the same showing; after a
    // restart there is none, and the step counts as shown again.
    static ON_SCREEN: Cell<Option<(RecordId, RecordId)>> = const { Cell::new(None) };
    // The last tap of a run, while its result is on the screen for the first time.
    static ENDED: Cell<Option<Ended>> = const { Cell::new(None) };
}

/// How a run ended: its end, and the step of the tap that did it.
#[derive(Clone, Copy)]
struct Ended {
    run: RecordId,
    end: RecordId,
    step: RecordId,
}

/// From now on the end of a run stays: somebody went on from its result.
pub fn the_end_stays() {
    ENDED.set(None);
}

/// "Terug" right after the last step of a run: its end is taken back, and the step is on the screen again. `None` where there is no such
/// tap to take back.
pub fn take_the_end_back(run: RecordId) -> Option<Vec<Change>> {
    let Ended { end, step, .. } = ENDED.take().filter(|ended| ended.run == run)?;
    let at = device::now();
    let events = [StepOutcome::Back, StepOutcome::Shown].map(|what| StepEvent::of(step, what, at));
    let events = events.iter().map(|event| event.make_below(device::new_id(), run));
    ON_SCREEN.set(Some((run, step)));
    Some(std::iter::once(delete(end)).chain(events).collect())
}

/// A plan with its steps, and its run when one is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Going {
    /// The plan.
    pub plan: Entry<Plan>,
    /// Its steps in order: those that are still shown.
    pub steps: Vec<Entry<Step>>,
    /// Whether it has steps and none is shown any more: it goes without the screen.
    pub all_gone: bool,
    /// The choices at its steps.
    pub choices: Vec<Entry<Choice>>,
    /// The run under way.
    pub run: Option<RunNow>,
    /// A run from before, that nobody ended.
    pub left: Option<RecordId>,
}

impl Going {
    /// The choices at one step.
    pub fn choices_at(&self, step: RecordId) -> Vec<(RecordId, Choice)> {
        let of_step = self.choices.iter().filter(|choice| choice.parent == Some(step));
        of_step.map(|choice| (choice.id, choice.value.clone())).collect()
    }
}

/// Reads a plan and its run; `None` when the plan is gone.
pub async fn read(reader: &Reader, plan: RecordId) -> Option<Going> {
    let plan = reader.one::<Plan>(plan).await?;
    let all = stories::steps(reader, plan.id).await;
    let open = open_run(reader, plan.id, &all).await;
    let now = device::now();
    let (run, left) = match open {
        Some(run) if goes_on(run.run.at, crate::dates::day_start(now), now) => (Some(run), None),
        Some(run) => (None, Some(run.id)),
        None => (None, None),
    };
    let steps = steps_of(&all, run.as_ref().map_or(&[], |run| run.events.as_slice()));
    let choices = stories::choices(reader, &steps).await;
    Some(Going { all_gone: steps.is_empty() && !all.is_empty(), plan, steps, choices, run, left })
}

/// The step before: at which a choice led here, else the one above it, if there is one.
pub fn before(steps: &[RecordId], events: &[StepEvent], step: RecordId) -> Option<RecordId> {
    if let Some(from) = chosen_from(events, step).filter(|from| steps.contains(from)) {
        return Some(from);
    }
    let place = steps.iter().position(|other| *other == step)?;
    steps.get(place.checked_sub(1)?).copied()
}

/// What one tap writes down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tapped {
    /// The events, in order.
    pub events: Vec<StepEvent>,
    /// Whether the run ends with it.
    pub ends: bool,
    /// The step at which it was.
    from: Option<RecordId>,
}

impl Tapped {
    /// Something that happened at a step.
    pub fn one(step: RecordId, what: StepOutcome, at: Millis) -> Self {
        Self { events: vec![StepEvent::of(step, what, at)], ends: false, from: Some(step) }
    }

    /// A choice that was made at a step, which is done with it.
    pub fn chosen(step: RecordId, choice: RecordId, at: Millis) -> Self {
        let made = StepEvent { choice: Some(choice), ..StepEvent::of(step, StepOutcome::Chosen, at) };
        Self { events: vec![made, StepEvent::of(step, StepOutcome::Done, at)], ends: false, from: Some(step) }
    }

    /// Then this place comes on the screen, or the run ends.
    pub fn then(mut self, place: Place, at: Millis) -> Self {
        match place {
            Place::At(step) => self.events.push(StepEvent::of(step, StepOutcome::Shown, at)),
            Place::Finished => self.ends = true,
        }
        self
    }

    /// Then only what comes next, when what happened is already written.
    pub fn only(place: Place, at: Millis) -> Self {
        Self { events: Vec::new(), ends: false, from: None }.then(place, at)
    }

    /// It was at this step, of which nothing is written.
    pub const fn at_step(mut self, step: RecordId) -> Self {
        self.from = Some(step);
        self
    }

    /// The changes below the run. Ids rise as they are made, so the events of one edit keep their order.
    pub fn changes(&self, run: RecordId, at: Millis) -> Vec<Change> {
        let events = self.events.iter().map(|event| event.make_below(device::new_id(), run));
        let end = self.ends.then(|| RunEnd { how: Ending::Done, at }.make_below(device::new_id(), run));
        events.chain(end).collect()
    }

    /// Somebody should hear of it soon when it ends the run or puts it away, or did not go by itself.
    fn haste(&self) -> Haste {
        let by_itself = |event: &StepEvent| match event.what {
            StepOutcome::Shown
            | StepOutcome::Done
            | StepOutcome::Back
            | StepOutcome::OtherWay
            | StepOutcome::Chosen => true,
            StepOutcome::HelpAsked | StepOutcome::NotManaged | StepOutcome::Later => false,
        };
        if self.ends || !self.events.iter().all(by_itself) { Haste::Some } else { Haste::None }
    }

    /// The step this leaves on the screen.
    fn leaves(&self) -> Leaves {
        match self.events.last() {
            _ if self.ends => Leaves::Nothing,
            Some(event) if event.what == StepOutcome::Shown => Leaves::Step(event.step),
            Some(event) if event.what == StepOutcome::Later => Leaves::Nothing,
            Some(_) | None => Leaves::TheSame,
        }
    }
}

/// What is on the screen after a tap.
enum Leaves {
    Nothing,
    Step(RecordId),
    TheSame,
}

/// Keeps a tap, and remembers which step is on the screen. `false` when it could not be kept; that has been said.
pub async fn keep(circle: CircleId, run: RecordId, tapped: &Tapped) -> bool {
    let changes = tapped.changes(run, device::now());
    let end = changes.last().filter(|_| tapped.ends).map(Change::record);
    match device::edit_in_time(circle, changes, tapped.haste()).await {
        Ok(()) => {
            match tapped.leaves() {
                Leaves::Nothing => ON_SCREEN.set(None),
                Leaves::Step(step) => ON_SCREEN.set(Some((run, step))),
                Leaves::TheSame => {}
            }
            ENDED.set(end.zip(tapped.from).map(|(end, step)| Ended { run, end, step }));
            true
        }
        Err(why) => {
            super::say_not_kept(why);
            false
        }
    }
}

/// Whether this step of this run was already written down as shown during this visit.
pub fn is_on_screen(run: RecordId, step: RecordId) -> bool {
    ON_SCREEN.get() == Some((run, step))
}

/// Begins a run of the plan, ends one that was left behind, and shows the first step; without steps to show it is done with that. Gives
/// the run; `None` when it could not be kept.
pub async fn begin(circle: CircleId, going: &Going) -> Option<RecordId> {
    let at = device::now();
    let run = device::new_id();
    let mut changes = vec![Run::begins(going.plan.id, at).make(run)];
    if let Some(left) = going.left {
        changes.push(RunEnd { how: Ending::Stopped, at }.make_below(device::new_id(), left));
    }
    let ids = ids(&going.steps);
    let first = Tapped::only(place_in_run(&ids, &[]), at);
    changes.extend(first.changes(run, at));
    match device::edit(circle, changes).await {
        Ok(()) => {
            ON_SCREEN.set(ids.first().map(|step| (run, *step)));
            Some(run)
        }
        Err(why) => {
            super::say_not_kept(why);
            None
        }
    }
}

/// Shows the result of a run in the place of the step.
pub fn show_result(run: RecordId) {
    replace(CompanionPlace::from(ClientPlace::Result(run)));
}

#[cfg(test)]
mod tests {
    use StepOutcome::{Done, Shown};

    use super::*;

    fn step(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    #[test]
    fn before_the_first_step_there_is_none() {
        let before = |steps: &[RecordId], step| before(steps, &[], step);
        assert_eq!(before(&[step(1), step(2)], step(2)), Some(step(1)));
        assert_eq!(before(&[step(1), step(2)], step(1)), None);
        assert_eq!(before(&[step(1)], step(9)), None);
    }

    #[test]
    fn the_end_of_a_step_and_the_beginning_of_the_next_are_one_tap() {
        let tapped = Tapped::one(step(1), Done, Millis(5)).then(Place::At(step(2)), Millis(5));
        assert_eq!(tapped.events.iter().map(|event| event.what).collect::<Vec<_>>(), [Done, Shown]);
        assert!(!tapped.ends);
        assert!(Tapped::one(step(2), Done, Millis(9)).then(Place::Finished, Millis(9)).ends);
    }
}
