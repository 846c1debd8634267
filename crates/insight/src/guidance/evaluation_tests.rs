//! What stands in an evaluation, and what does not.

use opstap_core::RecordId;
use opstap_core::instrument::{Level, SHIPPED, parse};
use opstap_core::model::{DomainGoal, DuoRole, Grant, Measurement, TimeKind};

use super::*;
use crate::guidance::{GuidanceTime, MeasurementStory, Tenths};

fn shipped() -> Vec<Instrument> {
    SHIPPED.into_iter().map(|bytes| parse(bytes).unwrap()).collect()
}

fn measured(of: &str, on: u32, levels: &[(&str, u8)], words: &[(&str, &str)]) -> MeasurementStory {
    let measurement = Measurement {
        instrument: of.to_owned(),
        on: Day(on),
        together: Some(true),
        by: None,
        word: None,
        replaces: None,
        import: None,
    };
    let none = |domain: &str| DomainAnswer { domain: domain.to_owned(), level: None, yes: None, word: None };
    let levels = levels.iter().map(|(domain, level)| DomainAnswer { level: Level::new(*level), ..none(domain) });
    let words = words.iter().map(|(domain, word)| DomainAnswer { word: Some((*word).to_owned()), ..none(domain) });
    let id = RecordId([u8::try_from(on).unwrap(); 16]);
    MeasurementStory { id, measurement, answers: levels.chain(words).collect(), corrected: Vec::new() }
}

fn goal(of: &str, domain: &str, aim: Aim, from: u32) -> (RecordId, DomainGoal) {
    let goal = DomainGoal {
        instrument: of.to_owned(),
        domain: domain.to_owned(),
        aim,
        words: Some("Zelf mijn post openen".to_owned()),
        picture: None,
        from: Some(Day(from)),
        ended: None,
        import: None,
    };
    (RecordId([u8::try_from(from).unwrap(); 16]), goal)
}

#[test]
fn an_evaluation_sets_goals_and_levels_side_by_side_with_the_own_view_and_the_hours() {
    let time = |on, minutes, role| GuidanceTime { on: Day(on), minutes, role, kind: TimeKind::Direct, planned: true };
    // Weeks from Monday to Sunday: day 4 is a Monday.
    let guidance = Guidance {
        measurements: vec![
            measured("zrm.1", 5, &[("finances", 2), ("housing", 4)], &[]),
            measured("fitting.1", 6, &[], &[("qualities", "geduldig")]),
            measured("iroc-selection.1", 7, &[("hope", 3)], &[]),
            measured("zrm.1", 24, &[("finances", 3), ("housing", 3)], &[]),
            measured("own-view.1", 24, &[], &[("worked", "Tim belde elke maandag")]),
            measured("zrm.1", 90, &[("finances", 5)], &[]),
        ],
        goals: vec![goal("zrm.1", "finances", Aim::Progress, 5), goal("zrm.1", "housing", Aim::Stable, 6)],
        times: vec![time(5, 90, DuoRole::Supervisor), time(12, 30, DuoRole::SupportWorker)],
        grants: vec![(RecordId([9; 16]), Grant::of(Day(4), Day(17), 60, 60))],
        ..Guidance::default()
    };
    let told = guidance.evaluation(&shipped(), Period { from: Day(4), to: Day(24) });
    assert_eq!(
        told.parts.iter().map(|part| part.instrument.to_string()).collect::<Vec<_>>(),
        ["zrm.1", "iroc-selection.1"],
        "what has goals comes first"
    );
    let domains: Vec<_> = told.parts[0].domains.iter().map(|one| (one.domain.as_str(), one.is_reached)).collect();
    assert_eq!(
        domains,
        [("finances", Some(true)), ("housing", Some(false))],
        "what came after the period is not in it"
    );
    assert_eq!(told.reached(), (2, 1));
    let own: Vec<_> =
        told.own_view.iter().map(|(code, on, said)| (code.as_str(), on.0, said.word.as_deref())).collect();
    assert_eq!(own, [("worked", 24, Some("Tim belde elke maandag"))]);
    let hours = told.hours.shown().unwrap();
    assert_eq!((hours.used.both, hours.granted.both), (Tenths(10), Tenths(20)));
}

#[test]
fn a_goal_is_told_before_anything_was_measured_and_a_list_in_words_is_not() {
    let guidance = Guidance {
        measurements: vec![measured("fitting.1", 6, &[], &[("qualities", "geduldig")])],
        goals: vec![goal("zrm.1", "adl", Aim::Progress, 5), goal("zrm.1", "justice", Aim::None, 6)],
        ..Guidance::default()
    };
    let told = guidance.evaluation(&shipped(), Period { from: Day(4), to: Day(24) });
    let domains = told.parts.iter().flat_map(|part| &part.domains).map(|one| one.domain.as_str());
    assert_eq!(domains.collect::<Vec<_>>(), ["adl"]);
    assert_eq!(told.reached(), (0, 0), "nothing to see it by yet");
}

#[test]
fn the_next_evaluation_begins_where_the_last_one_ended() {
    let guidance = Guidance {
        measurements: vec![measured("zrm.1", 20, &[("adl", 2)], &[])],
        goals: vec![goal("zrm.1", "adl", Aim::Progress, 15)],
        ..Guidance::default()
    };
    let over = |last: Option<u32>| guidance.to_look_back_on(last.map(Day), Day(80));
    assert_eq!(over(None), Period { from: Day(15), to: Day(80) });
    assert_eq!(over(Some(60)), Period { from: Day(60), to: Day(80) });
    let nothing = Guidance::default().to_look_back_on(None, Day(80));
    assert_eq!(nothing, Period { from: Day(80), to: Day(80) });
}
