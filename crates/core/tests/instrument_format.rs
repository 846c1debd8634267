//! Instrument files from elsewhere: whatever the bytes, the answer is an instrument that holds or one plain reason.

#![expect(clippy::unwrap_used, reason = "a test that can not read what it tests has to stop")]

use std::collections::BTreeSet;

use opstap_core::instrument::{
    Answer, Circumstance, Domain, Editable, Instrument, InstrumentFileError, InstrumentId, Label, Level, MOST_ALSO,
    MOST_BYTES, MOST_DOMAINS, MOST_LEVELS, MOST_NAME, MOST_RULES, MOST_TEXT, Mark, Place, Rule, SHIPPED, parse,
};
use opstap_core::plan_format::{Language, Name};
use proptest::prelude::*;
use serde_json::{Value, json};

fn good() -> Value {
    json!({
        "opstap-instrument": 1,
        "id": "moods",
        "version": "2",
        "name": {"nl": "Hoe het gaat", "en": "How it goes"},
        "source": {"nl": "zelf bedacht"},
        "rights": {"nl": "vrij te gebruiken"},
        "answer": "level",
        "marks": ["selection"],
        "levels": [{"nl": "slecht", "en": "bad"}, {"nl": "gaat"}, {"nl": "goed"}],
        "domains": [
            {"code": "work", "name": {"nl": "Werk"}, "also": ["baan"], "picture": "toolbox"},
            {"code": "money", "name": {"nl": "Geld", "en": "Money"}},
            {"code": "why", "name": {"nl": "Waarom?"}, "answer": "open"}
        ],
        "rules": [{"domain": "money", "most": 2, "when": "financial-guardianship"}]
    })
}

fn changed(pointer: &str, value: Value) -> Vec<u8> {
    let mut file = good();
    let (of, field) = pointer.rsplit_once('/').unwrap();
    match file.pointer_mut(of).unwrap() {
        Value::Array(list) => *list.get_mut(field.parse::<usize>().unwrap()).unwrap() = value,
        object => drop(object.as_object_mut().unwrap().insert(field.to_owned(), value)),
    }
    file.to_string().into_bytes()
}

fn without(pointer: &str) -> Vec<u8> {
    let mut file = good();
    let (of, field) = pointer.rsplit_once('/').unwrap();
    file.pointer_mut(of).unwrap().as_object_mut().unwrap().remove(field).unwrap();
    file.to_string().into_bytes()
}

/// What is wrong with a file, as people read it.
fn refusal(bytes: &[u8]) -> String {
    parse(bytes).unwrap_err().to_string()
}

#[test]
fn an_instrument_is_read_with_its_domains_levels_and_rules() {
    let instrument = parse(good().to_string().as_bytes()).unwrap();
    assert_eq!(instrument.id.to_string(), "moods.2");
    assert_eq!(instrument.name.get(Language::English), "How it goes");
    assert_eq!(instrument.marks, BTreeSet::from([Mark::Selection]));
    let answers: Vec<Answer> = instrument.domains.iter().map(|domain| instrument.answer_of(domain)).collect();
    assert_eq!(answers, [Answer::Level, Answer::Level, Answer::Open]);
    let called = |text: &str| instrument.domain_called(text).map(|domain| domain.code.as_str().to_owned());
    assert_eq!(called(" BAAN").as_deref(), Some("work"));
    assert_eq!(called("money").as_deref(), Some("money"));
    assert_eq!(called("sport"), None);
    let levels = ["Slecht", "bad", "1", "3 ", "4", "0", "beter"].map(|text| instrument.level_called(text));
    assert_eq!(levels.map(|level| level.map_or(0, Level::number)), [1, 1, 1, 3, 0, 0, 0]);
    assert_eq!(instrument.level_name(Level::new(2).unwrap()).map(|name| name.get(Language::English)), Some("gaat"));
}

