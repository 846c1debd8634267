//! A run from its logs: where it is, how long each step took, and where help was asked.

use opstap_core::RecordId;
use opstap_core::model::{Ending, Face, HelpLevel, Run, RunEnd, RunFace, StepEvent, StepHelp, StepOutcome};
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
    /// How often "Lukt niet" was tapped and not taken back.
    pub not_managed: u32,
    /// How often its other way was taken.
    pub other_way: u32,
    /// How much help it took by the word of a supporter, which goes before what the taps suggest.
    pub said: Option<HelpLevel>,
}

impl StepStory {
    /// A step to which nothing happened.
    const fn not_met(step: RecordId) -> Self {
        Self {
            step,
            first_shown: None,
            on_screen: 0,
            done: false,
            help_asked: 0,
            not_managed: 0,
            other_way: 0,
            said: None,
        }
    }

    /// Whether it was done by oneself: by a supporter's word, else without asking for help and without "Lukt niet".
    #[must_use]
    pub fn by_oneself(&self) -> bool {
        self.level() == Some(HelpLevel::ByOneself)
    }

    /// How much help it took: a supporter's word, else what the taps suggest.
    #[must_use]
    pub fn level(&self) -> Option<HelpLevel> {
        self.said.or(self.suggests())
    }

    /// Whether it went by oneself, or did not; nothing where the run did not come to it.
    #[must_use]
    pub fn went(&self) -> Option<bool> {
        match self.level() {
            Some(level) => Some(level == HelpLevel::ByOneself),
            None => (self.help_asked > 0 || self.not_managed > 0).then_some(false),
        }
    }

    /// How much help the taps suggest that it took: told where help was asked, a hint where it first did not go, by oneself else. A
    /// supporter who was there knows better; nothing is suggested for a step that was not done.
    #[must_use]
    pub const fn suggests(&self) -> Option<HelpLevel> {
        match (self.done, self.help_asked, self.not_managed) {
            (false, ..) => None,
            (true, 0, 0) => Some(HelpLevel::ByOneself),
            (true, 0, _) => Some(HelpLevel::Hint),
            (true, ..) => Some(HelpLevel::Told),
        }
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
    /// The steps in the plan's order, then those that are no longer shown in the plan but were met or spoken of.
    pub steps: Vec<StepStory>,
}

impl RunStory {
    /// How many steps were done by oneself.
    #[must_use]
    pub fn done_by_oneself(&self) -> usize {
        self.steps.iter().filter(|step| step.by_oneself()).count()
    }

    /// Whether all that came on the screen was done: what a choice led past does not count.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.met().all(|step| step.done)
    }

    /// How many steps it has: all of the plan, or those that were met where it was done to its end.
    #[must_use]
    pub fn length(&self) -> usize {
        if matches!(self.ended, Some((Ending::Done, _))) { self.met().count() } else { self.steps.len() }
    }

    fn met(&self) -> impl Iterator<Item = &StepStory> {
        self.steps.iter().filter(|step| step.first_shown.is_some() || step.done)
    }

    /// The same story with what supporters said of its steps, each with the id of what they said. What a later word replaces does not
    /// count, nor does an earlier word about the same step. A step they spoke of was done, whatever the taps say, and belongs to the run
    /// also where the screen did not show it.
    #[must_use]
    pub fn with_help(mut self, said: &[(RecordId, StepHelp)]) -> Self {
        for (_, help) in said {
            if counts(said, help.step).is_some() && self.steps.iter().all(|told| told.step != help.step) {
                self.steps.push(StepStory::not_met(help.step));
            }
        }
        for step in &mut self.steps {
            step.said = counts(said, step.step).map(|(_, help)| help.help);
            step.done |= step.said.is_some();
        }
        self
    }

    /// How often help was asked in all.
    #[must_use]
    pub fn help_asked(&self) -> u32 {
        self.steps.iter().map(|step| step.help_asked).sum()
    }
}

/// The word that counts for a step among all that was said during a run: the latest that nothing replaces.
#[must_use]
pub fn counts(said: &[(RecordId, StepHelp)], step: RecordId) -> Option<&(RecordId, StepHelp)> {
    let replaced = |id: RecordId| said.iter().any(|(_, other)| other.replaces == Some(id));
    said.iter().filter(|(id, help)| help.step == step && !replaced(*id)).max_by_key(|(id, help)| (help.at, *id))
}

