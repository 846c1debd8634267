//! What a search understands, and how its pages follow one another.

use super::*;
use opstap_core::Millis;
use serde_json::json;

fn read(of: ResourceType, query: &[(&str, &str)]) -> Option<Search> {
    let pairs: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Search::read(of, &pairs)
}

fn goals(ids: &[&str]) -> Vec<Made> {
    ids.iter().map(|id| Made::bare(ResourceType::Goal, id, Some(Millis(1_000)), json!({}))).collect()
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
fn pages_follow_one_another_and_lose_nothing() {
    let all = ["a", "b", "c", "d", "e"];
    let first = read(ResourceType::Goal, &[("_count", "2")]).unwrap().page(goals(&all));
    assert_eq!((first.total, first.next.as_deref()), (5, Some("b")));
    let third = read(ResourceType::Goal, &[("_count", "2"), ("_after", "d")]).unwrap().page(goals(&all));
    let ids: Vec<_> = third.made.iter().map(|made| made.id.as_str()).collect();
    assert_eq!((third.total, ids, third.next), (5, vec!["e"], None));
    let whole = read(ResourceType::Goal, &[("_count", "5")]).unwrap().page(goals(&all));
    assert_eq!((whole.made.len(), whole.next), (5, None));
}

#[test]
fn what_has_no_such_time_is_not_found_by_it() {
    let found = |query: (&str, &str)| read(ResourceType::Goal, &[query]).unwrap().page(goals(&["a"])).total;
    assert_eq!(found(("date", "ge2000")), 0);
    assert_eq!(found(("_lastUpdated", "1970-01-01T00:00:01Z")), 1);
    assert_eq!(found(("_lastUpdated", "gt1970-01-01T00:00:01Z")), 0);
    assert_eq!((found(("_id", "b,a")), found(("_id", "b"))), (1, 0));
}

#[test]
fn the_address_of_the_next_page_asks_for_the_same() {
    let search = read(ResourceType::Goal, &[("date", "ge2026-11-30T10:00:00+01:00"), ("_after", "a"), ("_count", "2")]);
    let search = search.unwrap();
    assert_eq!(search.query(Some("c")), "date=ge2026-11-30T10:00:00%2B01:00&_count=2&_after=c");
    assert_eq!(search.query(None), "date=ge2026-11-30T10:00:00%2B01:00&_count=2");
}
