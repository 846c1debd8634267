//! What feedback reads like, and that it stays short.

use opstap_core::model::{Goal, Model, Practice, Situation};
use opstap_core::{Kind, Millis, PersonId, Record};

use super::*;
use crate::components::Saved;
use crate::device::Entry;
use crate::stories::route::PartOfRoute;

fn id(n: u8) -> RecordId {
    RecordId([n; 16])
}

fn entry<M: Model>(n: u8, kind: Kind, value: M) -> Entry<M> {
    let record = Record::new(id(n), kind, None);
    let author = Some(PersonId([1; 16]));
    Entry { id: id(n), parent: None, value, saved: Saved::Sent, author, made: None, record }
}

fn part(n: u8, means: Means, line: Option<&str>, goals: &[(u8, &str)]) -> PartOfRoute {
    let of = Part { line: line.map(str::to_owned), ..Part::titled("V", means, "Stuk") };
    let goal = |(n, text): &(u8, &str)| entry(*n, Kind::Goal, Goal::saying("V", *text));
    PartOfRoute { part: entry(n, Kind::Part, of), goals: goals.iter().map(goal).collect() }
}

fn worth(sayings: Vec<Saying>) -> Worth {
    Worth {
        practice: entry(9, Kind::Practice, Practice { route: id(8), at: Millis(1) }),
        number: 4,
        by: "Youssef".into(),
        client: "Sem".into(),
        route: "Naar school".into(),
        parts: vec![
            part(1, Means::Walk, None, &[(11, "Steek over bij het zebrapad")]),
            part(2, Means::Bus, Some("32"), &[(21, "Check in."), (22, "Druk op tijd op stop")]),
            part(3, Means::Metro, Some("D"), &[(31, "Stap uit op Zuidplein")]),
        ],
        sayings,
    }
}

fn named(goals: &[u8], others: usize) -> Named {
    Named { goals: goals.iter().copied().map(id).collect(), others }
}

fn dutch(saying: Saying) -> String {
    let worth = worth(vec![saying]);
    let text = letter(&worth, Language::Dutch);
    text.strip_suffix("\n\nGroet, Youssef").unwrap().to_owned()
}

fn english(saying: Saying) -> String {
    let worth = worth(vec![saying]);
    let text = letter(&worth, Language::English);
    text.strip_suffix("\n\nKind regards, Youssef").unwrap().to_owned()
}

#[test]
fn a_letter_tells_a_practice_in_full_sentences_with_a_paragraph_for_each_thing() {
    let told = worth(vec![
        Saying::Went { rides: vec![id(2), id(3)], whole: true, minutes: Some(75) },
        Saying::ByOneself(named(&[11], 0)),
        Saying::Learned { goals: named(&[21], 0), times: Some(3) },
        Saying::Better { goal: id(22), help: HelpLevel::Hint },
        Saying::Situations(vec![Situation::AskingTheWay, Situation::FellowPassenger]),
        Saying::Hard("Druk in de metro. We wachtten één metro".into()),
        Saying::Found(Face::Good),
        Saying::Next(named(&[22, 31], 0)),
    ]);
    let text = "We oefenden 1 uur en 15 minuten op de hele route “Naar school”, met bus 32 en met metro D. \
        “Steek over bij het zebrapad” ging helemaal zelf.\n\n\
        “Check in” ging nu 3 keer achter elkaar zelf. Dat kan Sem nu. \
        “Druk op tijd op stop” ging beter dan de vorige keer: nu met alleen een hint.\n\n\
        Ook geoefend: de weg vragen en praten met iemand.\n\n\
        Wat lastig was en wat hielp: Druk in de metro. We wachtten één metro.\n\n\
        Sem vond het goed.\n\n\
        De volgende keer letten we vooral op “Druk op tijd op stop” en “Stap uit op Zuidplein”.\n\n\
        Groet, Youssef";
    assert_eq!(letter(&told, Language::Dutch), text);
    assert!(words_in(text) <= MOST_WORDS, "{}", words_in(text));
    let news = news(&told, Language::Dutch).unwrap();
    assert_eq!(news, "“Check in” ging nu 3 keer achter elkaar zelf. Dat kan Sem nu.");
}

#[test]
fn one_goal_and_several_have_forms_of_their_own_and_the_others_are_counted() {
    assert_eq!(
        dutch(Saying::ByOneself(named(&[21, 22], 0))),
        "“Check in” en “Druk op tijd op stop” gingen helemaal zelf."
    );
    let more = dutch(Saying::ByOneself(named(&[21, 22], 1)));
    assert_eq!(more, "“Check in”, “Druk op tijd op stop” en nog 1 ander leerdoel gingen helemaal zelf.");
    assert_eq!(english(Saying::MoreHelp(named(&[21], 0))), "“Check in” took more help than last time.");
}

