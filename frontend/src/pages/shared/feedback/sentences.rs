//! The words of feedback: what is worth telling of a practice in plain sentences, in one language.

use opstap_core::RecordId;
use opstap_core::model::{Face, HelpLevel, Means, Part};
use opstap_insight::{Named, Saying, best_news, in_short};

use crate::language::Language;
use crate::pages::supporter::situations;
use crate::stories::feedback::Worth;
use crate::words::{Text, Word, feedback};

/// As many words has a text at most, as long as the volunteer's own words leave room for it.
const MOST_WORDS: usize = 120;
/// As many of the volunteer's own words are told in any case; all of them stand in the log.
const OWN_WORDS: usize = 20;

/// The text of the feedback on a practice: a paragraph for each thing it is about, and from whom it comes.
#[must_use]
pub fn letter(worth: &Worth, language: Language) -> String {
    let (ours, own): (Vec<_>, Vec<_>) = worth.sayings.iter().partition(|saying| !saying.is_own_words());
    let written =
        |of: &[Saying]| -> usize { of.iter().map(|saying| words_in(&said(worth, saying, language, usize::MAX))).sum() };
    let ours: Vec<Saying> = ours.into_iter().cloned().collect();
    let kept = if own.is_empty() { 0 } else { OWN_WORDS };
    // As many goals are named as there is room for, at least one of each.
    let fits = |most: &usize| {
        let shorter: Vec<Saying> = ours.iter().map(|saying| with_names(saying, *most)).collect();
        written(&shorter) + kept <= MOST_WORDS
    };
    let most = [usize::MAX, 2, 1].into_iter().find(fits);
    let shorter = |saying: &Saying| with_names(saying, most.unwrap_or(1));
    // Where there is no room for that either, what went as it did before can be missed first.
    let has_room = |saying: &&Saying| most.is_some() || !matches!(saying, Saying::Took(_));
    let ours: Vec<Saying> = ours.iter().filter(has_room).map(shorter).collect();
    let mut room = MOST_WORDS.saturating_sub(written(&ours)).max(kept);
    let mut paragraphs: Vec<(usize, String)> = Vec::new();
    for saying in worth.sayings.iter().filter(has_room).map(shorter) {
        let saying = &saying;
        let text = said(worth, saying, language, room);
        if saying.is_own_words() {
            room = room.saturating_sub(words_in(&text));
        }
        match paragraphs.last_mut() {
            Some((about, before)) if *about == paragraph(saying) => before.extend([" ", &text]),
            _ => paragraphs.push((paragraph(saying), text)),
        }
    }
    if !worth.by.is_empty() {
        paragraphs.push((usize::MAX, feedback::regards(&worth.by).within(language)));
    }
    let paragraphs: Vec<String> = paragraphs.into_iter().map(|(_, text)| text).collect();
    paragraphs.join("\n\n")
}

/// The best that is new in a practice, in one sentence.
#[must_use]
pub fn news(worth: &Worth, language: Language) -> Option<String> {
    best_news(&worth.sayings).map(|saying| said(worth, saying, language, usize::MAX))
}

/// "a, b en c".
#[must_use]
pub fn listed(all: &[String], language: Language) -> String {
    match all {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => feedback::list_two(with_commas(others, language), last).within(language),
    }
}

fn with_commas(all: &[String], language: Language) -> String {
    let joined = all.iter().cloned().reduce(|all, next| feedback::list_more(all, next).within(language));
    joined.unwrap_or_default()
}

