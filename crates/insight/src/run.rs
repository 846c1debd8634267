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
    /// How often "Lukt niet" was tapped.
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
        StepStory {
            first_shown: of_step(StepOutcome::Shown).map(|event| event.at).next(),
            on_screen: on_screen(step, events),
            done: done.contains(&step),
            help_asked: count(StepOutcome::HelpAsked),
            not_managed: count(StepOutcome::NotManaged),
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
mod tests {
    use super::*;
    use StepOutcome::{Back, Done, HelpAsked, Later, NotManaged, Shown};

    fn step(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn events(log: &[(u8, StepOutcome, u64)]) -> Vec<StepEvent> {
        log.iter().map(|(n, what, at)| StepEvent::of(step(*n), *what, Millis(*at * 1_000))).collect()
    }

    const RUN: Run = Run::begins(RecordId([9; 16]), Millis(0));

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
    fn after_a_step_comes_the_next_that_is_not_done_and_what_was_passed_over_does_not_come_back() {
        let (two, three) = ([step(1), step(2)], [step(1), step(2), step(3)]);
        assert_eq!(next_after(&two, &events(&[(1, Shown, 0), (1, Done, 1)]), step(1)), Place::At(step(2)));
        assert_eq!(next_after(&two, &events(&[(1, Done, 1), (2, Done, 2)]), step(2)), Place::Finished);
        let passed = events(&[(1, Shown, 0), (1, NotManaged, 1), (2, Shown, 1), (2, Done, 2)]);
        assert_eq!(next_after(&three, &passed, step(2)), Place::At(step(3)));
        let back = events(&[(1, Done, 0), (2, Done, 1), (3, Back, 2), (2, Shown, 2), (2, Back, 3), (1, Done, 4)]);
        assert_eq!(next_after(&three, &back, step(1)), Place::At(step(2)), "both are done again");
        assert_eq!(next_after(&[step(2), step(3)], &events(&[(1, Done, 1)]), step(1)), Place::At(step(2)));
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
    fn a_choice_that_leads_back_is_a_round_and_one_that_leads_on_passes_over() {
        use StepOutcome::Chosen;
        let steps = [step(1), step(2), step(3), step(4)];
        let until_three =
            [(1, Shown, 0), (1, Done, 1), (2, Shown, 1), (2, Done, 2), (3, Shown, 2), (3, Chosen, 3), (3, Done, 3)];
        let back = [until_three.as_slice(), &[(1, Shown, 3), (1, Done, 4)]].concat();
        assert_eq!(place_in_run(&steps, &events(&back)), Place::At(step(2)));
        let on = events(&[(1, Shown, 0), (1, Chosen, 1), (1, Done, 1), (4, Shown, 1), (4, Done, 2), (4, Later, 3)]);
        assert_eq!(place_in_run(&steps, &on[..4]), Place::At(step(4)));
        assert_eq!(place_in_run(&steps, &on), Place::Finished, "what the choice led past does not come after it");
        assert_eq!(place_in_run(&[1, 2, 3, 4, 5].map(step), &on), Place::At(step(5)));
    }

    #[test]
    fn a_step_that_was_passed_over_is_not_gone_back_to() {
        let steps = [step(1), step(2), step(3)];
        let log =
            events(&[(1, Shown, 0), (1, NotManaged, 1), (2, Shown, 2), (2, Done, 3), (3, Shown, 3), (3, Done, 4)]);
        assert_eq!(place_in_run(&steps, &log), Place::Finished);
        // The step it was at left the plan.
        assert_eq!(place_in_run(&[step(1), step(3)], &log[..3]), Place::At(step(3)));
    }

    #[test]
    fn the_taps_suggest_how_much_help_it_took() {
        use opstap_core::model::HelpLevel::{ByOneself, Hint, Told};
        let log = events(&[
            (1, Shown, 0),
            (1, Done, 1),
            (2, Shown, 1),
            (2, NotManaged, 2),
            (2, Done, 3),
            (3, Shown, 3),
            (3, HelpAsked, 4),
            (3, Done, 5),
            (4, Shown, 5),
        ]);
        let story = run_story(&RUN, &[1, 2, 3, 4].map(step), &log, None, None);
        let suggested: Vec<_> = story.steps.iter().map(StepStory::suggests).collect();
        assert_eq!(suggested, [Some(ByOneself), Some(Hint), Some(Told), None]);
    }

    #[test]
    fn the_word_of_a_supporter_goes_before_the_taps_and_the_latest_word_counts() {
        use opstap_core::model::HelpLevel::{ByOneself, Hint, Together};
        let said = |n: u8, of: u8, help, at, replaces: Option<u8>| {
            let replaces = replaces.map(step);
            (step(n), StepHelp { step: step(of), help, at: Millis(at), replaces })
        };
        let log = events(&[(1, Shown, 0), (1, HelpAsked, 1), (1, Done, 5), (2, Shown, 5), (2, Done, 6)]);
        let words = [
            said(21, 1, Together, 9, None),
            // Corrected on a phone whose clock is behind: the word it replaces does not count all the same.
            said(22, 1, ByOneself, 3, Some(21)),
            said(23, 2, Together, 8, None),
            said(24, 2, Hint, 9, None),
            said(25, 3, Together, 9, None),
        ];
        let story = run_story(&RUN, &[1, 2, 3, 4].map(step), &log, None, None).with_help(&words);
        let levels: Vec<_> = story.steps.iter().map(StepStory::level).collect();
        assert_eq!(levels, [Some(ByOneself), Some(Hint), Some(Together), None]);
        assert!(story.steps[2].done && !story.steps[3].done);
        assert_eq!(story.done_by_oneself(), 1);
    }

    #[test]
    fn a_word_about_a_step_that_is_not_shown_counts_in_a_run_on_the_screen_and_in_one_on_paper() {
        use opstap_core::model::HelpLevel::{ByOneself, Together};
        let said = |n: u8, help| (step(20 + n), StepHelp { step: step(n), help, at: Millis(9), replaces: None });
        let end = RunEnd { how: Ending::Done, at: Millis(9) };
        let log = events(&[(1, Shown, 0), (1, Done, 5)]);
        let told = |log: &[StepEvent], words: &[_]| run_story(&RUN, &[step(1)], log, Some(&end), None).with_help(words);
        let screen = told(&log, &[said(2, Together)]);
        assert_eq!(screen.steps.iter().map(StepStory::level).collect::<Vec<_>>(), [Some(ByOneself), Some(Together)]);
        assert!(told(&log, &[]).went_by_oneself() && !screen.went_by_oneself());
        assert!(!told(&[], &[said(1, ByOneself), said(2, Together)]).went_by_oneself());
        assert!(told(&[], &[said(1, ByOneself), said(2, ByOneself)]).went_by_oneself());
    }

    #[test]
    fn a_step_that_did_not_go_is_not_by_oneself_even_when_done_later() {
        let log = events(&[(1, Shown, 0), (1, NotManaged, 3), (1, Done, 9)]);
        let story = run_story(&RUN, &[step(1)], &log, None, None);
        assert_eq!((story.done_by_oneself(), story.steps[0].not_managed), (0, 1));
    }
}