#[test]
fn a_first_practice_says_of_each_goal_how_it_went() {
    let took = vec![(HelpLevel::Hint, named(&[21], 0)), (HelpLevel::Together, named(&[22, 31], 0))];
    assert_eq!(
        dutch(Saying::Took(took)),
        "Bij “Check in” was een hint genoeg. “Druk op tijd op stop” en “Stap uit op Zuidplein” deden we samen."
    );
    assert_eq!(dutch(Saying::Said("Ik kan het bijna".into())), "Sem zei: Ik kan het bijna.");
}

#[test]
fn a_route_is_told_by_how_it_was_travelled_each_ride_once() {
    let went =
        |rides: &[u8], whole, minutes| Saying::Went { rides: rides.iter().copied().map(id).collect(), whole, minutes };
    assert_eq!(dutch(went(&[2, 2], true, None)), "We oefenden de hele route “Naar school”, met bus 32.");
    assert_eq!(
        dutch(went(&[1], false, Some(60))),
        "We oefenden 1 uur op een stuk van de route “Naar school”, te voet."
    );
    assert_eq!(english(went(&[], true, Some(45))), "We spent 45 minutes on the whole route “Naar school”.");
}

#[test]
fn every_thing_to_tell_has_a_sentence_in_both_languages() {
    let all = [
        Saying::Went { rides: vec![id(3)], whole: true, minutes: None },
        Saying::NoGoals { minutes: None },
        Saying::NoGoals { minutes: Some(15) },
        Saying::First,
        Saying::AllByOneself,
        Saying::ByOneself(named(&[21], 2)),
        Saying::Learned { goals: named(&[21, 22], 0), times: Some(3) },
        Saying::MoreHelp(named(&[21, 22], 2)),
        Saying::Next(named(&[11, 21, 22], 1)),
        Saying::Said("Ik kan het bijna".into()),
        Saying::Situations(vec![Situation::Other]),
        Saying::OwnSituation("Een kaartje kopen".into()),
        Saying::HowItWent("Sem vroeg het zelf".into()),
        Saying::Hard("Het was druk".into()),
        Saying::AllLearned,
        Saying::Untried(vec![id(31)]),
        Saying::Again,
    ];
    let faces = Face::ALL.iter().map(|face| Saying::Found(*face));
    let levels = HelpLevel::ALL.iter().map(|help| Saying::Better { goal: id(22), help: *help });
    let with_help = HelpLevel::ALL.iter().map(|help| Saying::Took(vec![(*help, named(&[22], 1))]));
    for saying in all.into_iter().chain(faces).chain(levels).chain(with_help) {
        for text in [dutch(saying.clone()), english(saying.clone())] {
            assert!(text.ends_with('.') && !text.contains("..") && !text.contains(['{', '}']), "{text}");
            assert!(text.starts_with(|first: char| first.is_uppercase() || first == '“'), "{text}");
        }
    }
}

#[test]
fn the_fullest_letter_is_short_and_own_words_give_way_by_whole_sentences() {
    let own = "De metro was erg druk en we konden er niet in. We wachtten op de volgende. Toen stapte Sem rustig in. \
        Daarna liep hij de verkeerde kant op en dat merkte hij zelf. Hij vroeg een vrouw de weg en zij wees het aan. \
        Op de terugweg deed hij het meteen goed en daar was hij trots op.";
    let told = worth(vec![
        Saying::Went { rides: vec![id(2), id(3)], whole: false, minutes: Some(165) },
        Saying::Learned { goals: named(&[21, 22], 3), times: Some(3) },
        Saying::Better { goal: id(22), help: HelpLevel::Hint },
        Saying::MoreHelp(named(&[11, 31], 2)),
        Saying::Took(vec![(HelpLevel::Hint, named(&[11, 31], 1)), (HelpLevel::Told, named(&[22], 0))]),
        Saying::Situations(vec![Situation::AskingTheWay, Situation::WrongStop]),
        Saying::HowItWent(own.into()),
        Saying::Hard(own.into()),
        Saying::Found(Face::Hard),
        Saying::Next(named(&[22, 31], 0)),
    ]);
    for language in [Language::Dutch, Language::English] {
        let text = letter(&told, language);
        assert!(words_in(&text) <= MOST_WORDS + OWN_WORDS, "{} words: {text}", words_in(&text));
        assert!(text.contains("De metro was erg druk en we konden er niet in."), "{text}");
        assert!(!text.contains("trots"), "{text}");
    }
}

#[test]
fn what_is_written_short_is_told_whole() {
    let told = worth(vec![
        Saying::NoGoals { minutes: None },
        Saying::Hard("Het regende. We gingen terug. Morgen weer.".into()),
    ]);
    assert!(letter(&told, Language::Dutch).contains("Het regende. We gingen terug. Morgen weer."));
}
