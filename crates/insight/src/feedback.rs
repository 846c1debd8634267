//! What is worth telling of a practice, from its log: what a volunteer's feedback to parent and coordinator says. What is said is decided
//! here; the words are the screens'.

use opstap_core::RecordId;
use opstap_core::model::{Face, HelpLevel, Means, PracticeEnd, PracticeSituation, Situation};

use crate::{GoalRow, RouteHelp};

/// As many things are told of one practice at most, apart from what volunteer and participant said in their own words.
pub const MOST_SAYINGS: usize = 9;

/// As many goals are named in one sentence; of the others it is said how many there are.
const MOST_NAMED: usize = 2;

/// As many goals are named of what to attend to next.
const MOST_NEXT: usize = 4;

/// As many improvements have a sentence of their own.
const MOST_BETTER: usize = 2;

/// As many rides say how a route was travelled.
const MOST_RIDES: usize = 3;

/// The log of a practice, with the practices of its route before it.
#[derive(Debug, Clone, Copy)]
pub struct PracticeLog<'a> {
    /// Which practice.
    pub practice: RecordId,
    /// The parts of the route in order, and how each is travelled.
    pub parts: &'a [(RecordId, Means)],
    /// How much help the route took; practices after this one are passed over.
    pub help: &'a RouteHelp,
    /// What was practised on purpose.
    pub situations: &'a [PracticeSituation],
    /// How it ended.
    pub end: Option<&'a PracticeEnd>,
}

/// Goals that are named, and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The goals.
    pub goals: Vec<RecordId>,
    /// How many others it is true of.
    pub others: usize,
}

/// One thing to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// What was practised, by which rides, and whether all of it.
    Went {
        /// The parts that tell how; none where there was only waiting and changing.
        rides: Vec<RecordId>,
        /// Whether something of every part was practised.
        whole: bool,
        /// How long it took, in minutes.
        minutes: Option<u32>,
    },
    /// No goal came up.
    NoGoals {
        /// How long it took, in minutes.
        minutes: Option<u32>,
    },
    /// It was the first practice of the route.
    First,
    /// Every goal that came up went by itself.
    AllByOneself,
    /// These went by themselves.
    ByOneself(Named),
    /// These went by themselves so often in a row, with this practice, that they are learned.
    Learned {
        /// The goals.
        goals: Named,
        /// How often in a row that was, where it is the same for all of them and more than once.
        times: Option<usize>,
    },
    /// This took less help than the last time it came up.
    Better {
        /// The goal.
        goal: RecordId,
        /// The help it took now.
        help: HelpLevel,
    },
    /// These took more help than the last time they came up.
    MoreHelp(Named),
    /// The others that came up and took help, by how much it was now, the least first.
    Took(Vec<(HelpLevel, Named)>),
    /// What was practised on purpose.
    Situations(Vec<Situation>),
    /// A situation of their own.
    OwnSituation(String),
    /// How a situation went, in the volunteer's words.
    HowItWent(String),
    /// What was hard and how it was solved, in the volunteer's words.
    Hard(String),
    /// How the participant found it.
    Found(Face),
    /// The participant's own word about it.
    Said(String),
    /// Every goal of the route is learned.
    AllLearned,
    /// The goals that still take most help: what to attend to next.
    Next(Named),
    /// Goals that never came up yet: what to try next.
    Untried(Vec<RecordId>),
    /// Nothing took help, and not everything is learned: the same once more.
    Again,
}

impl Saying {
    /// Whether it is in somebody's own words, which nothing takes the place of.
    #[must_use]
    pub const fn is_own_words(&self) -> bool {
        matches!(self, Self::OwnSituation(_) | Self::HowItWent(_) | Self::Hard(_) | Self::Said(_))
    }
}

/// A goal as it went.
struct Gone {
    goal: RecordId,
    now: Option<HelpLevel>,
    before: Option<HelpLevel>,
    /// How often in a row it is to go by oneself before it is learned.
    times: usize,
    in_a_row: usize,
    is_learned: bool,
}

impl Gone {
    fn of(row: &GoalRow, at: usize) -> Self {
        let until = GoalRow { help: row.help.iter().take(at + 1).copied().collect(), ..row.clone() };
        Self {
            goal: row.goal,
            now: row.help.get(at).copied().flatten(),
            before: row.help.iter().take(at).rev().flatten().next().copied(),
            times: row.times,
            in_a_row: until.in_a_row_by_oneself(),
            is_learned: until.is_learned(),
        }
    }

    /// The help it took when it came up last.
    fn latest(&self) -> Option<HelpLevel> {
        self.now.or(self.before)
    }

