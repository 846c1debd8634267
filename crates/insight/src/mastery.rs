//! Helping less: what to propose once steps, or the whole plan, go by themselves so often in a row. Nothing happens by itself: somebody
//! agrees to a proposal or puts it off, and either is a fresh stamp on the cell it is about, from which runs are counted again.

use opstap_core::RecordId;
use opstap_core::model::{Plan, Prompt};
use opstap_core::stamp::Millis;

use crate::pride::{ended_since, in_a_row};
use crate::{RunStory, StepStory};

/// A step as its screen stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The step.
    pub step: RecordId,
    /// How much of it is shown.
    pub prompt: Prompt,
    /// When somebody last decided on that.
    pub since: Option<Millis>,
}

/// Something to decide on together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proposal {
    /// The whole plan went by itself so often in a row: it can rest.
    Retire,
    /// A step went by itself so often in a row: show less of it.
    Less {
        /// The step.
        step: RecordId,
        /// What it then shows.
        to: Prompt,
    },
    /// A step of which less is shown did not go: show more of it again.
    More {
        /// The step.
        step: RecordId,
        /// What it then shows.
        to: Prompt,
    },
}

/// So many steps at once get less help: whoever misses the help of all of them at once falls back.
const AT_ONCE: usize = 3;

/// One level less; nothing below the last.
#[must_use]
pub const fn less(prompt: Prompt) -> Option<Prompt> {
    match prompt {
        Prompt::Full => Some(Prompt::Picture),
        Prompt::Picture => Some(Prompt::Gone),
        Prompt::Gone => None,
    }
}

/// One level more; nothing above all.
#[must_use]
pub const fn more(prompt: Prompt) -> Option<Prompt> {
    match prompt {
        Prompt::Full => None,
        Prompt::Picture => Some(Prompt::Full),
        Prompt::Gone => Some(Prompt::Picture),
    }
}

/// What to propose for a plan, given its runs from new to old. Giving back comes first, then resting, then less help. `decided` is when
/// somebody last decided whether the plan rests. What a supporter said alone takes nothing away: until the client says so too, the plan
/// is still done. From then on only giving back is proposed, of a plan that rests where it was done since and did not go.
#[must_use]
pub fn proposals(plan: &Plan, decided: Option<Millis>, steps: &[Shown], runs: &[RunStory]) -> Vec<Proposal> {
    let times = plan.times_in_a_row();
    let rests = plan.mastered();
    let back = steps.iter().filter_map(|shown| {
        let to = more(shown.prompt)?;
        let last = ended_since(shown.since.max(rests), runs).find_map(|run| went(run, shown.step));
        (last == Some(false)).then_some(Proposal::More { step: shown.step, to })
    });
    let mut all: Vec<_> = back.collect();
    if rests.is_some() || plan.mastered_by_supporter.is_some() {
        return all;
    }
    if in_a_row(runs, decided) >= times {
        all.push(Proposal::Retire);
    }
    let fewer = steps.iter().filter_map(|shown| {
        let to = less(shown.prompt)?;
        let met = ended_since(shown.since, runs).filter_map(|run| went(run, shown.step));
        (met.take_while(|by_oneself| *by_oneself).count() >= times).then_some(Proposal::Less { step: shown.step, to })
    });
    all.extend(fewer.take(AT_ONCE));
    all
}

fn went(run: &RunStory, step: RecordId) -> Option<bool> {
    run.steps.iter().find(|story| story.step == step).and_then(StepStory::went)
}

#[cfg(test)]
mod tests {
    use opstap_core::model::{Ending, HelpLevel, Run, RunEnd, StepEvent, StepHelp, StepOutcome, UpTo};

    use super::*;
    use crate::run_story;

    fn id(n: u8) -> RecordId {
        RecordId([n; 16])
    }

    /// A run that began then; per step how much help, nothing where it was not met.
    fn run(began: u64, levels: &[Option<HelpLevel>]) -> RunStory {
        let step = |(n, level): (u8, &Option<HelpLevel>)| StepStory {
            step: id(n),
            first_shown: None,
            on_screen: 0,
            done: level.is_some(),
            help_asked: 0,
            not_managed: 0,
            other_way: 0,
            said: *level,
        };
        RunStory {
            plan: id(99),
            began: Millis(began),
            ended: Some((Ending::Done, Millis(began + 1))),
            face: None,
            steps: (1_u8..).zip(levels).map(step).collect(),
        }
    }

    const SELF: Option<HelpLevel> = Some(HelpLevel::ByOneself);
    const TOLD: Option<HelpLevel> = Some(HelpLevel::Told);

