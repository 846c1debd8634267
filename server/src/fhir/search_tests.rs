//! What a search understands.

use super::*;

fn read(of: ResourceType, query: &[(&str, &str)]) -> Option<Search> {
    let pairs: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Search::read(of, &pairs)
}

#[test]
fn a_parameter_that_is_not_understood_is_not_passed_over() {
    let goal = ResourceType::Goal;
    for query in [("status", "active"), ("date", "gisteren"), ("_count", "0"), ("_count", "-1"), ("_format", "xml")] {
        assert_eq!(read(goal, &[query]), None, "{query:?}");
    }
    assert_eq!(read(ResourceType::Patient, &[("date", "2026")]), None, "a person has no date");
    assert_eq!(read(ResourceType::Practitioner, &[("patient", "x")]), None);
    assert_eq!(read(ResourceType::Questionnaire, &[("_lastUpdated", "2026")]), None);
    for query in [("start-date", "ge2026"), ("_count", "5"), ("_format", "json"), ("_id", "a,b")] {
        assert!(read(goal, &[query]).is_some(), "{query:?}");
    }
}

#[test]
fn a_patient_is_named_by_reference_or_id_and_whoever_cannot_be_is_nobody() {
    let id = "0".repeat(31) + "a";
    let patient = |value: &str| read(ResourceType::Goal, &[("patient", value)]).unwrap().patient;
    assert_eq!(patient(&id), Some(id.parse().ok()));
    assert_eq!(patient(&format!("Patient/{id}")), Some(id.parse().ok()));
    for nobody in ["", "sem", &id.to_uppercase(), "Practitioner/x"] {
        assert_eq!(patient(nobody), Some(None), "{nobody}");
    }
}

#[test]
fn the_address_of_the_next_page_asks_for_the_same() {
    let search = read(ResourceType::Goal, &[("date", "ge2026-11-30T10:00:00+01:00"), ("_after", "a"), ("_count", "2")]);
    let search = search.unwrap();
    assert_eq!(search.query(Some("c")), "date=ge2026-11-30T10:00:00%2B01:00&_count=2&_after=c");
    assert_eq!(search.query(None), "date=ge2026-11-30T10:00:00%2B01:00&_count=2");
}
