//! What a search finds, and how its pages follow one another.

use opstap_core::access::Section;
use opstap_core::{CircleId, Millis};
use serde_json::json;

use super::*;
use crate::fhir::ResourceType;

/// The page of a query among these circles.
fn page(query: &[(&str, &str)], circles: Vec<Vec<Made>>) -> Page {
    let pairs: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut finding = Finding::of(&Search::read(ResourceType::Practitioner, &pairs).unwrap());
    circles.into_iter().for_each(|circle| finding.add(circle));
    finding.page()
}

/// Somebody, as this circle says it.
fn said_in(circle: u8, id: &str, changed: u64) -> Made {
    let body = json!({ "name": [{ "text": format!("{id} in {circle}") }] });
    let made = Made::bare(ResourceType::Practitioner, id, Some(Millis(changed)), body);
    Made { given: vec![(CircleId([circle; 16]), Section::Circle)], ..made }
}

fn all(ids: &[&str]) -> Vec<Made> {
    ids.iter().map(|id| said_in(1, id, 1_000)).collect()
}

fn ids(page: &Page) -> Vec<&str> {
    page.made.iter().map(|made| made.id.as_str()).collect()
}

#[test]
fn pages_follow_one_another_and_lose_nothing_whichever_circle_comes_first() {
    let circles = || vec![all(&["e", "b"]), all(&["d"]), all(&["a", "c"])];
    let first = page(&[("_count", "2")], circles());
    assert_eq!((first.total, ids(&first), first.next.as_deref()), (5, vec!["a", "b"], Some("b")));
    let second = page(&[("_count", "2"), ("_after", "b")], circles());
    assert_eq!((second.total, ids(&second), second.next.as_deref()), (5, vec!["c", "d"], Some("d")));
    let third = page(&[("_count", "2"), ("_after", "d")], circles());
    assert_eq!((third.total, ids(&third), third.next.as_deref()), (5, vec!["e"], None));
    let whole = page(&[("_count", "5")], circles());
    assert_eq!((ids(&whole), whole.next.as_deref()), (vec!["a", "b", "c", "d", "e"], None));
}

#[test]
fn what_has_no_such_time_is_not_found_by_it() {
    let found = |query: (&str, &str)| page(&[query], vec![all(&["a"])]).total;
    assert_eq!(found(("_lastUpdated", "1970-01-01T00:00:01Z")), 1);
    assert_eq!(found(("_lastUpdated", "gt1970-01-01T00:00:01Z")), 0);
    assert_eq!((found(("_id", "b,a")), found(("_id", "b"))), (1, 0));
    let goals = Search::read(ResourceType::Goal, &[("date".to_owned(), "ge2000".to_owned())]);
    let mut finding = Finding::of(&goals.unwrap());
    finding.add(all(&["a"]));
    assert_eq!(finding.page().total, 0, "there is no date on it");
}

#[test]
fn whoever_is_in_several_circles_is_one_and_is_logged_where_they_were_read() {
    let circles = || vec![vec![said_in(2, "b", 1_000)], vec![said_in(1, "a", 1_000), said_in(1, "b", 9_000)]];
    let found = page(&[], circles());
    assert_eq!((found.total, ids(&found)), (2, vec!["a", "b"]));
    assert_eq!(found.made[1].body["name"][0]["text"], "b in 2");
    assert_eq!(found.made[1].given, [(CircleId([2; 16]), Section::Circle)]);
    assert_eq!(page(&[("_lastUpdated", "gt1970-01-01T00:00:05Z")], circles()).total, 0, "nor by what is not given out");
}

#[test]
fn one_is_found_by_its_id_alone() {
    let mut finding = Finding::of(&Search::of_id("a,b".to_owned()));
    finding.add(all(&["a", "a,b", "b"]));
    assert_eq!(ids(&finding.page()), ["a,b"]);
}
