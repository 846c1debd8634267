//! Evidence beside a goal: how often a plan was done or a route practised, how much of it by oneself, and which way that goes. It comes from
//! the work itself; nobody writes it down.

use opstap_core::model::HelpLevel;

use super::Change;
use crate::{RouteHelp, RunStory};

/// As many of the first and of the latest times are laid side by side.
const SIDE: usize = 3;
/// A share that differs by less than this, in per cents, is the same: one step of ten is no trend.
const SAME: usize = 10;

/// What was done by oneself, of what there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByOneself {
    /// Steps or goals that went by oneself.
    pub alone: usize,
    /// All there were.
    pub all: usize,
}

/// What runs or practices show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// How many times, also those of which nothing is known of the help.
    pub times: usize,
    /// The latest time.
    pub last: Option<ByOneself>,
    /// Whether more goes by oneself than at first; none while there are no two times to lay side by side.
    pub trend: Option<Change>,
}

impl Evidence {
    /// Of times in order, the oldest first.
    fn of(times: &[ByOneself]) -> Self {
        let known: Vec<ByOneself> = times.iter().copied().filter(|time| time.all > 0).collect();
        Self { times: times.len(), last: known.last().copied(), trend: trend(&known) }
    }
}

/// The share of the latest times against that of the first ones, each at most [`SIDE`] and none in both.
fn trend(times: &[ByOneself]) -> Option<Change> {
    let side = SIDE.min(times.len() / 2);
    let share = |times: &[ByOneself]| {
        let all: usize = times.iter().map(|time| time.all).sum();
        (times.iter().map(|time| time.alone).sum::<usize>() * 100).checked_div(all)
    };
    let first = share(times.get(..side)?)?;
    let last = share(times.get(times.len() - side..)?)?;
    Some(match () {
        () if last >= first + SAME => Change::Up,
        () if first >= last + SAME => Change::Down,
        () => Change::Stayed,
    })
}

/// What the runs of a plan show; those that are under way do not count yet. `runs` come newest first.
#[must_use]
pub fn evidence_of_runs(runs: &[RunStory]) -> Evidence {
    let ended = runs.iter().rev().filter(|run| run.ended.is_some());
    let times: Vec<ByOneself> =
        ended.map(|run| ByOneself { alone: run.done_by_oneself(), all: run.length() }).collect();
    Evidence::of(&times)
}

/// What the practices of a route show: of the goals that somebody said something of, how many went by oneself.
#[must_use]
pub fn evidence_of_practices(help: &RouteHelp) -> Evidence {
    let goals = || help.parts.iter().flat_map(|part| &part.goals);
    let time = |place: usize| {
        let said = goals().filter_map(|goal| goal.help.get(place).copied().flatten());
        said.fold(ByOneself::default(), |so_far, level| ByOneself {
            alone: so_far.alone + usize::from(level == HelpLevel::ByOneself),
            all: so_far.all + 1,
        })
    };
    Evidence::of(&(0..help.practices.len()).map(time).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use opstap_core::model::Ending;
    use opstap_core::{Millis, RecordId};

    use super::*;
    use crate::{GoalRow, PartRow, StepStory};

    /// A run with so many steps by oneself and so many with help.
    fn run(alone: u8, helped: u8, ended: bool) -> RunStory {
        let step = |n: u8, help_asked: u32| StepStory {
            step: RecordId([n; 16]),
            first_shown: Some(Millis(1)),
            on_screen: 0,
            done: true,
            help_asked,
            not_managed: 0,
            other_way: 0,
            said: None,
        };
        let steps = (0..alone).map(|n| step(n, 0)).chain((alone..alone + helped).map(|n| step(n, 1))).collect();
        let ended = ended.then_some((Ending::Done, Millis(9)));
        RunStory { plan: RecordId([9; 16]), began: Millis(0), ended, face: None, steps }
    }

    #[test]
    fn runs_show_how_often_how_much_by_oneself_and_which_way_it_goes() {
        let shown = evidence_of_runs(&[run(9, 0, false), run(7, 2, true), run(5, 4, true), run(2, 7, true)]);
        assert_eq!((shown.times, shown.last), (3, Some(ByOneself { alone: 7, all: 9 })));
        assert_eq!(shown.trend, Some(Change::Up), "seven of nine after two of nine");
        assert_eq!(evidence_of_runs(&[run(2, 7, true), run(7, 2, true)]).trend, Some(Change::Down));
        assert_eq!(evidence_of_runs(&[run(7, 3, true), run(7, 3, true)]).trend, Some(Change::Stayed));
    }

    #[test]
    fn one_time_is_no_trend_and_without_any_there_is_nothing_to_show() {
        assert_eq!(evidence_of_runs(&[run(7, 2, true)]).trend, None);
        assert_eq!(evidence_of_runs(&[]), Evidence::default());
    }

    #[test]
    fn practices_show_how_many_goals_went_by_oneself() {
        use HelpLevel::{ByOneself as Alone, Hint};
        let (one, two) = (RecordId([1; 16]), RecordId([2; 16]));
        let goal = |goal, help: [Option<HelpLevel>; 3]| GoalRow { goal, times: 3, help: help.into() };
        let goals = vec![goal(one, [Some(Hint), None, Some(Alone)]), goal(two, [Some(Hint), None, Some(Hint)])];
        let practices = (0..3).map(|n| (RecordId([n; 16]), Millis(0))).collect();
        let help = RouteHelp { practices, parts: vec![PartRow { part: one, help: Vec::new(), goals }] };
        let shown = evidence_of_practices(&help);
        assert_eq!((shown.times, shown.last), (3, Some(ByOneself { alone: 1, all: 2 })));
        assert_eq!(shown.trend, Some(Change::Up), "a practice of which nothing was said is passed over");
    }
}
