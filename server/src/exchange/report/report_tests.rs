//! The report in its three forms and two languages, for the organisation and for others.

use std::collections::BTreeSet;

use opstap_core::model::{Channel, Indication, SpecialTransport, Stage, StopReason, TimeRole, TravelMode};
use opstap_insight::{BreakdownKey, CohortState, FigureKey, Quarter};

use super::*;
use crate::exchange::form::{FileRow, Outcome};
use crate::exchange::{grid, read};

const FIXTURE: &str = include_str!("../../../../tests/fixtures/travel-programme.csv");

/// Every figure there can be, once for each word.
fn all_figures() -> Vec<FigureKey> {
    use FigureKey as Key;
    let quarter = Quarter { year: 2013, of_year: 3 };
    let said = || [Some(true), Some(false), None];
    let or_none = |all: &'static [StopReason]| all.iter().copied().map(Some).chain([None]);
    let mut keys = vec![
        Key::Registered,
        Key::Waiting,
        Key::Outside,
        Key::Withdrew,
        Key::Started,
        Key::Running,
        Key::Stopped,
        Key::Completed,
        Key::FollowedUp,
        Key::NotFollowedUp,
        Key::WithinThreeMonths,
        Key::Later,
        Key::StartedIn(2013),
        Key::CompletedIn(2013),
        Key::CompletedInQuarter(quarter),
    ];
    keys.extend(Channel::ALL.iter().copied().map(Key::Through));
    keys.extend(or_none(StopReason::ALL).map(Key::WithdrewFor));
    keys.extend(or_none(StopReason::ALL).map(Key::StoppedFor));
    keys.extend(Indication::ALL.iter().copied().map(Some).chain([None]).map(Key::WithIndication));
    keys.extend(TravelMode::ALL.iter().copied().map(Some).chain([None]).map(Key::ByMode));
    keys.extend(SpecialTransport::ALL.iter().copied().map(Some).chain([None]).map(Key::Special));
    keys.extend(said().map(Key::Travels));
    keys.extend(said().map(Key::OtherRoutes));
    keys.extend(CohortState::ALL.map(|state| Key::Cohort(quarter, 6, state)));
    for role in TimeRole::ALL.iter().copied() {
        keys.extend(Stage::ALL.iter().map(|stage| Key::HoursIn(role, *stage)));
        keys.extend([Key::Hours(role), Key::HoursOfCompleted(role), Key::HoursOfOthers(role)]);
        keys.extend([Key::HoursKnown(role), Key::HoursUnknown(role)]);
    }
    keys
}

fn rows() -> Vec<ProgrammeRow> {
    let rows = read::held(&grid::lines(FIXTURE.as_bytes()).unwrap()).all().unwrap();
    (1_u8..).zip(rows).map(|(n, (_, row))| programme_row(n, row)).collect()
}

fn programme_row(n: u8, row: FileRow) -> ProgrammeRow {
    use opstap_core::model::{Registration, RegistrationFollowUp, TrajectoryOutcome};
    let registration = Registration {
        number: Some(row.number),
        indication: row.indication,
        mode: row.mode,
        outcome: match row.outcome {
            Outcome::Outside => Some(TrajectoryOutcome::Outside),
            Outcome::Withdrew => Some(TrajectoryOutcome::Withdrew),
            _ => None,
        },
        started: row.started,
        completed: row.completed,
        ..Registration::of(row.registered, row.channel)
    };
    let follow_up = row.follow_up.map(|found| RegistrationFollowUp {
        on: found.on,
        months: None,
        travels: found.travels,
        other_routes: found.other_routes,
        special: found.special,
    });
    let follow_ups = Vec::from_iter(follow_up);
    ProgrammeRow { id: RecordId([n; 16]), registration, follow_ups, times: Vec::new() }
}

fn told(format: ReportFormat, reader: Reader, language: Language) -> String {
    let rows = rows();
    let day = Day::parse("2014-01-31").unwrap();
    let programme = Programme::of(&rows, None, day);
    Told::of(("De Brug", day), &programme, &rows, (reader, language)).unwrap().written(format)
}

/// What a report for people says behind a title.
fn amount(text: &str, title: &str) -> String {
    let after = text.lines().filter_map(|line| line.trim_start().strip_prefix(title)).map(str::trim);
    after.into_iter().find(|rest| !rest.is_empty() && !rest.contains(' ')).unwrap_or_default().to_owned()
}

#[test]
fn every_figure_and_breakdown_has_words_in_both_languages() {
    let programme = Programme::of(&rows(), None, Day::parse("2014-01-31").unwrap());
    for language in [Language::Nl, Language::En] {
        let words = Words::of(language).unwrap();
        for key in all_figures() {
            let said = words.figure(key);
            assert!(!said.title.is_empty() && !said.title.contains('{'), "{key:?} in {language:?}: {said:?}");
        }
        for breakdown in &programme.breakdowns {
            let said = words.breakdown(breakdown.key);
            let filled = !said.title.contains('{') && !said.definition.contains('{');
            assert!(filled && !said.title.is_empty() && !said.definition.is_empty(), "{breakdown:?} in {language:?}");
        }
    }
    // The list above is whole: nothing that is told is missing from it.
    let known: BTreeSet<String> = all_figures().into_iter().map(FigureKey::word).collect();
    for (key, _) in programme.figures() {
        assert!(known.contains(&key.word()), "{key:?}");
    }
}

