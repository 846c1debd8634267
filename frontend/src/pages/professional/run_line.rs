//! A run in a few words: when, whether it was done, how many steps by oneself, how often help was asked.

use opstap_core::Millis;
use opstap_core::model::Ending;
use opstap_insight::RunStory;

use crate::dates::{moment, near_moment};
use crate::device;
use crate::words::{Text, desk};

/// "vandaag 9.14 uur".
pub(super) fn when(at: Millis) -> Text {
    near_moment(moment(at), moment(device::now()))
}

/// "klaar", "gestopt bij stap 4", "bezig met stap 4".
pub(super) fn outcome(story: &RunStory) -> Text {
    let at = step_reached(story);
    match story.ended {
        Some((Ending::Done, _)) => desk::RUN_DONE.into(),
        Some((Ending::Stopped, _)) => desk::run_stopped(at),
        None => desk::run_under_way(at),
    }
}

/// The number of the last step that came on the screen, from 1; that of the first when none did.
fn step_reached(story: &RunStory) -> usize {
    let shown = story.steps.iter().enumerate().filter(|(_, step)| step.first_shown.is_some());
    shown.max_by_key(|(at, step)| (step.first_shown, *at)).map_or(1, |(at, _)| at + 1)
}

/// "7 van 9 stappen zelf".
pub(super) fn by_oneself(story: &RunStory) -> Text {
    desk::steps_by_oneself(story.length(), story.done_by_oneself())
}

/// How often help was asked, or that it was not.
pub(super) fn help(story: &RunStory) -> Text {
    match usize::try_from(story.help_asked()).unwrap_or(usize::MAX) {
        0 => desk::NO_HELP.into(),
        count => desk::help_asked(count),
    }
}

/// Minutes and seconds, "3:07".
pub(super) fn minutes_and_seconds(milliseconds: u64) -> String {
    let seconds = (milliseconds + 500) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use opstap_core::RecordId;
    use opstap_insight::StepStory;

    use super::*;

    fn story(shown: &[Option<u64>], ended: Option<Ending>) -> RunStory {
        let step = |(n, at): (u8, &Option<u64>)| StepStory {
            step: RecordId([n; 16]),
            first_shown: at.map(Millis),
            on_screen: 0,
            done: true,
            help_asked: u32::from(n == 2),
            not_managed: 0,
            other_way: 0,
            said: None,
        };
        RunStory {
            plan: RecordId([9; 16]),
            began: Millis(0),
            ended: ended.map(|how| (how, Millis(9))),
            face: None,
            steps: (1_u8..).zip(shown).map(step).collect(),
        }
    }

    #[test]
    fn a_run_says_where_it_stopped_or_is() {
        let shown = [Some(1), Some(5), None];
        assert_eq!(outcome(&story(&shown, Some(Ending::Done))).get(), "klaar");
        assert_eq!(outcome(&story(&shown, Some(Ending::Stopped))).get(), "gestopt bij stap 2");
        assert_eq!(outcome(&story(&shown, None)).get(), "bezig met stap 2");
    }

    #[test]
    fn a_run_says_what_went_by_oneself_and_how_often_help_was_asked() {
        let story = story(&[Some(1), Some(5), Some(9)], None);
        assert_eq!(by_oneself(&story).get(), "2 van 3 stappen zelf");
        assert_eq!(help(&story).get(), "1 keer hulp gevraagd");
    }

    #[test]
    fn times_are_minutes_and_whole_seconds() {
        assert_eq!(minutes_and_seconds(0), "0:00");
        assert_eq!(minutes_and_seconds(7_400), "0:07");
        assert_eq!(minutes_and_seconds(187_600), "3:08");
        assert_eq!(minutes_and_seconds(3_600_000), "60:00");
    }
}
