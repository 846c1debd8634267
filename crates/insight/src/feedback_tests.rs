//! What is told of a practice, over the kinds of practices there are.

use opstap_core::model::GoalHelp;
use opstap_core::stamp::Millis;

use super::*;
use crate::{Answer, route_help};
use HelpLevel::{ByOneself, Hint, Shown, Together, Told};

const SELF: Option<HelpLevel> = Some(ByOneself);

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

/// The goals of the route: two where one walks, three in the bus, one in the metro. Between bus and metro there is nothing to learn.
const GOALS: [u8; 6] = [11, 12, 21, 22, 23, 41];
const WALK: RecordId = RecordId([1; 16]);
const BUS: RecordId = RecordId([2; 16]);
const CHANGE: RecordId = RecordId([3; 16]);
const METRO: RecordId = RecordId([4; 16]);
const PARTS: [(RecordId, Means); 4] =
    [(WALK, Means::Walk), (BUS, Means::Bus), (CHANGE, Means::Change), (METRO, Means::Metro)];

/// Practices one after the other, each with the help its goals took in the order of [`GOALS`].
fn help(practices: &[[Option<HelpLevel>; 6]]) -> RouteHelp {
    help_after(&[3; 6], practices)
}

/// The same where each goal is to go by itself so often in a row.
fn help_after(times: &[usize; 6], practices: &[[Option<HelpLevel>; 6]]) -> RouteHelp {
    let goal = |at: usize| (id(GOALS[at]), times[at]);
    let parts = [
        (WALK, vec![goal(0), goal(1)]),
        (BUS, vec![goal(2), goal(3), goal(4)]),
        (CHANGE, Vec::new()),
        (METRO, vec![goal(5)]),
    ];
    let dates: Vec<_> = (100_u8..).zip(practices).map(|(n, _)| (id(n), Millis(u64::from(n)))).collect();
    let logs: Vec<(RecordId, RecordId, GoalHelp)> = (100_u8..)
        .zip(practices)
        .flat_map(|(n, levels)| {
            let of = move |(goal, help): (u8, &Option<HelpLevel>)| {
                let help = GoalHelp { goal: id(goal), help: (*help)?, at: Millis(u64::from(n)), replaces: None };
                Some((RecordId([n.wrapping_mul(7) ^ goal; 16]), id(n), help))
            };
            GOALS.into_iter().zip(levels).filter_map(of).collect::<Vec<_>>()
        })
        .collect();
    let answers: Vec<Answer<'_>> =
        logs.iter().map(|(id, practice, help)| Answer { id: *id, practice: *practice, help }).collect();
    route_help(&parts, &dates, &answers)
}

/// What is told of the last of these practices.
fn told(practices: &[[Option<HelpLevel>; 6]]) -> Vec<Saying> {
    told_with(practices, &[], None)
}

fn told_with(
    practices: &[[Option<HelpLevel>; 6]],
    situations: &[PracticeSituation],
    end: Option<&PracticeEnd>,
) -> Vec<Saying> {
    let help = help(practices);
    let last = id(99 + u8::try_from(practices.len()).unwrap());
    worth_telling(&PracticeLog { practice: last, parts: &PARTS, help: &help, situations, end })
}

fn ended(word: Option<&str>) -> PracticeEnd {
    PracticeEnd { at: Millis(9), minutes: Some(75), word: word.map(str::to_owned), face: Some(Face::Good), said: None }
}

fn situation(situation: Situation, word: Option<&str>) -> PracticeSituation {
    PracticeSituation { situation, word: word.map(str::to_owned) }
}

fn learned(all: &[u8], others: usize) -> Saying {
    Saying::Learned { goals: goals(all, others), times: Some(3) }
}

fn goals(all: &[u8], others: usize) -> Named {
    Named { goals: all.iter().copied().map(id).collect(), others }
}

#[test]
fn a_first_practice_is_told_without_a_comparison_and_says_what_comes_next() {
    let all = told(&[[SELF, Some(Hint), Some(Together), Some(Told), Some(Together), SELF]]);
    assert_eq!(
        all,
        [
            Saying::Went { rides: vec![BUS, METRO], whole: true, minutes: None },
            Saying::First,
            Saying::ByOneself(goals(&[11, 41], 0)),
            Saying::Took(vec![(Hint, goals(&[12], 0)), (Told, goals(&[22], 0)), (Together, goals(&[21, 23], 0))]),
            Saying::Next(goals(&[21, 23, 22, 12], 0)),
        ]
    );
}