#[test]
fn words_that_nobody_says_are_not_kept() {
    let known: BTreeSet<String> = all_figures().into_iter().map(FigureKey::word).collect();
    for language in [
        include_str!("../../../../frontend/locales/report/nl.json"),
        include_str!("../../../../frontend/locales/report/en.json"),
    ] {
        let words: serde_json::Value = serde_json::from_str(language).unwrap();
        let kept: BTreeSet<String> = words["figures"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(kept, known);
    }
}

#[test]
fn a_report_for_people_says_each_figure_with_its_definition() {
    let dutch = told(ReportFormat::Text, Reader::Organisation, Language::Nl);
    for sentence in [
        "Reisbegeleiding bij De Brug, op 2014-01-31",
        "Alle rijen van het programma die niet zijn weggehaald.",
        "De laatste keer was hoogstens 92 dagen nadat het klaar was.",
    ] {
        assert!(dutch.contains(sentence), "{sentence}: {dutch}");
    }
    assert_eq!(amount(&dutch, "Consulent"), "16");
    assert_eq!(amount(&dutch, "Binnen drie maanden"), "10");
    let english = told(ReportFormat::Text, Reader::Organisation, Language::En);
    assert_eq!(amount(&english, "Special transport less often"), "13");
    assert!(english.contains("Quarter 3 of 2013"), "{english}");
}

#[test]
fn targets_and_time_stand_beside_what_came_of_them() {
    use opstap_core::model::{ProgrammeSettings, RegistrationTime};
    let mut rows = rows();
    for row in rows.iter_mut().filter(|row| row.registration.completed.is_some()) {
        row.times = vec![RegistrationTime { stage: Stage::Practice, role: TimeRole::Volunteer, minutes: 605 }];
    }
    let settings = ProgrammeSettings { served: None, target_started: Some(40), target_completed: Some(30) };
    let day = Day::parse("2014-01-31").unwrap();
    let programme = Programme::of(&rows, Some(&settings), day);
    let told = |reader| Told::of(("De Brug", day), &programme, &rows, (reader, Language::En)).unwrap();
    let text = told(Reader::Outside).written(ReportFormat::Text);
    let amount = |title| amount(&text, title);
    assert_eq!(amount("Target: started in 2013"), "40");
    assert_eq!(amount("Target: done in 2013"), "30");
    assert_eq!(amount("Practice"), "242:00");
    assert_eq!(amount("Volunteers’ time per trajectory that is done"), "10:05");
    let table = told(Reader::Organisation).written(ReportFormat::Csv);
    assert!(table.contains(",per-completed-volunteer,,,,Volunteers’ time per trajectory that is done,605,minutes"));
    assert!(table.contains(",target-completed,2013,,,Target: done in 2013,30,registrations"), "{table}");
}

#[test]
fn whoever_is_outside_reads_no_small_number_and_no_name_of_a_row() {
    for format in [ReportFormat::Text, ReportFormat::Csv, ReportFormat::Json] {
        let inside = told(format, Reader::Organisation, Language::En);
        let outside = told(format, Reader::Outside, Language::En);
        assert!(format == ReportFormat::Text || inside.contains("R017"), "{inside}");
        assert!(!outside.contains("R017"), "{outside}");
    }
    let table = told(ReportFormat::Csv, Reader::Outside, Language::En);
    let amounts: Vec<_> = table.lines().skip(1).filter_map(|line| line.split(',').nth(6)).collect();
    assert!(amounts.contains(&"hidden") && amounts.contains(&"62"), "{table}");
    for small in ["1", "2", "3", "4"] {
        assert!(!amounts.contains(&small), "{table}");
    }
    let text = told(ReportFormat::Text, Reader::Outside, Language::Nl);
    assert!(text.contains("niet getoond"), "{text}");
}

#[test]
fn a_cohort_is_told_in_words_that_tell_not_asked_from_not_reached() {
    let lines = |reader| told(ReportFormat::Text, reader, Language::Nl);
    let text = lines(Reader::Organisation);
    let quarter: Vec<_> = text.lines().skip_while(|line| !line.starts_with("Cohorten")).skip(2).take(5).collect();
    assert!(quarter[0].starts_with("  Kwartaal "), "{quarter:?}");
    assert!(quarter[1].starts_with("    na 1 mnd: ") && quarter[1].contains("niet gevraagd"), "{quarter:?}");
    assert!(!text.contains("niet bereikt") && !text.contains(" n0"), "{text}");
    assert!(lines(Reader::Outside).contains("na 1 mnd: niet getoond"), "{}", lines(Reader::Outside));
}

#[test]
fn a_program_gets_each_figure_with_the_rows_behind_it() {
    let report: serde_json::Value =
        serde_json::from_str(&told(ReportFormat::Json, Reader::Organisation, Language::Nl)).unwrap();
    let figures = report["figures"].as_array().unwrap();
    let wsw = figures.iter().find(|figure| figure["key"] == "indication-wsw").unwrap();
    assert_eq!((&wsw["amount"], &wsw["rows"]), (&serde_json::json!(1), &serde_json::json!(["R039"])));
    let breakdown = report["breakdowns"].as_array().unwrap().iter().find(|one| one["key"] == "by-indication").unwrap();
    let of_group = |place: &serde_json::Value| &figures[usize::try_from(place.as_u64().unwrap()).unwrap()];
    let groups = breakdown["groups"].as_array().unwrap().iter().map(of_group);
    assert_eq!(groups.map(|figure| figure["amount"].as_u64().unwrap()).collect::<Vec<_>>(), [23, 6, 1, 6]);
    assert_eq!(of_group(&breakdown["of"])["key"], "started");
}

#[test]
fn a_key_and_the_breakdowns_of_a_quarter_say_which_quarter() {
    let words = Words::of(Language::En).unwrap();
    let key = BreakdownKey::Cohort(Quarter { year: 2013, of_year: 4 }, 12);
    assert_eq!(words.breakdown(key).title, "Quarter 4 of 2013, after 12 months");
}