/// Where a run goes on, given its events in the order they were made and the plan's steps as they are now.
///
/// That is the step that came on the screen last, while it is not done; after it the next that is not. What a choice led past, what was
/// passed over and a step that left the plan meanwhile are not gone back to.
#[must_use]
pub fn place_in_run(steps: &[RecordId], events: &[StepEvent]) -> Place {
    let done = done_steps(steps, events);
    let mut shown = events.iter().rev().filter(|event| event.what == StepOutcome::Shown).map(|event| event.step);
    let last = shown.next();
    if let Some(step) = last.filter(|step| steps.contains(step) && !done.contains(step)) {
        return Place::At(step);
    }
    // Where the last one left the plan, the one before it that is there tells how far the run is.
    let from = last.into_iter().chain(shown).find_map(|step| steps.iter().position(|other| *other == step));
    first_that_is_not(&done, steps, from)
}

/// Where a run goes on after a step that is done or passed over: at the next in order that is not done.
#[must_use]
pub fn next_after(steps: &[RecordId], events: &[StepEvent], step: RecordId) -> Place {
    first_that_is_not(&done_steps(steps, events), steps, steps.iter().position(|other| *other == step))
}

fn first_that_is_not(done: &[RecordId], steps: &[RecordId], after: Option<usize>) -> Place {
    let mut ahead = steps.iter().skip(after.map_or(0, |place| place + 1));
    ahead.find(|step| !done.contains(step)).map_or(Place::Finished, |step| Place::At(*step))
}

/// The steps that are done and were not gone back to. A choice that leads back is a round: all from where it leads on is to be done again.
fn done_steps(steps: &[RecordId], events: &[StepEvent]) -> Vec<RecordId> {
    let place = |step: RecordId| steps.iter().position(|other| *other == step);
    let mut done = Vec::new();
    let mut chose_at = None;
    for event in events {
        match event.what {
            StepOutcome::Done => done.push(event.step),
            // On the screen again: it is to be done again.
            StepOutcome::Shown => {
                let to = place(event.step);
                let goes_round = chose_at.take().is_some_and(|from| to.is_some() && to <= Some(from));
                done.retain(|step| *step != event.step && !(goes_round && place(*step) >= to));
            }
            StepOutcome::Chosen => chose_at = place(event.step),
            StepOutcome::HelpAsked
            | StepOutcome::NotManaged
            | StepOutcome::Back
            | StepOutcome::Later
            | StepOutcome::OtherWay => {}
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
    let done = done_steps(steps, events);
    let stories = order.into_iter().map(|step| {
        let of_step = |what| events.iter().filter(move |event| event.step == step && event.what == what);
        let count = |what| u32::try_from(of_step(what).count()).unwrap_or(u32::MAX);
        let not_managed = count(StepOutcome::NotManaged).saturating_sub(taken_back(step, events));
        StepStory {
            first_shown: of_step(StepOutcome::Shown).map(|event| event.at).next(),
            on_screen: on_screen(step, events),
            done: done.contains(&step),
            help_asked: count(StepOutcome::HelpAsked),
            not_managed,
            other_way: count(StepOutcome::OtherWay),
            ..StepStory::not_met(step)
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

/// How often "Lukt niet" was taken back at a step: by "Terug" at once, after which the step is on the screen again.
fn taken_back(step: RecordId, events: &[StepEvent]) -> u32 {
    let back = [StepOutcome::NotManaged, StepOutcome::Back, StepOutcome::Shown];
    let is =
        |three: &&[StepEvent]| three.iter().zip(back).all(|(event, what)| event.step == step && event.what == what);
    u32::try_from(events.windows(back.len()).filter(is).count()).unwrap_or(u32::MAX)
}

/// How long a step was on the screen: from each time it was shown to what ended that.
fn on_screen(step: RecordId, events: &[StepEvent]) -> u64 {
    let mut total = 0_u64;
    let mut shown: Option<Millis> = None;
    for event in events {
        match event.what {
            // Shown again without an end in between: the app was closed. The time between is not the step's.
            StepOutcome::Shown if event.step == step => shown = Some(event.at),
            StepOutcome::HelpAsked | StepOutcome::NotManaged | StepOutcome::OtherWay | StepOutcome::Chosen
                if event.step == step => {}
            StepOutcome::Shown
            | StepOutcome::Done
            | StepOutcome::Back
            | StepOutcome::Later
            | StepOutcome::HelpAsked
            | StepOutcome::NotManaged
            | StepOutcome::OtherWay
            | StepOutcome::Chosen => {
                if let Some(from) = shown.take() {
                    total = total.saturating_add(event.at.0.saturating_sub(from.0));
                }
            }
        }
    }
    total
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
