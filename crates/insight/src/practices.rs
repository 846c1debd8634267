//! How much help a route takes, per part and goal over the practices.

use opstap_core::RecordId;
use opstap_core::model::{GoalHelp, HelpLevel};
use opstap_core::stamp::Millis;

/// One answer given during a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The log's own id, which a correction names.
    pub id: RecordId,
    /// The practice it was given in.
    pub practice: RecordId,
    /// What was answered.
    pub help: &'a GoalHelp,
}

/// One goal over the practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRow {
    /// The goal.
    pub goal: RecordId,
    /// How often in a row it is to go by oneself before it is learned.
    pub times: usize,
    /// The help per practice, in the practices' order; `None` where it did not come up.
    pub help: Vec<Option<HelpLevel>>,
}

impl GoalRow {
    /// How many of the last practices in a row went by oneself.
    #[must_use]
    pub fn in_a_row_by_oneself(&self) -> usize {
        self.help.iter().rev().flatten().take_while(|help| **help == HelpLevel::ByOneself).count()
    }

    /// Whether it is learned: the last times it came up it went by oneself, as often in a row as its mastery rule asks. Help taken
    /// again later says that it is to be learned anew.
    #[must_use]
    pub fn is_learned(&self) -> bool {
        self.in_a_row_by_oneself() >= self.times.max(1)
    }
}

/// One part over the practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// The part.
    pub part: RecordId,
    /// The most help any of its goals took, per practice.
    pub help: Vec<Option<HelpLevel>>,
    /// Its goals.
    pub goals: Vec<GoalRow>,
}

/// A route over its practices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteHelp {
    /// The practices, oldest first.
    pub practices: Vec<(RecordId, Millis)>,
    /// The parts in the route's order.
    pub parts: Vec<PartRow>,
}

/// Lays the answers of all practices of a route side by side. `parts` are in the route's order, each with its goals in order and how often
/// in a row each is to go by oneself.
///
/// A correction takes the place of what it replaces; of two answers to one goal in one practice the later counts.
#[must_use]
pub fn route_help(
    parts: &[(RecordId, Vec<(RecordId, usize)>)],
    practices: &[(RecordId, Millis)],
    answers: &[Answer<'_>],
) -> RouteHelp {
    let mut practices = practices.to_vec();
    practices.sort_by_key(|(id, at)| (*at, *id));
    let replaced: Vec<RecordId> = answers.iter().filter_map(|answer| answer.help.replaces).collect();
    let level = |practice: RecordId, goal: RecordId| {
        answers
            .iter()
            .filter(|answer| answer.practice == practice && answer.help.goal == goal && !replaced.contains(&answer.id))
            .max_by_key(|answer| (answer.help.at, answer.id))
            .map(|answer| answer.help.help)
    };
    let parts = parts.iter().map(|(part, goals)| {
        let goals: Vec<GoalRow> = goals
            .iter()
            .map(|(goal, times)| GoalRow {
                goal: *goal,
                times: *times,
                help: practices.iter().map(|(practice, _)| level(*practice, *goal)).collect(),
            })
            .collect();
        let most = |place: usize| goals.iter().filter_map(|row| row.help.get(place).copied().flatten()).max();
        PartRow { part: *part, help: (0..practices.len()).map(most).collect(), goals }
    });
    RouteHelp { parts: parts.collect(), practices }
}

#[cfg(test)]
mod tests {
    use super::*;
    use HelpLevel::{ByOneself, Hint, Together};

    const PART: RecordId = RecordId([1; 16]);
    const CHECK_IN: RecordId = RecordId([2; 16]);
    const STOP_BUTTON: RecordId = RecordId([3; 16]);

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    fn help(goal: RecordId, help: HelpLevel, at: u64, replaces: Option<RecordId>) -> GoalHelp {
        GoalHelp { goal, help, at: Millis(at), replaces }
    }

    #[test]
    fn a_part_shows_the_most_help_any_of_its_goals_took() {
        let first = help(CHECK_IN, ByOneself, 5, None);
        let second = help(STOP_BUTTON, Hint, 6, None);
        let answers = [
            Answer { id: id(20), practice: id(10), help: &first },
            Answer { id: id(21), practice: id(10), help: &second },
        ];
        let route = route_help(&[(PART, vec![(CHECK_IN, 3), (STOP_BUTTON, 3)])], &[(id(10), Millis(1))], &answers);
        assert_eq!(route.parts[0].help, [Some(Hint)]);
        assert_eq!(route.parts[0].goals[0].help, [Some(ByOneself)]);
    }

    #[test]
    fn a_correction_takes_the_place_of_what_it_replaces_even_with_an_earlier_clock() {
        let wrong = help(CHECK_IN, Together, 50, None);
        let right = help(CHECK_IN, ByOneself, 5, Some(id(20)));
        let answers = [
            Answer { id: id(20), practice: id(10), help: &wrong },
            Answer { id: id(21), practice: id(10), help: &right },
        ];
        let route = route_help(&[(PART, vec![(CHECK_IN, 1)])], &[(id(10), Millis(1))], &answers);
        assert_eq!(route.parts[0].help, [Some(ByOneself)]);
    }

    #[test]
    fn practices_stand_oldest_first_and_a_goal_that_did_not_come_up_is_empty() {
        let late = help(CHECK_IN, ByOneself, 9, None);
        let answers = [Answer { id: id(20), practice: id(11), help: &late }];
        let route = route_help(&[(PART, vec![(CHECK_IN, 1)])], &[(id(11), Millis(9)), (id(10), Millis(1))], &answers);
        assert_eq!(route.practices, [(id(10), Millis(1)), (id(11), Millis(9))]);
        assert_eq!(route.parts[0].goals[0].help, [None, Some(ByOneself)]);
        assert_eq!(route.parts[0].goals[0].in_a_row_by_oneself(), 1);
    }

    #[test]
    fn a_goal_is_learned_by_its_own_number_and_to_be_learned_anew_when_it_took_help_again() {
        let row = |times, help: &[HelpLevel]| {
            GoalRow { goal: CHECK_IN, times, help: help.iter().copied().map(Some).collect() }.is_learned()
        };
        assert!(row(1, &[Hint, ByOneself]) && !row(2, &[Hint, ByOneself]));
        assert!(row(2, &[ByOneself, ByOneself]) && !row(2, &[ByOneself, ByOneself, Together]));
        assert!(!row(2, &[ByOneself, ByOneself, Together, ByOneself]));
        assert!(!row(0, &[]), "what never came up is not learned, whatever a number says");
    }
}
