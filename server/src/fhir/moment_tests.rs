//! What a text of a time stands for, and what each comparison finds.

use super::*;

fn millis(text: &str) -> (u64, u64) {
    let span = Span::parse(text).unwrap();
    (span.from.0, span.to.unwrap().0 - span.from.0)
}

#[test]
fn a_text_stands_for_all_of_what_it_names() {
    const DAY: u64 = 86_400_000;
    assert_eq!(millis("1970"), (0, 365 * DAY));
    assert_eq!(millis("1970-02"), (31 * DAY, 28 * DAY));
    assert_eq!(millis("1970-01-02"), (DAY, DAY));
    assert_eq!(millis("1970-01-02T01:30Z"), (DAY + 5_400_000, 60_000));
    assert_eq!(millis("1970-01-02T01:30:05+01:00"), (DAY + 1_805_000, 1_000));
    assert_eq!(millis("1970-01-02T01:30:05 01:00"), (DAY + 1_805_000, 1_000));
    assert_eq!(millis("1970-01-02T01:30:05-01:00"), (DAY + 9_005_000, 1_000));
    assert_eq!(millis("1970-01-01T00:00:00.25Z"), (250, 1));
}

#[test]
fn what_is_no_time_is_none_and_makes_nothing_panic() {
    for text in [
        "",
        "26",
        "2026-13",
        "2026-11-31",
        "2026-11-30T10",
        "2026-11-30T10:00",
        "2026-11-30T24:00Z",
        "2026-11-30T10:00.5Z",
        "2026-11-30T10:00:00:00Z",
        "2026-11-30T10:00:00.1234567890Z",
        "2026-11-30T+1:00Z",
        "2026-11-30T10:00:00+25:00",
        "éé",
        "2026-11-30Té:00Z",
    ] {
        assert_eq!(Span::parse(text), None, "{text}");
    }
    for text in ["", "é", "g", "zz2026", "ge", "geé", "ge2026-11-3x"] {
        assert_eq!(TimeTest::parse(text), None, "{text}");
    }
}

fn holds(test: &str, span: Span) -> bool {
    TimeTest::parse(test).unwrap().holds(span)
}

#[test]
fn a_time_from_before_there_was_anything_is_before_everything() {
    let day = Span::of_day(Day(0));
    for (test, expected) in [("ge1900", true), ("gt1969-12-31", true), ("sa1968-02-29", true), ("eq1900", false)] {
        assert_eq!(holds(test, day), expected, "{test}");
    }
    for (test, expected) in [("le1969-12-31T23:59Z", false), ("lt1900", false), ("eb1900-01", false), ("ne1900", true)]
    {
        assert_eq!(holds(test, day), expected, "{test}");
    }
    assert_eq!(Span::parse("1900-13"), None);
    assert!(Span::parse("1970-01-01T00:00:00+01:00").is_some());
}

#[test]
fn each_prefix_compares_with_all_of_the_value() {
    let day = |text: &str| Span::of_day(Day::parse(text).unwrap());
    let (before, first, last, after) = (day("2026-10-31"), day("2026-11-01"), day("2026-11-30"), day("2026-12-01"));
    for (test, expected) in [
        ("2026-11", [false, true, true, false]),
        ("eq2026-11", [false, true, true, false]),
        ("ne2026-11", [true, false, false, true]),
        ("gt2026-11", [false, false, false, true]),
        ("ge2026-11", [false, true, true, true]),
        ("lt2026-11", [true, false, false, false]),
        ("le2026-11", [true, true, true, false]),
        ("sa2026-11", [false, false, false, true]),
        ("eb2026-11", [true, false, false, false]),
    ] {
        assert_eq!([before, first, last, after].map(|span| holds(test, span)), expected, "{test}");
    }
}

#[test]
fn what_goes_on_is_found_from_any_later_day_and_not_before_it_began() {
    let span = Span::of_days(Day::parse("2026-11-10").unwrap(), None);
    assert!(holds("ge2027", span) && holds("gt2027", span) && holds("le2026-11-10", span));
    assert!(!holds("le2026-11-09", span) && !holds("2026", span) && !holds("eb2030", span));
    let ended = Span::of_days(Day::parse("2026-11-01").unwrap(), Day::parse("2026-11-30"));
    assert!(holds("ge2026-11-30", ended) && !holds("ge2026-12-01", ended));
}