#[test]
fn a_practice_in_which_no_goal_came_up_says_so_and_keeps_the_goals_of_before_for_the_next_time() {
    let all = told_with(&[[SELF, SELF, Some(Hint), SELF, SELF, Some(Told)], [None; 6]], &[], Some(&ended(None)));
    assert_eq!(
        all,
        [Saying::NoGoals { minutes: Some(75) }, Saying::Found(Face::Good), Saying::Next(goals(&[41, 21], 0)),]
    );
}

#[test]
fn a_practice_that_went_wholly_by_itself_names_no_goals_one_by_one() {
    let all = told(&[[Some(Hint); 6], [SELF; 6], [SELF; 6]]);
    assert_eq!(
        all,
        [Saying::Went { rides: vec![BUS, METRO], whole: true, minutes: None }, Saying::AllByOneself, Saying::Again,]
    );
}

#[test]
fn the_third_time_in_a_row_a_goal_is_learned_and_the_fourth_time_it_is_not_news() {
    let some = [SELF, SELF, Some(Told), Some(Told), Some(Told), Some(Hint)];
    let third = told(&[some, some, some]);
    assert!(third.contains(&learned(&[11, 12], 0)), "{third:?}");
    assert!(!third.iter().any(|saying| matches!(saying, Saying::ByOneself(_))), "it is told as learned: {third:?}");
    let fourth = told(&[some, some, some, some]);
    assert!(!fourth.iter().any(|saying| matches!(saying, Saying::Learned { .. })), "{fourth:?}");
    assert!(fourth.contains(&Saying::ByOneself(goals(&[11, 12], 0))));
}

#[test]
fn a_row_goes_on_over_a_practice_in_which_the_goal_did_not_come_up() {
    let with = |help| [help, None, Some(Told), None, None, None];
    let all = told(&[with(SELF), with(SELF), with(None), with(SELF)]);
    assert!(all.contains(&learned(&[11], 0)), "{all:?}");
}

#[test]
fn goals_of_their_own_number_are_learned_by_that_and_told_together_without_it() {
    let practices = [[SELF, SELF, Some(Told), None, None, None]; 2];
    let told = |times: [usize; 6]| {
        let help = help_after(&times, &practices);
        let log = PracticeLog { practice: id(101), parts: &PARTS, help: &help, situations: &[], end: None };
        worth_telling(&log).into_iter().find(|saying| matches!(saying, Saying::Learned { .. }))
    };
    assert_eq!(told([3; 6]), None);
    assert_eq!(told([2; 6]), Some(Saying::Learned { goals: goals(&[11, 12], 0), times: Some(2) }));
    assert_eq!(told([2, 3, 3, 3, 3, 3]), Some(Saying::Learned { goals: goals(&[11], 0), times: Some(2) }));
    assert_eq!(told([1; 6]), None, "that was news the first time");
    let once = help_after(&[1, 1, 3, 3, 3, 3], &practices[..1]);
    let log = PracticeLog { practice: id(100), parts: &PARTS, help: &once, situations: &[], end: None };
    assert!(worth_telling(&log).contains(&Saying::Learned { goals: goals(&[11, 12], 0), times: None }));
}

#[test]
fn what_took_less_help_is_told_the_greatest_step_first_and_no_more_than_two() {
    let before = [Some(Told), Some(Together), Some(Shown), Some(Hint), Some(Hint), Some(Hint)];
    let now = [Some(Hint), Some(Hint), Some(Hint), Some(Hint), Some(Hint), Some(Hint)];
    let all = told(&[before, now]);
    let better: Vec<_> = all.iter().filter(|saying| matches!(saying, Saying::Better { .. })).collect();
    assert_eq!(better, [&Saying::Better { goal: id(12), help: Hint }, &Saying::Better { goal: id(21), help: Hint }]);
}

#[test]
fn a_goal_is_compared_with_the_last_time_it_came_up() {
    let with = |help| [help, None, Some(Told), None, None, None];
    let all = told(&[with(Some(Together)), with(None), with(Some(Told))]);
    assert!(all.contains(&Saying::Better { goal: id(11), help: Told }), "{all:?}");
}