    fn shown(n: u8, prompt: Prompt, since: Option<u64>) -> Shown {
        Shown { step: id(n), prompt, since: since.map(Millis) }
    }

    fn full(n: u8) -> Shown {
        shown(n, Prompt::Full, None)
    }

    fn plan() -> Plan {
        Plan::titled("Opstaan")
    }

    #[test]
    fn a_step_that_went_three_times_in_a_row_by_oneself_proposes_less_and_another_does_not() {
        let runs = [run(30, &[SELF, TOLD]), run(20, &[SELF, SELF]), run(10, &[SELF, SELF]), run(5, &[TOLD, SELF])];
        let less = Proposal::Less { step: id(1), to: Prompt::Picture };
        assert_eq!(proposals(&plan(), None, &[full(1), full(2)], &runs), [less]);
        assert_eq!(proposals(&plan(), None, &[full(1)], &runs[1..]), []);
    }

    #[test]
    fn how_often_in_a_row_is_the_plans_own_number() {
        let runs = [run(20, &[SELF, TOLD]), run(10, &[TOLD, TOLD])];
        let often = |times| Plan { mastery: UpTo::of(times), ..plan() };
        assert_eq!(proposals(&often(1), None, &[full(1)], &runs).len(), 1);
        assert_eq!(proposals(&often(2), None, &[full(1)], &runs).len(), 0);
    }

    #[test]
    fn help_goes_one_level_at_a_time_and_each_takes_the_runs_since_the_one_before() {
        let runs = [run(30, &[SELF, TOLD]), run(20, &[SELF, TOLD]), run(10, &[SELF, TOLD])];
        let gone = Proposal::Less { step: id(1), to: Prompt::Gone };
        assert_eq!(proposals(&plan(), None, &[shown(1, Prompt::Picture, Some(5))], &runs), [gone]);
        assert_eq!(proposals(&plan(), None, &[shown(1, Prompt::Picture, Some(15))], &runs), []);
        assert_eq!(proposals(&plan(), None, &[shown(1, Prompt::Gone, Some(5))], &runs), []);
    }

    #[test]
    fn putting_off_counts_anew_from_that_moment() {
        let three = [run(30, &[SELF, TOLD]), run(20, &[SELF, TOLD]), run(10, &[SELF, TOLD])];
        let put_off = shown(1, Prompt::Full, Some(31));
        assert_eq!(proposals(&plan(), None, &[put_off], &three), []);
        let later = [60, 50, 40].map(|at| run(at, &[SELF, TOLD]));
        assert_eq!(proposals(&plan(), None, &[put_off], &[later, three].concat()).len(), 1);
    }

    #[test]
    fn a_run_that_did_not_come_to_a_step_neither_counts_for_it_nor_against_it() {
        let runs = [run(40, &[SELF, TOLD]), run(30, &[None, TOLD]), run(20, &[SELF, TOLD]), run(10, &[SELF, TOLD])];
        assert_eq!(proposals(&plan(), None, &[full(1)], &runs).len(), 1);
    }

    #[test]
    fn lukt_niet_without_going_on_breaks_the_row() {
        let mut stopped = run(40, &[None, TOLD]);
        stopped.steps[0].not_managed = 1;
        let runs = [stopped, run(30, &[SELF, TOLD]), run(20, &[SELF, TOLD]), run(10, &[SELF, TOLD])];
        assert_eq!(proposals(&plan(), None, &[full(1)], &runs), []);
    }

    #[test]
    fn a_step_of_which_less_is_shown_and_that_did_not_go_asks_for_its_help_back() {
        let runs = [run(30, &[TOLD]), run(10, &[SELF])];
        let back = |to| [Proposal::More { step: id(1), to }];
        assert_eq!(proposals(&plan(), None, &[shown(1, Prompt::Picture, Some(20))], &runs), back(Prompt::Full));
        assert_eq!(proposals(&plan(), None, &[shown(1, Prompt::Gone, Some(20))], &runs), back(Prompt::Picture));
        // It did not go before the help was lessened, or goes again since.
        assert_eq!(proposals(&plan(), None, &[shown(1, Prompt::Picture, Some(30))], &runs), []);
        let again = [run(40, &[SELF]), run(30, &[TOLD])];
        assert_eq!(proposals(&plan(), None, &[shown(1, Prompt::Picture, Some(20))], &again), []);
        assert_eq!(proposals(&plan(), None, &[full(1)], &runs), []);
    }

