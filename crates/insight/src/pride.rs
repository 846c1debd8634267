//! What goes by oneself: which plans did lately, and how often in a row.

use opstap_core::RecordId;
use opstap_core::model::Ending;
use opstap_core::stamp::Millis;

use crate::{RunStory, StepStory};

impl RunStory {
    /// Whether it was done to the end without help: by a supporter's word, else without asking for it and without "Lukt niet". A run that
    /// met none of the steps that it shows says nothing; one of which no step is shown any more went without them.
    #[must_use]
    pub fn went_by_oneself(&self) -> bool {
        let met: Vec<bool> = self.steps.iter().filter_map(StepStory::went).collect();
        let is_done = matches!(self.ended, Some((Ending::Done, _)));
        is_done && (!met.is_empty() || self.steps.is_empty()) && met.into_iter().all(|by_oneself| by_oneself)
    }
}

/// The plans that went by oneself and how often each did, the one that did last on top. `stories` come newest first.
#[must_use]
pub fn went_by_oneself(stories: &[RunStory]) -> Vec<(RecordId, usize)> {
    let mut counted: Vec<(RecordId, usize)> = Vec::new();
    for story in stories.iter().filter(|story| story.went_by_oneself()) {
        match counted.iter_mut().find(|(plan, _)| *plan == story.plan) {
            Some((_, count)) => *count += 1,
            None => counted.push((story.plan, 1)),
        }
    }
    counted
}

/// How many of the latest runs of a plan went by oneself, up to the first that did not. One under way does not count yet, and none from
/// before somebody `decided` whether the plan rests: "not yet" counts anew. `stories` come newest first.
#[must_use]
pub fn in_a_row(stories: &[RunStory], decided: Option<Millis>) -> usize {
    ended_since(decided, stories).take_while(|story| story.went_by_oneself()).count()
}

/// The runs that are over and began after a moment.
pub(crate) fn ended_since(moment: Option<Millis>, stories: &[RunStory]) -> impl Iterator<Item = &RunStory> {
    stories.iter().filter(move |run| run.ended.is_some() && moment.is_none_or(|moment| run.began > moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: RecordId = RecordId([1; 16]);

    fn story(plan: RecordId, ended: Option<Ending>, help_asked: u32) -> RunStory {
        let step = StepStory {
            step: RecordId([2; 16]),
            first_shown: None,
            on_screen: 0,
            done: true,
            help_asked,
            not_managed: 0,
            other_way: 0,
            said: None,
        };
        let ended = ended.map(|how| (how, Millis(9)));
        RunStory { plan, began: Millis(1), ended, face: None, steps: vec![step] }
    }

    fn done(help_asked: u32) -> RunStory {
        story(PLAN, Some(Ending::Done), help_asked)
    }

    #[test]
    fn a_plan_counts_as_often_as_it_went_by_oneself_and_one_with_help_does_not() {
        let other = RecordId([3; 16]);
        let week = [story(other, Some(Ending::Done), 0), done(0), done(1), done(0), story(PLAN, None, 0)];
        assert_eq!(went_by_oneself(&week), [(other, 1), (PLAN, 2)]);
        assert!(went_by_oneself(&[done(2)]).is_empty());
    }

    #[test]
    fn a_row_ends_where_help_was_asked_or_the_plan_was_given_up() {
        assert_eq!(in_a_row(&[done(0), done(0), done(1), done(0)], None), 2);
        assert_eq!(in_a_row(&[story(PLAN, Some(Ending::Stopped), 0), done(0)], None), 0);
        assert_eq!(in_a_row(&[story(PLAN, None, 1), done(0)], None), 1);
        assert_eq!(in_a_row(&[], None), 0);
    }

    #[test]
    fn a_row_begins_anew_where_somebody_said_not_yet() {
        let runs = [3, 2, 1].map(|began| RunStory { began: Millis(began), ..done(0) });
        assert_eq!(in_a_row(&runs, Some(Millis(2))), 1);
        assert_eq!(in_a_row(&runs, Some(Millis(3))), 0);
    }

    #[test]
    fn a_run_that_met_nothing_of_what_it_shows_says_nothing_and_one_that_shows_nothing_went_without() {
        let mut met_nothing = done(0);
        met_nothing.steps[0].done = false;
        assert!(!met_nothing.went_by_oneself());
        assert!(RunStory { steps: Vec::new(), ..done(0) }.went_by_oneself());
        assert!(!RunStory { steps: Vec::new(), ..story(PLAN, Some(Ending::Stopped), 0) }.went_by_oneself());
    }
}