#[test]
fn what_took_more_help_is_said_as_it_is() {
    let all = told(&[[SELF; 6], [Some(Told), SELF, Some(Hint), SELF, Some(Shown), SELF]]);
    assert!(all.contains(&Saying::MoreHelp(goals(&[11, 21], 1))), "{all:?}");
    assert!(!all.iter().any(|saying| matches!(saying, Saying::Better { .. })));
    assert!(all.contains(&Saying::Next(goals(&[23, 11, 21], 0))), "{all:?}");
    assert!(!all.iter().any(|saying| matches!(saying, Saying::Took(_))), "it is told as more: {all:?}");
}

#[test]
fn what_still_takes_the_same_help_is_told_and_stands_under_what_comes_next() {
    let all = told(&[[SELF, Some(Hint), SELF, SELF, SELF, SELF]; 2]);
    assert!(all.contains(&Saying::Took(vec![(Hint, goals(&[12], 0))])), "{all:?}");
    assert_eq!(all.last(), Some(&Saying::Next(goals(&[12], 0))));
}

#[test]
fn the_participants_own_word_is_told_word_for_word() {
    let end = PracticeEnd { said: Some(" Ik kan het bijna. ".to_owned()), face: None, ..ended(None) };
    let all = told_with(&[[SELF; 6]], &[], Some(&end));
    assert!(all.contains(&Saying::Said("Ik kan het bijna.".to_owned())), "{all:?}");
}

#[test]
fn what_improved_until_it_went_by_itself_is_told_once() {
    let all = told(&[[Some(Hint), SELF, Some(Told), None, None, None], [SELF, SELF, Some(Told), None, None, None]]);
    assert!(all.contains(&Saying::Better { goal: id(11), help: ByOneself }));
    assert!(all.contains(&Saying::ByOneself(goals(&[12], 0))), "{all:?}");
}

#[test]
fn many_goals_are_two_names_and_a_number() {
    let all = told(&[[SELF, SELF, SELF, SELF, SELF, Some(Hint)]]);
    assert!(all.contains(&Saying::ByOneself(goals(&[11, 12], 3))), "{all:?}");
}

#[test]
fn part_of_a_route_is_told_as_part_and_only_by_its_own_rides() {
    let all = told(&[[SELF, None, Some(Hint), None, None, None]]);
    assert_eq!(all.first(), Some(&Saying::Went { rides: vec![BUS], whole: false, minutes: None }));
    let on_foot = told(&[[SELF, None, None, None, None, None]]);
    assert_eq!(on_foot.first(), Some(&Saying::Went { rides: vec![WALK], whole: false, minutes: None }));
}

#[test]
fn what_never_came_up_is_next_once_nothing_takes_help() {
    let all = told(&[[SELF, SELF, SELF, None, None, None]]);
    assert_eq!(all.last(), Some(&Saying::Untried(vec![id(22), id(23)])));
}

#[test]
fn a_route_that_is_learned_says_so_in_place_of_what_comes_next() {
    let all = told(&[[SELF; 6], [SELF; 6], [SELF; 6]]);
    assert_eq!(all.last(), Some(&Saying::AllLearned));
    assert!(all.contains(&learned(&[11, 12], 4)));
    assert_eq!(best_news(&all), Some(&Saying::AllLearned));
}

#[test]
fn situations_are_named_and_what_was_written_about_them_is_kept_word_for_word() {
    let situations = [
        situation(Situation::FellowPassenger, None),
        situation(Situation::AskingTheWay, Some(" Sem vroeg het zelf. ")),
        situation(Situation::Other, Some("Een kaartje kopen.")),
        situation(Situation::Other, Some("  ")),
    ];
    let end = ended(Some("Het was druk. We wachtten."));
    let all = told_with(&[[None; 6]], &situations, Some(&end));
    let kinds = vec![Situation::AskingTheWay, Situation::FellowPassenger, Situation::Other];
    assert_eq!(
        all,
        [
            Saying::NoGoals { minutes: Some(75) },
            Saying::First,
            Saying::Situations(kinds),
            Saying::HowItWent("Sem vroeg het zelf.".to_owned()),
            Saying::OwnSituation("Een kaartje kopen.".to_owned()),
            Saying::Hard("Het was druk. We wachtten.".to_owned()),
            Saying::Found(Face::Good),
            Saying::Untried(vec![id(11), id(12)]),
        ]
    );
}

