//! Plan files from elsewhere: whatever the bytes, the answer is a plan that holds or one plain reason.

#![expect(clippy::unwrap_used, reason = "a test that can not read what it tests has to stop")]

use opstap_core::plan_format::{
    self, Language, MOST_BYTES, MOST_STEPS, Name, Part, PlanFile, PlanFileError, PlanStep, Theme, Words, parse,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const SHOPPING: &[u8] = include_bytes!("../../../library/plans/boodschappen-doen.json");

fn good() -> Value {
    json!({
        "opstap-plan": 1,
        "id": "thee-zetten",
        "theme": "food",
        "picture": "teapot",
        "title": {"nl": "Thee zetten", "en": "Making tea"},
        "steps": [
            {"text": {"nl": "Kook water."}, "picture": "kettle"},
            {"text": {"en": "Pour the tea.", "de": "Tee eingießen."}}
        ]
    })
}

fn changed(pointer: &str, value: Value) -> Vec<u8> {
    let mut plan = good();
    *plan.pointer_mut(pointer).unwrap() = value;
    plan.to_string().into_bytes()
}

fn without(field: &str) -> Vec<u8> {
    let mut plan = good();
    plan.as_object_mut().unwrap().remove(field).unwrap();
    plan.to_string().into_bytes()
}

#[test]
fn a_plan_is_read_with_its_texts_in_one_or_two_languages() {
    let plan = parse(good().to_string().as_bytes()).unwrap();
    assert_eq!(plan.theme, Theme::Food);
    assert_eq!(plan.title.get(Language::English), "Making tea");
    let steps: Vec<(&str, Option<&str>)> = plan
        .steps
        .iter()
        .map(|step| {
            let picture = step.picture.as_ref().map(Name::as_str);
            (step.text.get(Language::Dutch), picture)
        })
        .collect();
    assert_eq!(steps, [("Kook water.", Some("kettle")), ("Pour the tea.", None)]);
    let last = plan.steps.last().unwrap();
    assert_eq!(last.text.exactly(Language::Dutch), None);
}

/// Nothing else of such a file can be trusted to mean what it means today.
#[test]
fn a_plan_of_a_newer_opstap_is_refused_with_its_version_and_what_to_do() {
    let error = parse(br#"{"opstap-plan": 7, "steps": "elsewhere"}"#).unwrap_err();
    assert_eq!(error, PlanFileError::TooNew { version: 7 });
    assert_eq!(
        error.to_string(),
        "The plan has format version 7 and this Opstap reads up to 1: Opstap needs an update."
    );
}

#[test]
fn a_damaged_file_is_refused_with_the_place() {
    let cut = b"{\n  \"opstap-plan\": 1,\n  \"id\": \"thee";
    let error = parse(cut).unwrap_err();
    assert_eq!(error, PlanFileError::Damaged { line: 3, column: 13 });
    assert_eq!(error.to_string(), "The file is damaged at line 3, column 13.");
    let deep = "[".repeat(100_000);
    for bytes in [b"".as_slice(), b"\xff\xfe{}", deep.as_bytes()] {
        assert!(matches!(parse(bytes), Err(PlanFileError::Damaged { .. })));
    }
}

#[test]
fn json_that_is_no_plan_is_called_that() {
    for text in ["[]", "3", "{}", r#"{"title": "x"}"#] {
        assert_eq!(parse(text.as_bytes()), Err(PlanFileError::NotAPlan), "{text}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for field in ["id", "theme", "picture", "title", "steps"] {
        let part = Part::Plan;
        assert_eq!(parse(&without(field)), Err(PlanFileError::Missing { part, field }));
    }
    for (step, value) in [(0, json!({})), (1, json!({"text": {"nl": "  "}})), (1, json!(3))] {
        let error = parse(&changed(&format!("/steps/{step}"), value)).unwrap_err();
        let (part, field) = (Part::Step(step), "text");
        assert_eq!(error, PlanFileError::Missing { part, field });
        assert_eq!(error.to_string(), format!("Step {} has no text.", step + 1));
    }
}

#[test]
fn what_can_not_be_used_is_named() {
    for (pointer, value, part, field) in [
        ("/opstap-plan", json!("1"), Part::Plan, "opstap-plan"),
        ("/opstap-plan", json!(0), Part::Plan, "opstap-plan"),
        ("/id", json!("../secret"), Part::Plan, "id"),
        ("/id", json!("Thee"), Part::Plan, "id"),
        ("/theme", json!("space"), Part::Plan, "theme"),
        ("/picture", json!(4), Part::Plan, "picture"),
        ("/title", json!("Thee"), Part::Plan, "title"),
        ("/title/nl", json!(4), Part::Plan, "title"),
        ("/steps", json!({}), Part::Plan, "steps"),
        ("/steps/0/picture", json!("a/b"), Part::Step(0), "picture"),
    ] {
        assert_eq!(parse(&changed(pointer, value)), Err(PlanFileError::Unusable { part, field }), "{pointer}");
    }
}

#[test]
fn no_steps_too_many_steps_and_too_many_things_are_refused() {
    assert_eq!(parse(&changed("/steps", json!([]))), Err(PlanFileError::NoSteps));
    let step = json!({"text": {"nl": "Ga."}});
    let many = |count: usize| json!(vec![step.clone(); count]);
    assert!(parse(&changed("/steps", many(MOST_STEPS))).is_ok());
    assert_eq!(
        parse(&changed("/steps", many(MOST_STEPS + 1))),
        Err(PlanFileError::TooManySteps { steps: MOST_STEPS + 1 })
    );
    let mut plan = good();
    let thing = json!({"text": {"nl": "tas"}, "picture": "backpack"});
    plan.as_object_mut().unwrap().insert("take".into(), json!(vec![thing; 4]));
    assert_eq!(parse(plan.to_string().as_bytes()), Err(PlanFileError::TooManyThings { things: 4 }));
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let mut bytes = SHOPPING.to_vec();
    bytes.resize(MOST_BYTES, b' ');
    assert!(parse(&bytes).is_ok());
    bytes.push(b' ');
    assert_eq!(parse(&bytes), Err(PlanFileError::TooLarge { bytes: MOST_BYTES + 1 }));
}

#[test]
fn what_another_program_added_is_kept() {
    let mut plan = good();
    plan.as_object_mut().unwrap().insert("author".into(), json!({"name": "A", "since": 3}));
    *plan.pointer_mut("/steps/0").unwrap() = json!({"text": {"nl": "Kook water."}, "sound": "kook.mp3"});
    let read = parse(plan.to_string().as_bytes()).unwrap();
    let written: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
    assert_eq!(written, plan);
}

#[test]
fn a_fraction_that_another_program_added_is_kept_to_its_last_digit() {
    for n in 1_u32..2_000 {
        let mut plan = good();
        let fraction = f64::from(n).powi(7) / 3e5;
        plan.as_object_mut().unwrap().insert("weight".into(), json!(fraction));
        let read = parse(plan.to_string().as_bytes()).unwrap();
        let written: Value = serde_json::from_slice(&read.to_json().unwrap()).unwrap();
        assert_eq!(written["weight"].to_string(), json!(fraction).to_string());
    }
}

#[test]
fn a_plan_that_would_not_be_read_is_not_written() {
    let words = |text: &str| Words::in_one(Language::Dutch, text).unwrap();
    let name = |text: &str| Name::new(text).unwrap();
    let plan = |steps| PlanFile::new(name("thee"), Theme::Food, name("teapot"), words("Thee"), steps);
    assert_eq!(plan(vec![]).to_json(), Err(PlanFileError::NoSteps));
    let long = PlanStep::new(words(&"a".repeat(MOST_BYTES)), None);
    assert!(matches!(plan(vec![long]).to_json(), Err(PlanFileError::TooLarge { .. })));
    let short = plan(vec![PlanStep::new(words("Kook water."), Some(name("kettle")))]);
    assert_eq!(parse(&short.to_json().unwrap()), Ok(short));
}

#[test]
fn the_example_in_the_description_is_a_plan_that_holds() {
    let page = include_str!("../../../docs/plan-format.md");
    let example = page.split("```").find_map(|block| block.strip_prefix("json\n")).unwrap();
    let plan = parse(example.as_bytes()).unwrap();
    assert_eq!((plan.id.as_str(), plan.take.len(), plan.steps.len()), ("thee-zetten", 1, 2));
    for theme in Theme::ALL {
        assert!(page.contains(&format!("| `{}` |", theme.code())));
    }
}

#[test]
fn a_name_is_safe_in_a_path_and_an_address() {
    for text in ["a", "bus-32", "boodschappen-doen"] {
        assert_eq!(Name::new(text).unwrap().as_str(), text);
    }
    let long = "a".repeat(65);
    for text in ["", "-", "a--b", "a-", "A", "a b", "a/b", "..", "é", &long] {
        assert_eq!(Name::new(text), None, "{text}");
    }
}

/// Whatever was read can be written and reads the same again; whatever was not has one plain sentence.
fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    match parse(bytes) {
        Ok(plan) => {
            let written = plan.to_json();
            prop_assert!(written.is_ok());
            prop_assert_eq!(parse(&written.unwrap()), Ok(plan));
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
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[{"text": 1}]])),
        Just(json!({"nl": "Ga."})),
    ]
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        holds(&bytes)?;
    }

    #[test]
    fn a_good_file_with_any_bytes_changed_or_cut_off_gives_an_answer(
        changes in proptest::collection::vec((0..SHOPPING.len(), any::<u8>()), 1..6),
        cut in 0..=SHOPPING.len(),
    ) {
        let mut bytes = SHOPPING.to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
            holds(&bytes)?;
        }
        bytes.truncate(cut);
        holds(&bytes)?;
    }

    #[test]
    fn a_good_plan_with_any_value_anywhere_gives_an_answer(
        pointer in proptest::sample::select(vec![
            "/opstap-plan", "/id", "/theme", "/picture", "/title", "/title/nl", "/steps", "/steps/1", "/steps/0/text",
        ]),
        value in any_value(),
    ) {
        holds(&changed(pointer, value))?;
    }

    #[test]
    fn any_text_gets_advice_that_fits_the_plan(
        title in ".{0,60}",
        texts in proptest::collection::vec(".{0,80}|([Pp]ak|en|dan|,|\"|zet|de| ){0,20}", 0..6),
    ) {
        let steps: Vec<plan_format::DraftStep<'_>> = texts
            .iter()
            .map(|text| plan_format::DraftStep { text, picture: None, bare_choice: false })
            .collect();
        for language in [Language::Dutch, Language::English] {
            let advice = plan_format::lint(&title, &steps, language);
            prop_assert!(advice.len() <= 3 + 4 * steps.len());
            for (first, second) in texts.iter().filter_map(|text| plan_format::two_actions(text, language)) {
                prop_assert!(first.len() > 1 && second.len() > 1);
            }
        }
    }
}