    /// A run on the screen, as its taps tell it: these steps are shown, each is done, and at some help is asked.
    fn tapped(began: u64, shown: &[u8], asked: &[u8]) -> RunStory {
        let event = |n: u8, what| StepEvent::of(id(n), what, Millis(began));
        let of_step = |n: &u8| {
            let asks = asked.contains(n).then(|| event(*n, StepOutcome::HelpAsked));
            [Some(event(*n, StepOutcome::Shown)), asks, Some(event(*n, StepOutcome::Done))].into_iter().flatten()
        };
        let events: Vec<_> = shown.iter().flat_map(of_step).collect();
        let steps: Vec<_> = shown.iter().map(|n| id(*n)).collect();
        let end = RunEnd { how: Ending::Done, at: Millis(began + 1) };
        run_story(&Run::begins(id(99), Millis(began)), &steps, &events, Some(&end), None)
    }

    #[test]
    fn a_plan_that_went_wholly_by_itself_so_often_proposes_to_rest_with_some_or_all_of_its_steps_gone() {
        let first_is_gone = [30, 20, 10].map(|at| tapped(at, &[2], &[]));
        let steps = [shown(1, Prompt::Gone, Some(5)), shown(2, Prompt::Picture, Some(25))];
        assert_eq!(proposals(&plan(), None, &steps, &first_is_gone), [Proposal::Retire]);
        let all_are = [60, 50, 40].map(|at| tapped(at, &[], &[]));
        let gone = [shown(1, Prompt::Gone, Some(5)), shown(2, Prompt::Gone, Some(35))];
        assert_eq!(proposals(&plan(), None, &gone, &all_are), [Proposal::Retire]);
        assert_eq!(proposals(&plan(), Some(Millis(45)), &gone, &all_are), [], "somebody said not yet");
        let asked = tapped(70, &[2], &[2]);
        assert_eq!(proposals(&plan(), None, &[], &[vec![asked], first_is_gone.to_vec()].concat()), []);
    }

    #[test]
    fn help_with_a_step_that_is_gone_asks_for_it_back_and_keeps_the_plan_from_resting() {
        let with_help = StepHelp { step: id(1), help: HelpLevel::Together, at: Millis(31), replaces: None };
        let told = tapped(30, &[2], &[]).with_help(&[(id(50), with_help)]);
        let runs = [vec![told], [20, 10, 9].map(|at| tapped(at, &[2], &[])).to_vec()].concat();
        let steps = [shown(1, Prompt::Gone, Some(5)), shown(2, Prompt::Picture, Some(25))];
        let back = Proposal::More { step: id(1), to: Prompt::Picture };
        assert_eq!(proposals(&plan(), None, &steps, &runs), [back]);
    }

    #[test]
    fn while_the_client_has_not_said_so_too_help_is_still_given_back() {
        let steps = [shown(1, Prompt::Picture, Some(5))];
        let asked = tapped(40, &[1], &[1]);
        let runs = [vec![asked], [30, 20, 10].map(|at| tapped(at, &[1], &[])).to_vec()].concat();
        let back = [Proposal::More { step: id(1), to: Prompt::Full }];
        let one = Plan { mastered_by_supporter: Some(Millis(31)), ..plan() };
        assert_eq!(proposals(&one, Some(Millis(31)), &steps, &runs), back);
        assert_eq!(proposals(&one, None, &[], &runs[1..]), [], "who said so is not asked again");
        let both = Plan { mastered_by_client: Some(Millis(31)), ..one.clone() };
        assert_eq!(proposals(&both, None, &steps, &runs), back, "done since it rests");
        let rests_since = Plan { mastered_by_client: Some(Millis(41)), ..one };
        assert_eq!(proposals(&rests_since, None, &steps, &runs), []);
    }

    #[test]
    fn a_plan_does_not_rest_on_runs_that_stopped_or_met_nothing() {
        let mut stopped = run(40, &[SELF]);
        stopped.ended = Some((Ending::Stopped, Millis(41)));
        let others = [run(30, &[SELF]), run(20, &[SELF]), run(10, &[SELF])];
        let rests = |first: RunStory| {
            let mut runs = vec![first];
            runs.extend(others.clone());
            proposals(&plan(), None, &[], &runs).contains(&Proposal::Retire)
        };
        assert!(!rests(stopped));
        assert!(!rests(run(40, &[None])));
        assert!(rests(run(40, &[SELF])));
        let under_way = RunStory { ended: None, ..run(50, &[TOLD]) };
        assert!(rests(under_way), "what is under way says nothing yet");
    }

    #[test]
    fn at_most_three_steps_at_once_lose_help() {
        let runs = [30, 20, 10].map(|at| run(at, &[SELF, SELF, SELF, SELF, TOLD]));
        let steps: Vec<_> = (1..=5).map(full).collect();
        assert_eq!(proposals(&plan(), None, &steps, &runs).len(), AT_ONCE);
    }
}
