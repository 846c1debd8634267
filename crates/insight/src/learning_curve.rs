//! The learning curve of a route: the help that each goal took over the practices, and whether it went as the pilot found, where every skill
//! was there within three or four practices.

use opstap_core::RecordId;
use opstap_core::model::HelpLevel;
use opstap_core::stamp::Millis;

use crate::RouteHelp;

/// After so many practices of a goal it usually goes; when it does not yet, look at the goal or at how it is practised.
pub const USUAL_PRACTICES: usize = 4;

/// A goal at one practice in which it came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvePoint {
    /// The practice.
    pub practice: RecordId,
    /// When it was.
    pub at: Millis,
    /// How much help it took.
    pub help: HelpLevel,
}

/// How a goal stands by the rule of thumb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveState {
    /// It did not come up yet.
    NotPractised,
    /// It came up fewer than four times and does not go by itself often enough yet: nothing to worry about.
    Learning,
    /// It went by itself often enough in a row.
    ByOneself {
        /// The number of practices with this goal up to the one at which the row was full, from 1 on.
        at: usize,
        /// The number of the practice with which the row began, from 1 on: from then on it goes by itself.
        from: usize,
    },
    /// It came up four times or more and does not go by itself yet.
    TakesLonger,
}

/// The curve of one goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningCurve {
    /// The goal.
    pub goal: RecordId,
    /// The practices in which it came up, oldest first.
    pub points: Vec<CurvePoint>,
    /// Where it stands.
    pub state: CurveState,
    /// Whether it went by itself often enough, took help again since, and is [to be learned anew](crate::GoalRow::is_learned).
    pub fell_back: bool,
}

/// The curves of all goals of a route, in its order, each by its own mastery rule.
#[must_use]
pub fn learning_curves(route: &RouteHelp) -> Vec<LearningCurve> {
    let rows = route.parts.iter().flat_map(|part| &part.goals);
    rows.map(|row| {
        let came_up = route.practices.iter().zip(&row.help);
        let points: Vec<CurvePoint> = came_up
            .filter_map(|((practice, at), help)| Some(CurvePoint { practice: *practice, at: *at, help: (*help)? }))
            .collect();
        let state = state(&points, row.times.max(1));
        let fell_back = matches!(state, CurveState::ByOneself { .. }) && !row.is_learned();
        LearningCurve { goal: row.goal, points, state, fell_back }
    })
    .collect()
}

/// Where a goal stands: the first full row counts.
fn state(points: &[CurvePoint], times: usize) -> CurveState {
    let mut in_a_row = 0;
    for (place, point) in points.iter().enumerate() {
        in_a_row = if point.help == HelpLevel::ByOneself { in_a_row + 1 } else { 0 };
        if in_a_row == times {
            return CurveState::ByOneself { at: place + 1, from: place + 2 - times };
        }
    }
    match points.len() {
        0 => CurveState::NotPractised,
        // What goes by itself of late is on its way, however many practices the full row takes.
        USUAL_PRACTICES.. if in_a_row == 0 => CurveState::TakesLonger,
        _ => CurveState::Learning,
    }
}

#[cfg(test)]
mod tests {
    use HelpLevel::{ByOneself, Hint, Together, Told};
    use opstap_core::model::TIMES_IN_A_ROW;
    use proptest::prelude::*;

    use super::*;
    use crate::{GoalRow, PartRow};

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    /// The curve of one goal with this help, none where it did not come up.
    fn curve(help: &[Option<HelpLevel>]) -> LearningCurve {
        curve_after(TIMES_IN_A_ROW, help)
    }

    /// The same where it is to go by itself so often in a row.
    fn curve_after(times: usize, help: &[Option<HelpLevel>]) -> LearningCurve {
        let practices = (0..help.len()).map(|n| (id(u8::try_from(n).unwrap() + 10), Millis(n as u64))).collect();
        let goals = vec![GoalRow { goal: id(2), times, help: help.to_vec() }];
        let part = PartRow { part: id(1), help: help.to_vec(), goals };
        let mut curves = learning_curves(&RouteHelp { practices, parts: vec![part] });
        curves.pop().unwrap()
    }

