//! Which steps of a plan do not go, from its latest runs.

use opstap_core::RecordId;

use crate::RunStory;

/// So many runs count: what was hard a month ago may be learned by now.
pub const LATEST_RUNS: usize = 10;
/// A step that was not managed so often is worth a look.
const OFTEN: u32 = 3;

/// The steps at which "Lukt niet" was tapped three times or more over the latest runs, and how often. `stories` come newest first.
#[must_use]
pub fn hard_steps(stories: &[RunStory]) -> Vec<(RecordId, u32)> {
    let mut counted: Vec<(RecordId, u32)> = Vec::new();
    for step in stories.iter().take(LATEST_RUNS).flat_map(|story| &story.steps) {
        match counted.iter_mut().find(|(id, _)| *id == step.step) {
            Some((_, count)) => *count = count.saturating_add(step.not_managed),
            None => counted.push((step.step, step.not_managed)),
        }
    }
    counted.retain(|(_, count)| *count >= OFTEN);
    counted
}

#[cfg(test)]
mod tests {
    use opstap_core::Millis;

    use super::*;
    use crate::StepStory;

    fn story(not_managed: &[u32]) -> RunStory {
        let step = |(n, not_managed): (u8, &u32)| StepStory {
            step: RecordId([n; 16]),
            first_shown: None,
            on_screen: 0,
            done: true,
            help_asked: 0,
            not_managed: *not_managed,
            other_way: 0,
            said: None,
        };
        let steps = (0..).zip(not_managed).map(step).collect();
        RunStory { plan: RecordId([9; 16]), began: Millis(1), ended: None, face: None, steps }
    }

    #[test]
    fn a_step_that_was_not_managed_three_times_is_hard_whether_in_one_run_or_in_three() {
        let hard = hard_steps(&[story(&[1, 0, 3]), story(&[1, 2, 0]), story(&[1, 0, 0])]);
        assert_eq!(hard, [(RecordId([0; 16]), 3), (RecordId([2; 16]), 3)]);
    }

    #[test]
    fn what_was_hard_ten_runs_ago_is_not_any_more() {
        let mut stories = vec![story(&[0]); LATEST_RUNS];
        stories.push(story(&[7]));
        assert!(hard_steps(&stories).is_empty());
    }
}
