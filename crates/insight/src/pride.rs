//! What goes by oneself: which plans did lately, and how often in a row.

use opstap_core::RecordId;
use opstap_core::model::Ending;

use crate::RunStory;

impl RunStory {
    /// Whether it was done to the end without help: by a supporter's word, else without asking for it and without "Lukt niet".
    #[must_use]
    pub fn went_by_oneself(&self) -> bool {
        matches!(self.ended, Some((Ending::Done, _))) && self.steps.iter().all(|step| step.went() != Some(false))
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

/// How many of the latest runs of a plan went by oneself, up to the first that did not. One under way does not count yet. `stories` come
/// newest first.
#[must_use]
pub fn in_a_row(stories: &[RunStory]) -> usize {
    let ended = stories.iter().filter(|story| story.ended.is_some());
    ended.take_while(|story| story.went_by_oneself()).count()
}

#[cfg(test)]
mod tests {
    use opstap_core::Millis;

    use super::*;
    use crate::StepStory;

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
        assert_eq!(in_a_row(&[done(0), done(0), done(1), done(0)]), 2);
        assert_eq!(in_a_row(&[story(PLAN, Some(Ending::Stopped), 0), done(0)]), 0);
        assert_eq!(in_a_row(&[story(PLAN, None, 1), done(0)]), 1);
        assert_eq!(in_a_row(&[]), 0);
    }
}