/// The same with no more goals named and the others counted, where all their names would make a text long.
fn with_names(saying: &Saying, most: usize) -> Saying {
    let few = |named: &Named| {
        let goals: Vec<_> = named.goals.iter().take(most).copied().collect();
        Named { others: count(named) - goals.len(), goals }
    };
    match saying {
        Saying::ByOneself(named) => Saying::ByOneself(few(named)),
        Saying::Learned { goals, times } => Saying::Learned { goals: few(goals), times: *times },
        Saying::MoreHelp(named) => Saying::MoreHelp(few(named)),
        Saying::Took(all) => Saying::Took(all.iter().map(|(help, named)| (*help, few(named))).collect()),
        Saying::Next(named) => Saying::Next(few(named)),
        other => other.clone(),
    }
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// What belongs together stands together.
const fn paragraph(saying: &Saying) -> usize {
    match saying {
        Saying::Went { .. } | Saying::NoGoals { .. } | Saying::First | Saying::AllByOneself | Saying::ByOneself(_) => 0,
        Saying::Learned { .. } | Saying::Better { .. } | Saying::MoreHelp(_) | Saying::Took(_) => 1,
        Saying::Situations(_) | Saying::OwnSituation(_) | Saying::HowItWent(_) => 2,
        Saying::Hard(_) => 3,
        Saying::Found(_) | Saying::Said(_) => 4,
        Saying::AllLearned | Saying::Next(_) | Saying::Untried(_) | Saying::Again => 5,
    }
}

/// One thing as a sentence; `room` is how many words of the volunteer's own may stand there.
fn said(worth: &Worth, saying: &Saying, language: Language, room: usize) -> String {
    let own = |words: &str| closed(in_short(words, room.max(1)));
    let name = &worth.client;
    let quoted = |goals: &[RecordId]| listed(&quoted(worth, goals, language), language);
    let text = match saying {
        Saying::Went { rides, whole, minutes } => went(worth, (rides, *whole, *minutes), language),
        Saying::NoGoals { minutes: None } => feedback::no_goals(in_quotes(&worth.route, language)),
        Saying::NoGoals { minutes: Some(minutes) } => {
            feedback::no_goals_in(time(*minutes, language), in_quotes(&worth.route, language))
        }
        Saying::First => feedback::FIRST.into(),
        Saying::AllByOneself => feedback::all_by_oneself(name),
        Saying::ByOneself(goals) => feedback::by_oneself(count(goals), named(worth, goals, language)),
        Saying::Learned { goals, times: Some(times) } => {
            feedback::learned(count(goals), named(worth, goals, language), *times, name)
        }
        Saying::Learned { goals, times: None } => {
            feedback::learned_by_now(count(goals), named(worth, goals, language), name)
        }
        Saying::Better { goal, help } => feedback::better(quoted(&[*goal]), level(*help).within(language)),
        Saying::MoreHelp(goals) => feedback::more_help(named(worth, goals, language)),
        Saying::Took(all) => {
            let sentences = all.iter().map(|(help, goals)| took(*help, named(worth, goals, language)).within(language));
            sentences.collect::<Vec<_>>().join(" ").into()
        }
        Saying::Situations(all) => {
            let all: Vec<_> = all.iter().map(|one| situations::word(*one).within(language).to_owned()).collect();
            feedback::situations(listed(&all, language))
        }
        Saying::OwnSituation(word) => feedback::own_situation(own(word)),
        Saying::HowItWent(word) => own(word).into(),
        Saying::Hard(word) => feedback::hard(own(word)),
        Saying::Found(face) => found(*face, name),
        Saying::Said(word) => feedback::said(name, own(word)),
        Saying::AllLearned => feedback::all_learned(name),
        Saying::Next(goals) => feedback::next(named(worth, goals, language)),
        Saying::Untried(goals) => feedback::untried(quoted(goals)),
        Saying::Again => feedback::again(name),
    };
    text.within(language)
}

const fn count(named: &Named) -> usize {
    named.goals.len() + named.others
}

fn named(worth: &Worth, named: &Named, language: Language) -> String {
    let goals = quoted(worth, &named.goals, language);
    match named.others {
        0 => listed(&goals, language),
        others => feedback::and_others(others, with_commas(&goals, language)).within(language),
    }
}

fn quoted(worth: &Worth, goals: &[RecordId], language: Language) -> Vec<String> {
    goals.iter().map(|goal| in_quotes(worth.goal(*goal), language)).collect()
}

/// A goal is a sentence of its own; within another its full stop would be one too many.
fn in_quotes(text: &str, language: Language) -> String {
    feedback::quoted(text.trim().trim_end_matches('.')).within(language)
}

fn went(worth: &Worth, (rides, whole, minutes): (&[RecordId], bool, Option<u32>), language: Language) -> Text {
    let mut by: Vec<String> = Vec::new();
    for ride in rides.iter().filter_map(|ride| worth.part(*ride)).map(|part| ride(part).within(language)) {
        if !by.contains(&ride) {
            by.push(ride);
        }
    }
    let route = if by.is_empty() {
        in_quotes(&worth.route, language)
    } else {
        feedback::route_by(&worth.route, listed(&by, language)).within(language)
    };
    match (minutes.map(|minutes| time(minutes, language)), whole) {
        (None, true) => feedback::went_whole(route),
        (None, false) => feedback::went_part(route),
        (Some(time), true) => feedback::went_whole_in(time, route),
        (Some(time), false) => feedback::went_part_in(time, route),
    }
}

/// How a part was travelled: "met bus 32".
fn ride(part: &Part) -> Text {
    let with_line = |by: fn(String) -> Text, without: Word| match part.line.clone() {
        Some(line) => by(line),
        None => without.into(),
    };
    match part.means {
        Means::Bus => with_line(feedback::by_bus, feedback::BY_A_BUS),
        Means::Tram => with_line(feedback::by_tram, feedback::BY_A_TRAM),
        Means::Metro => with_line(feedback::by_metro, feedback::BY_A_METRO),
        Means::Train => with_line(feedback::by_train, feedback::BY_A_TRAIN),
        Means::Cycle => feedback::BY_BICYCLE.into(),
        Means::Walk | Means::Wait | Means::Change => feedback::ON_FOOT.into(),
    }
}

/// "1 uur en 15 minuten".
fn time(minutes: u32, language: Language) -> String {
    let as_count = |number: u32| usize::try_from(number).unwrap_or_default();
    let (hours, rest) = (feedback::hours(as_count(minutes / 60)), feedback::minutes(as_count(minutes % 60)));
    let time = match (minutes / 60, minutes % 60) {
        (0, _) => rest,
        (_, 0) => hours,
        _ => feedback::hours_and_minutes(hours.within(language), rest.within(language)),
    };
    time.within(language)
}

const fn level(help: HelpLevel) -> Word {
    match help {
        HelpLevel::ByOneself => feedback::NOW_BY_ONESELF,
        HelpLevel::Hint => feedback::NOW_WITH_A_HINT,
        HelpLevel::Told => feedback::NOW_TOLD,
        HelpLevel::Shown => feedback::NOW_SHOWN,
        HelpLevel::Together => feedback::NOW_TOGETHER,
    }
}

/// How much help goals took, where it was not compared with another time.
fn took(help: HelpLevel, goals: String) -> Text {
    match help {
        HelpLevel::ByOneself | HelpLevel::Hint => feedback::took_a_hint(goals),
        HelpLevel::Told => feedback::took_telling(goals),
        HelpLevel::Shown => feedback::took_showing(goals),
        HelpLevel::Together => feedback::took_together(goals),
    }
}

fn found(face: Face, name: &str) -> Text {
    match face {
        Face::Great => feedback::found_great(name),
        Face::Good => feedback::found_good(name),
        Face::SoSo => feedback::found_okay(name),
        Face::Hard => feedback::found_hard(name),
        Face::Bad => feedback::found_bad(name),
    }
}

/// Somebody's words as a sentence that ends.
fn closed(words: &str) -> String {
    let ends = words.is_empty() || words.ends_with(['.', '!', '?', '…']);
    [words, if ends { "" } else { "." }].concat()
}

#[cfg(test)]
#[path = "sentences_tests.rs"]
mod tests;