    fn all(help: &[HelpLevel]) -> Vec<Option<HelpLevel>> {
        help.iter().copied().map(Some).collect()
    }

    #[test]
    fn a_goal_that_went_three_times_in_a_row_by_itself_says_from_which_practice_on() {
        let curve = curve(&all(&[Told, Hint, ByOneself, ByOneself, ByOneself]));
        assert_eq!(curve.state, CurveState::ByOneself { at: 5, from: 3 });
        assert!(!curve.fell_back);
        assert_eq!(curve.points.len(), 5);
    }

    #[test]
    fn after_four_practices_without_it_takes_longer_and_before_them_it_is_learning() {
        let two_of_three = [Told, ByOneself, ByOneself, Hint];
        assert_eq!(curve(&all(&two_of_three)).state, CurveState::TakesLonger);
        assert_eq!(curve(&all(&two_of_three[..3])).state, CurveState::Learning);
        assert_eq!(
            curve(&all(&[Told, Hint, Hint, ByOneself])).state,
            CurveState::Learning,
            "it goes by itself of late"
        );
        assert_eq!(curve(&[None, None]).state, CurveState::NotPractised);
    }

    #[test]
    fn a_practice_in_which_it_did_not_come_up_neither_counts_nor_breaks_the_row() {
        let curve = curve(&[Some(ByOneself), None, Some(ByOneself), None, Some(ByOneself)]);
        assert_eq!(curve.state, CurveState::ByOneself { at: 3, from: 1 });
        assert_eq!(curve.points.iter().map(|point| point.at.0).collect::<Vec<_>>(), [0, 2, 4]);
    }

    #[test]
    fn help_taken_again_later_is_seen_and_does_not_undo_what_was_reached() {
        let helped = curve(&all(&[ByOneself, ByOneself, ByOneself, Together]));
        assert_eq!(helped.state, CurveState::ByOneself { at: 3, from: 1 });
        assert!(helped.fell_back);
        let once_more = [ByOneself, ByOneself, ByOneself, Together, ByOneself, ByOneself, ByOneself];
        assert!(curve(&all(&once_more[..6])).fell_back && !curve(&all(&once_more)).fell_back, "three times again");
    }

    #[test]
    fn a_goal_goes_by_its_own_number() {
        let help = all(&[Told, ByOneself, ByOneself, Hint, ByOneself]);
        assert_eq!(curve_after(1, &help).state, CurveState::ByOneself { at: 2, from: 2 });
        assert_eq!(curve_after(2, &help).state, CurveState::ByOneself { at: 3, from: 2 });
        assert_eq!(curve_after(3, &help).state, CurveState::Learning);
    }

    proptest! {
        #[test]
        fn from_the_practice_that_is_named_on_a_full_row_went_by_itself(
            places in proptest::collection::vec(0_usize..HelpLevel::ALL.len(), 0..12),
        ) {
            let help: Vec<HelpLevel> = places.into_iter().map(|place| HelpLevel::ALL[place]).collect();
            match curve(&all(&help)).state {
                CurveState::ByOneself { at, from } => {
                    prop_assert_eq!(at + 1 - from, TIMES_IN_A_ROW);
                    prop_assert!(help[from - 1..at].iter().all(|help| *help == ByOneself));
                }
                CurveState::NotPractised => prop_assert!(help.is_empty()),
                CurveState::Learning => {
                    prop_assert!(help.len() < USUAL_PRACTICES || help.last() == Some(&ByOneself));
                }
                CurveState::TakesLonger => {
                    prop_assert!(help.last() != Some(&ByOneself));
                    prop_assert!(help.windows(3).all(|three| three.iter().any(|help| *help != ByOneself)));
                }
            }
        }
    }
}