/// Nothing else of such a file can be trusted to mean what it means today.
#[test]
fn an_instrument_of_a_newer_opstap_is_refused_with_its_version_and_what_to_do() {
    assert_eq!(
        refusal(br#"{"opstap-instrument": 3, "domains": "elsewhere"}"#),
        "The instrument has format version 3 and this Opstap reads up to 1: Opstap needs an update."
    );
}

#[test]
fn what_is_damaged_or_no_instrument_is_called_that() {
    assert_eq!(refusal(b"{\n  \"opstap-instrument\": 1,\n  \"id"), "The file is damaged at line 3, column 5.");
    let deep = "[".repeat(100_000);
    for bytes in [b"".as_slice(), b"\xff\xfe{}", deep.as_bytes()] {
        assert!(matches!(parse(bytes), Err(InstrumentFileError::Damaged { .. })));
    }
    for text in ["[]", "3", "{}", r#"{"opstap-plan": 1}"#] {
        assert_eq!(parse(text.as_bytes()), Err(InstrumentFileError::NotAnInstrument), "{text}");
    }
}

#[test]
fn what_is_missing_is_named_with_what_was_expected() {
    for (pointer, place, field) in [
        ("/id", Place::Instrument, "id"),
        ("/version", Place::Instrument, "version"),
        ("/name", Place::Instrument, "name"),
        ("/source", Place::Instrument, "source"),
        ("/rights", Place::Instrument, "rights"),
        ("/answer", Place::Instrument, "answer"),
        ("/levels", Place::Instrument, "levels"),
        ("/domains", Place::Instrument, "domains"),
        ("/domains/1/code", Place::Domain(1), "code"),
        ("/domains/1/name", Place::Domain(1), "name"),
        ("/rules/0/domain", Place::Rule(0), "domain"),
        ("/rules/0/most", Place::Rule(0), "most"),
        ("/rules/0/when", Place::Rule(0), "when"),
    ] {
        let error = parse(&without(pointer)).unwrap_err();
        let found =
            matches!(error, InstrumentFileError::Missing { place: at, field: of, .. } if (at, of) == (place, field));
        assert!(found, "{pointer}: {error}");
    }
    assert_eq!(refusal(&without("/rules/0/most")), "Rule 1 has no “most”: expected the number of a level, from 1 on.");
    assert!(refusal(&changed("/domains/0", json!("werk"))).starts_with("Domain 1 has no “code”: expected an object"));
}

#[test]
fn what_can_not_be_used_is_named_with_what_was_expected() {
    for (pointer, value, place, field) in [
        ("/opstap-instrument", json!("1"), Place::Instrument, "opstap-instrument"),
        ("/opstap-instrument", json!(0), Place::Instrument, "opstap-instrument"),
        ("/id", json!("../secret"), Place::Instrument, "id"),
        ("/version", json!(2), Place::Instrument, "version"),
        ("/name", json!("Hoe het gaat"), Place::Instrument, "name"),
        ("/name/nl", json!("  "), Place::Instrument, "name"),
        ("/name/de", json!("Wie es geht"), Place::Instrument, "name"),
        ("/name/nl", json!("n".repeat(MOST_NAME + 1)), Place::Instrument, "name"),
        ("/about", json!({"nl": "a".repeat(MOST_TEXT + 1)}), Place::Instrument, "about"),
        ("/answer", json!("levels"), Place::Instrument, "answer"),
        ("/marks", json!(["selection", "selection"]), Place::Instrument, "marks"),
        ("/marks", json!("selection"), Place::Instrument, "marks"),
        ("/editable", json!(["levels"]), Place::Instrument, "editable"),
        ("/levels/1", json!("gaat"), Place::Level(1), "name"),
        ("/levels/1/en", json!(4), Place::Level(1), "name"),
        ("/domains/0/code", json!("Work"), Place::Domain(0), "code"),
        ("/domains/0/also", json!([1]), Place::Domain(0), "also"),
        ("/domains/0/also", json!(["a".repeat(MOST_NAME + 1)]), Place::Domain(0), "also"),
        ("/domains/0/picture", json!("a/b"), Place::Domain(0), "picture"),
        ("/domains/0/answer", json!(null), Place::Domain(0), "answer"),
        ("/rules/0/domain", json!("sport"), Place::Rule(0), "domain"),
        ("/rules/0/domain", json!("why"), Place::Rule(0), "domain"),
        ("/rules/0/most", json!(0), Place::Rule(0), "most"),
        ("/rules/0/most", json!(3), Place::Rule(0), "most"),
        ("/rules/0/most", json!(1.5), Place::Rule(0), "most"),
        ("/rules/0/when", json!("rain"), Place::Rule(0), "when"),
    ] {
        let error = parse(&changed(pointer, value)).unwrap_err();
        let found =
            matches!(error, InstrumentFileError::Unusable { place: at, field: of, .. } if (at, of) == (place, field));
        assert!(found, "{pointer}: {error}");
    }
    assert_eq!(
        refusal(&changed("/rules/0/most", json!(3))),
        "Rule 1 has “most” that can't be used: expected a level of this instrument below its highest."
    );
}

/// A rule that is spelt wrong would be no rule, and nobody would notice.
#[test]
fn a_field_of_another_name_is_refused() {
    for (pointer, place) in
        [("/rule", Place::Instrument), ("/domains/2/picure", Place::Domain(2)), ("/rules/0/least", Place::Rule(0))]
    {
        let error = parse(&changed(pointer, json!(1))).unwrap_err();
        assert!(matches!(error, InstrumentFileError::Unknown { place: at, .. } if at == place), "{pointer}: {error}");
    }
}

#[test]
fn two_domains_or_levels_that_nobody_can_tell_apart_are_refused() {
    let twice = |place, field| Err(InstrumentFileError::Twice { place, field });
    assert_eq!(parse(&changed("/domains/2/code", json!("work"))), twice(Place::Domain(2), "code"));
    for name in ["WERK", "Baan", "Money"] {
        assert_eq!(parse(&changed("/domains/2/name", json!({"nl": name}))), twice(Place::Domain(2), "name"));
    }
    assert_eq!(parse(&changed("/levels/2", json!({"nl": "Bad"}))), twice(Place::Level(2), "name"));
    assert!(parse(&changed("/levels/2", json!({"nl": "goed", "en": "Goed"}))).is_ok());
}

#[test]
fn levels_are_there_exactly_where_something_is_answered_with_them() {
    let mut open = good();
    open["answer"] = json!("yes-no");
    open.as_object_mut().unwrap().remove("rules");
    assert!(refusal(open.to_string().as_bytes()).starts_with("The instrument has “levels” that can't be used"));
    open["domains"][0]["answer"] = json!("stage");
    assert!(parse(open.to_string().as_bytes()).is_ok());
}

#[test]
fn a_domain_has_a_name_unless_the_organisation_enters_it_and_a_picture_where_all_have_one() {
    let mut file = good();
    file["domains"][0].as_object_mut().unwrap().remove("name");
    assert!(refusal(file.to_string().as_bytes()).starts_with("Domain 1 has no “name”"));
    file["editable"] = json!(["domain-names"]);
    assert_eq!(parse(file.to_string().as_bytes()).unwrap().domains[0].name, None);
    let drawn = refusal(&changed("/marks", json!(["in-pictures"])));
    assert!(drawn.starts_with("Domain 2 has no “picture”"), "{drawn}");
}

#[test]
fn a_list_that_is_too_short_or_too_long_is_refused_with_its_limits() {
    let many = |item: Value, count: usize| Value::Array(vec![item; count]);
    for (pointer, item, counts, field) in [
        ("/domains", json!({"code": "a", "name": {"nl": "A"}}), vec![0, MOST_DOMAINS + 1], "domains"),
        ("/levels", json!({"nl": "hoog"}), vec![1, MOST_LEVELS + 1], "levels"),
        ("/rules", good()["rules"][0].clone(), vec![MOST_RULES + 1], "rules"),
        ("/domains/0/also", json!("baan"), vec![MOST_ALSO + 1], "also"),
    ] {
        for count in counts {
            let error = parse(&changed(pointer, many(item.clone(), count))).unwrap_err();
            let found =
                matches!(error, InstrumentFileError::Count { field: of, found, .. } if (of, found) == (field, count));
            assert!(found, "{pointer}: {error}");
        }
    }
    let none = refusal(&changed("/domains", json!([])));
    assert_eq!(none, "The instrument has 0 in “domains”: expected 1 to 50.");
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let mut bytes = good().to_string().into_bytes();
    bytes.resize(MOST_BYTES, b' ');
    assert!(parse(&bytes).is_ok());
    bytes.push(b' ');
    assert_eq!(parse(&bytes), Err(InstrumentFileError::TooLarge { bytes: MOST_BYTES + 1 }));
}

/// The largest that the limits allow: every text full of what JSON writes with two bytes.
fn largest() -> Instrument {
    let name = |n: usize| Name::new(&format!("{n:0>64}")).unwrap();
    let text = |n: usize, bytes: usize| format!("{n}{}", "\"".repeat(bytes - n.to_string().len()));
    let label = |n: usize, bytes| Label::new(&text(n, bytes), Some(&text(n, bytes))).unwrap();
    let domain = |n: usize| {
        let mut domain = Domain::new(name(n), Some(label(n, MOST_NAME)));
        domain.also = vec![text(n, MOST_NAME); MOST_ALSO];
        domain.picture = Some(name(n));
        domain.answer = Some(Answer::Level);
        domain
    };
    let (most, when) = (Level::new(9).unwrap(), Circumstance::FinancialGuardianship);
    Instrument {
        id: InstrumentId { instrument: name(0), version: name(0) },
        name: label(0, MOST_NAME),
        about: Some(label(0, MOST_TEXT)),
        source: label(0, MOST_TEXT),
        rights: label(0, MOST_TEXT),
        answer: Answer::YesNo,
        marks: Mark::ALL.iter().copied().collect(),
        editable: Editable::ALL.iter().copied().collect(),
        levels: (0..MOST_LEVELS).map(|n| label(n, MOST_NAME)).collect(),
        domains: (0..MOST_DOMAINS).map(domain).collect(),
        rules: (0..MOST_RULES).map(|n| Rule { domain: name(n), most, when }).collect(),
    }
}

#[test]
fn whatever_the_limits_allow_can_be_written_and_is_read_back_the_same() {
    let largest = largest();
    assert_eq!(parse(&largest.to_json().unwrap()), Ok(largest));
}

#[test]
fn an_instrument_that_would_not_be_read_is_not_written() {
    let with = |change: fn(&mut Instrument)| {
        let mut instrument = parse(good().to_string().as_bytes()).unwrap();
        change(&mut instrument);
        instrument.to_json()
    };
    assert!(with(|_| {}).is_ok());
    assert!(with(|it| it.domains.clear()).is_err());
    assert!(with(|it| it.levels.clear()).is_err());
    assert!(with(|it| it.domains[0].name = None).is_err());
    assert!(with(|it| it.domains[0].also = vec![" baan".to_owned()]).is_err());
    assert!(with(|it| it.rules[0].domain = it.domains[2].code.clone()).is_err());
    assert!(with(|it| it.marks.extend([Mark::InPictures])).is_err());
    assert!(with(|it| it.name = Label::new(&"n".repeat(MOST_NAME + 1), None).unwrap()).is_err());
}

#[test]
fn the_examples_in_the_description_are_instruments_that_hold() {
    let page = include_str!("../../../docs/instrument-format.md");
    let examples: Vec<Instrument> = page
        .split("```")
        .filter_map(|block| block.strip_prefix("json\n"))
        .map(|example| parse(example.as_bytes()).unwrap())
        .collect();
    let ids: Vec<String> = examples.iter().map(|instrument| instrument.id.to_string()).collect();
    assert_eq!(ids, ["week.1", "walk.1"]);
    let codes = Answer::ALL.iter().map(|one| one.code()).chain(Mark::ALL.iter().map(|one| one.code()));
    let codes = codes.chain(Editable::ALL.iter().map(|one| one.code()));
    for code in codes.chain(Circumstance::ALL.iter().map(|one| one.code())) {
        assert!(page.contains(&format!("| `{code}` |")), "{code}");
    }
}

/// Whatever was read can be written and reads the same again; whatever was not has one plain sentence.
fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    match parse(bytes) {
        Ok(instrument) => {
            let written = instrument.to_json().unwrap();
            prop_assert_eq!(parse(&written), Ok(instrument.clone()));
            prop_assert_eq!(parse(&written).unwrap().to_json(), Ok(written));
        }
        Err(error) => {
            let text = error.to_string();
            prop_assert!(text.ends_with('.') && !text.contains(". ") && !text.contains('\n'));
        }
    }
    Ok(())
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[a-z]{1,4}(-[0-9]{1,2})?".prop_map(Value::from),
        Just(json!([])),
        Just(json!(["domain-names"])),
        Just(json!([{"code": "a"}, {"nl": "A", "en": "A"}])),
        (".{1,9}", ".{1,9}").prop_map(|(nl, en)| json!({"nl": nl, "en": en})),
    ]
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        holds(&bytes)?;
    }

    #[test]
    fn a_good_file_with_any_bytes_changed_or_cut_off_gives_an_answer(
        file in 0..SHIPPED.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = SHIPPED[file].to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            holds(&bytes)?;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        holds(&bytes)?;
    }

    #[test]
    fn a_good_instrument_with_any_value_anywhere_gives_an_answer(
        pointer in proptest::sample::select(vec![
            "/opstap-instrument", "/id", "/name", "/name/en", "/about", "/answer", "/marks", "/editable", "/levels",
            "/levels/1", "/domains", "/domains/1", "/domains/1/name", "/domains/0/also", "/domains/0/answer", "/rules",
            "/rules/0/most", "/rules/0/domain",
        ]),
        value in any_value(),
    ) {
        holds(&changed(pointer, value))?;
    }

    #[test]
    fn any_instrument_that_holds_is_written_and_read_back_the_same(
        names in proptest::collection::btree_set("[a-zé\"\\\\]([a-zé ]{0,4}[a-z])?", 2..9),
        (levels, most) in (2..6_u8).prop_flat_map(|levels| (Just(levels), 1..levels)),
        answers in proptest::collection::vec(proptest::option::of(proptest::sample::select(Answer::ALL)), 9),
        english in any::<bool>(),
    ) {
        let mut instrument = largest();
        instrument.answer = Answer::Level;
        instrument.levels.truncate(usize::from(levels));
        let domain = |(n, (name, answer)): (usize, (&String, &Option<Answer>))| {
            let name = Label::new(name, english.then_some(name));
            let mut domain = Domain::new(Name::new(&format!("d-{n}")).unwrap(), name);
            domain.picture = Name::new("house");
            domain.answer = answer.filter(|_| n > 0);
            domain
        };
        instrument.domains = names.iter().zip(&answers).enumerate().map(domain).collect();
        let (most, when) = (Level::new(most).unwrap(), Circumstance::FinancialGuardianship);
        instrument.rules = vec![Rule { domain: Name::new("d-0").unwrap(), most, when }];
        prop_assert_eq!(parse(&instrument.to_json().unwrap()), Ok(instrument));
    }
}