#[test]
fn however_much_there_is_to_tell_no_more_than_nine_things_are_told_besides_own_words() {
    let levels = [SELF, Some(Hint), Some(Told), Some(Shown), Some(Together), None];
    let mut most = 0;
    // Every goal takes any help in each of three practices, by counting through them.
    for turn in 0..5_000_usize {
        let level = |place: usize| levels[(turn / 6_usize.pow(u32::try_from(place % 5).unwrap()) + turn + place) % 6];
        let practice = |shift: usize| std::array::from_fn(|goal| level(goal + shift));
        let all = told_with(
            &[practice(0), practice(3), practice(1), practice(7)],
            &[situation(Situation::WrongStop, Some("Ging goed.")), situation(Situation::Disruption, None)],
            Some(&ended(Some("Het was druk."))),
        );
        let ours = all.iter().filter(|saying| !saying.is_own_words()).count();
        most = most.max(ours);
        assert!(ours <= MOST_SAYINGS, "{all:?}");
        assert!(matches!(all.first(), Some(Saying::Went { .. } | Saying::NoGoals { .. })));
        assert!(all.contains(&Saying::Hard("Het was druk.".to_owned())));
        assert!(matches!(all.last(), Some(Saying::Next(_) | Saying::Untried(_) | Saying::Again | Saying::AllLearned)));
    }
    assert_eq!(most, MOST_SAYINGS, "the cases reach the bound");
}

#[test]
fn where_there_is_too_much_to_tell_the_second_improvement_is_left_out_first() {
    let first = [SELF, SELF, Some(Together), Some(Shown), Some(Hint), SELF];
    let second = [SELF, Some(Hint), Some(Together), Some(Shown), Some(Hint), Some(Hint)];
    let third = [SELF, Some(Hint), Some(Told), Some(Hint), Some(Told), SELF];
    let better = |situations: &[PracticeSituation]| {
        let all = told_with(&[first, second, third], situations, Some(&ended(Some("Het was druk."))));
        let of_all: Vec<_> = all.into_iter().filter(|saying| matches!(saying, Saying::Better { .. })).collect();
        of_all
    };
    let told = |goal, help| Saying::Better { goal: id(goal), help };
    assert_eq!(better(&[]), [told(21, Told), told(22, Hint)]);
    assert_eq!(better(&[situation(Situation::AskingTheWay, None)]), [told(21, Told)]);
}

#[test]
fn a_practice_of_another_route_tells_nothing_and_a_later_one_changes_nothing() {
    let help = help(&[[Some(Told); 6], [SELF; 6]]);
    let log = |practice| PracticeLog { practice, parts: &PARTS, help: &help, situations: &[], end: None };
    assert!(worth_telling(&log(id(77))).is_empty());
    let first = worth_telling(&log(id(100)));
    assert!(first.contains(&Saying::First) && !first.contains(&Saying::AllByOneself), "{first:?}");
}

#[test]
fn a_route_without_goals_has_no_next() {
    let help = RouteHelp { practices: vec![(id(100), Millis(1))], parts: Vec::new() };
    let log = PracticeLog { practice: id(100), parts: &[], help: &help, situations: &[], end: None };
    assert_eq!(worth_telling(&log), [Saying::NoGoals { minutes: None }, Saying::First]);
}

#[test]
fn the_best_news_is_what_was_learned_then_what_went_better_then_what_went_by_itself() {
    let new = learned(&[11], 0);
    let better = Saying::Better { goal: id(12), help: Hint };
    let by_oneself = Saying::ByOneself(goals(&[21], 0));
    let all = [Saying::First, by_oneself.clone(), better.clone(), new.clone()];
    assert_eq!(best_news(&all), Some(&new));
    assert_eq!(best_news(&all[..3]), Some(&better));
    assert_eq!(best_news(&all[..2]), Some(&by_oneself));
    assert_eq!(best_news(&all[..1]), None);
}

#[test]
fn own_words_are_kept_whole_or_by_whole_sentences() {
    let own = "Het was druk bij de metro. We wachtten op de volgende. Daarna stapte Sem rustig in.";
    assert_eq!(in_short(own, 100), own);
    assert_eq!(in_short(own, 12), "Het was druk bij de metro. We wachtten op de volgende.");
    assert_eq!(in_short(own, 1), "Het was druk bij de metro.", "the first is always told");
    assert_eq!(in_short("druk, zonder punt", 1), "druk, zonder punt");
    assert_eq!(in_short("  ", 5), "");
}