    fn is_by_oneself(&self) -> bool {
        self.now == Some(HelpLevel::ByOneself)
    }

    fn is_new(&self) -> bool {
        self.is_by_oneself() && self.in_a_row == self.times
    }

    /// By how many levels it took less help; below zero, more.
    fn gain(&self) -> i32 {
        match (self.now, self.before) {
            (Some(now), Some(before)) => before as i32 - now as i32,
            _ => 0,
        }
    }
}

/// What to tell of a practice, in the order in which it is told. Nothing of a practice that is not one of the route.
#[must_use]
pub fn worth_telling(log: &PracticeLog<'_>) -> Vec<Saying> {
    let Some(at) = log.help.practices.iter().position(|(id, _)| *id == log.practice) else { return Vec::new() };
    let goals: Vec<Gone> = log.help.parts.iter().flat_map(|part| &part.goals).map(|row| Gone::of(row, at)).collect();
    let mut all = vec![went(log, at)];
    if at == 0 {
        all.push(Saying::First);
    }
    all.extend(how_goals_went(&goals));
    all.extend(on_purpose(log.situations));
    let own = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    all.extend(log.end.and_then(|end| own(&end.word)).map(Saying::Hard));
    all.extend(log.end.and_then(|end| end.face).map(Saying::Found));
    all.extend(log.end.and_then(|end| own(&end.said)).map(Saying::Said));
    all.extend(next(&goals));
    shortened(all)
}

/// The best that is new in a practice, for who reads about it: something learned, else what took less help, else what went by itself.
#[must_use]
pub fn best_news(sayings: &[Saying]) -> Option<&Saying> {
    let ranks: [fn(&Saying) -> bool; 5] = [
        |saying| matches!(saying, Saying::AllLearned),
        |saying| matches!(saying, Saying::Learned { .. }),
        |saying| matches!(saying, Saying::Better { .. }),
        |saying| matches!(saying, Saying::AllByOneself),
        |saying| matches!(saying, Saying::ByOneself(_)),
    ];
    ranks.iter().find_map(|of_rank| sayings.iter().find(|saying| of_rank(saying)))
}

/// As many whole sentences of somebody's own words as fit in so many words; the first one always.
#[must_use]
pub fn in_short(own: &str, most: usize) -> &str {
    let own = own.trim();
    let (mut words, mut end) = (0, 0);
    for sentence in own.split_inclusive(['.', '!', '?', '\n']) {
        words += sentence.split_whitespace().count();
        if end > 0 && words > most {
            break;
        }
        end += sentence.len();
    }
    own.get(..end).unwrap_or(own).trim_end()
}

fn went(log: &PracticeLog<'_>, at: usize) -> Saying {
    let minutes = log.end.and_then(|end| end.minutes);
    let came_up = |part: &RecordId| {
        let row = log.help.parts.iter().find(|row| row.part == *part);
        row.is_some_and(|row| row.help.get(at).copied().flatten().is_some())
    };
    let travelled: Vec<_> = log.parts.iter().filter(|(part, _)| came_up(part)).copied().collect();
    if travelled.is_empty() {
        return Saying::NoGoals { minutes };
    }
    // A part without goals cannot come up, and is on the way all the same.
    let has_goals = |part: &RecordId| log.help.parts.iter().any(|row| row.part == *part && !row.goals.is_empty());
    let whole = log.parts.iter().all(|(part, _)| came_up(part) || !has_goals(part));
    let by = |all: &[Means]| -> Vec<RecordId> {
        let of_them = travelled.iter().filter(|(_, means)| all.contains(means));
        of_them.map(|(part, _)| *part).take(MOST_RIDES).collect()
    };
    let mut rides = by(&[Means::Cycle, Means::Bus, Means::Tram, Means::Metro, Means::Train]);
    if rides.is_empty() {
        rides = by(&[Means::Walk]);
        rides.truncate(1);
    }
    Saying::Went { rides, whole, minutes }
}

fn named<'a>(goals: impl Iterator<Item = &'a Gone>) -> Option<Named> {
    named_of(goals, MOST_NAMED)
}

fn named_of<'a>(goals: impl Iterator<Item = &'a Gone>, most: usize) -> Option<Named> {
    let all: Vec<RecordId> = goals.map(|gone| gone.goal).collect();
    let (goals, others) = all.split_at(all.len().min(most));
    (!goals.is_empty()).then(|| Named { goals: goals.to_vec(), others: others.len() })
}

