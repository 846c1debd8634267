//! What is set side by side, and what is not.

use opstap_core::instrument::{Level, SHIPPED, parse};
use opstap_core::model::{Aim, Measurement};

use super::*;
use crate::guidance::MeasurementStory;

fn instrument(id: &str) -> Instrument {
    SHIPPED.into_iter().map(|bytes| parse(bytes).unwrap()).find(|one| one.id.to_string() == id).unwrap()
}

fn answer(domain: &str, level: Option<u8>, word: Option<&str>) -> DomainAnswer {
    let level = level.and_then(Level::new);
    DomainAnswer { domain: domain.to_owned(), level, yes: None, word: word.map(str::to_owned) }
}

fn measured(of: &str, on: u32, answers: Vec<DomainAnswer>) -> MeasurementStory {
    let measurement = Measurement {
        instrument: of.to_owned(),
        on: Day(on),
        together: None,
        by: None,
        word: None,
        replaces: None,
        import: None,
    };
    let id = RecordId([u8::try_from(on).unwrap(); 16]);
    MeasurementStory { id, measurement, answers, corrected: Vec::new() }
}

fn story(of: &str, domain: &str, guidance: &Guidance) -> DomainStory {
    guidance.domains(&instrument(of), None).into_iter().find(|story| story.domain.as_str() == domain).unwrap()
}

#[test]
fn first_and_later_stand_side_by_side_with_their_days_although_each_was_half_filled_in() {
    let measurements = vec![
        measured("zrm.1", 10, vec![answer("housing", Some(2), None)]),
        measured("zrm.1", 20, vec![answer("housing", Some(3), None), answer("adl", Some(4), None)]),
        measured("zrm.1", 30, vec![answer("housing", Some(4), None), answer("housing", Some(3), None)]),
    ];
    let goals = vec![(
        RecordId([1; 16]),
        DomainGoal {
            instrument: "zrm.1".to_owned(),
            domain: "housing".to_owned(),
            aim: Aim::Progress,
            words: None,
            picture: None,
            from: None,
            ended: None,
            import: None,
        },
    )];
    let guidance = Guidance { measurements, goals, ..Guidance::default() };
    let told = story("zrm.1", "housing", &guidance);
    let level = |said: Option<&(Day, DomainAnswer)>| said.map(|(on, answer)| (on.0, answer.level.unwrap().number()));
    assert_eq!((level(told.first()), level(told.later())), (Some((10, 2)), Some((30, 3))));
    assert_eq!((told.said.len(), told.change, told.is_reached), (3, Some(Change::Up), Some(true)));
    let told = story("zrm.1", "adl", &guidance);
    assert_eq!((level(told.first()), told.later(), told.change), (Some((20, 4)), None, None));
    assert_eq!(guidance.domains(&instrument("zrm.1"), None).len(), 11, "each domain has its row");
}

#[test]
fn stages_and_words_stand_side_by_side_too_and_are_no_better_or_worse() {
    let measurements = vec![
        measured("nah.1", 10, vec![answer("participation", Some(3), None)]),
        measured("nah.1", 20, vec![answer("participation", Some(1), None)]),
        measured("own-view.1", 20, vec![answer("worked", None, Some("Karin")), answer("worked", None, None)]),
    ];
    let guidance = Guidance { measurements, ..Guidance::default() };
    let told = story("nah.1", "participation", &guidance);
    assert_eq!((told.said.len(), told.change, told.is_reached), (2, None, None));
    let told = story("own-view.1", "worked", &guidance);
    assert_eq!(told.first().and_then(|(_, answer)| answer.word.as_deref()), Some("Karin"), "an empty answer is none");
}