fn how_goals_went(goals: &[Gone]) -> Vec<Saying> {
    let better = highest(goals.iter().filter(|gone| gone.gain() > 0), MOST_BETTER, Gone::gain);
    let is_told = |gone: &Gone| gone.is_new() || better.iter().any(|better| better.goal == gone.goal);
    let came_up = goals.iter().filter(|gone| gone.now.is_some());
    let all = came_up.clone().count() > 0 && came_up.clone().all(Gone::is_by_oneself);
    let mut told = Vec::new();
    if all {
        told.push(Saying::AllByOneself);
    } else {
        told.extend(named(goals.iter().filter(|gone| gone.is_by_oneself() && !is_told(gone))).map(Saying::ByOneself));
    }
    told.extend(learned(goals));
    let of = |gone: &&Gone| gone.now.map(|help| Saying::Better { goal: gone.goal, help });
    told.extend(better.iter().filter_map(of));
    told.extend(named(goals.iter().filter(|gone| gone.gain() < 0)).map(Saying::MoreHelp));
    let of_help = |help: HelpLevel| {
        let took = goals.iter().filter(|gone| gone.now == Some(help) && gone.gain() >= 0 && !is_told(gone));
        Some((help, named(took)?))
    };
    let with_help = HelpLevel::ALL.iter().copied().filter(|help| *help > HelpLevel::ByOneself);
    let took: Vec<_> = with_help.filter_map(of_help).collect();
    if !took.is_empty() {
        told.push(Saying::Took(took));
    }
    told
}

fn learned(goals: &[Gone]) -> Option<Saying> {
    let new = || goals.iter().filter(|gone| gone.is_new());
    let times = new().next().map(|gone| gone.times).filter(|times| *times > 1);
    let times = times.filter(|times| new().all(|gone| gone.times == *times));
    named(new()).map(|goals| Saying::Learned { goals, times })
}

fn on_purpose(situations: &[PracticeSituation]) -> Vec<Saying> {
    let word =
        |one: &PracticeSituation| one.word.as_deref().map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned);
    let is_own = |one: &&PracticeSituation| one.situation == Situation::Other && word(one).is_some();
    let (own, known): (Vec<_>, Vec<_>) = situations.iter().partition(is_own);
    let mut told = Vec::new();
    let is_told = |kind: &Situation| known.iter().any(|one| one.situation == *kind);
    let kinds: Vec<Situation> = Situation::ALL.iter().copied().filter(is_told).collect();
    if !kinds.is_empty() {
        told.push(Saying::Situations(kinds));
    }
    told.extend(known.into_iter().filter_map(word).map(Saying::HowItWent));
    told.extend(own.into_iter().filter_map(word).map(Saying::OwnSituation));
    told
}

fn next(goals: &[Gone]) -> Option<Saying> {
    if goals.is_empty() {
        return None;
    }
    if goals.iter().all(|gone| gone.is_learned) {
        return Some(Saying::AllLearned);
    }
    let helped = goals.iter().filter(|gone| gone.latest().is_some_and(|help| help > HelpLevel::ByOneself));
    let helped = highest(helped, usize::MAX, |gone| gone.latest().map_or(0, |help| help as i32));
    let untried = goals.iter().filter(|gone| gone.latest().is_none()).take(MOST_NAMED).map(|gone| gone.goal);
    let untried: Vec<RecordId> = untried.collect();
    Some(match (named_of(helped.into_iter(), MOST_NEXT), untried.is_empty()) {
        (Some(helped), _) => Saying::Next(helped),
        (None, false) => Saying::Untried(untried),
        (None, true) => Saying::Again,
    })
}

/// The few highest, the highest first and equal ones in the route's order. Sorting all of them would bring the machinery of a sort along.
fn highest<'a>(all: impl Iterator<Item = &'a Gone>, most: usize, height: impl Fn(&Gone) -> i32) -> Vec<&'a Gone> {
    let mut few: Vec<&Gone> = Vec::new();
    for gone in all {
        let place = few.iter().position(|other| height(other) < height(gone)).unwrap_or(few.len());
        few.insert(place, gone);
        few.truncate(most);
    }
    few
}

/// Leaves out what can be missed first until it is short enough.
fn shortened(mut all: Vec<Saying>) -> Vec<Saying> {
    let most = MOST_SAYINGS + all.iter().filter(|saying| saying.is_own_words()).count();
    let missed_first: [fn(&Saying) -> bool; 3] = [
        |saying| matches!(saying, Saying::Better { .. }),
        |saying| matches!(saying, Saying::ByOneself(_)),
        |saying| matches!(saying, Saying::Situations(_)),
    ];
    for can_be_missed in missed_first {
        if all.len() > most
            && let Some(place) = all.iter().rposition(can_be_missed)
        {
            all.remove(place);
        }
    }
    all
}

#[cfg(test)]
#[path = "feedback_tests.rs"]
mod tests;
