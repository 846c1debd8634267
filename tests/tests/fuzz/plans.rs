//! Plan files and instruments from elsewhere, and the advice on the words of plans: a plan or an instrument or one plain reason, and advice
//! about steps that are there.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use opstap_core::instrument::{self, InstrumentFileError};
use opstap_core::pictograms;
use opstap_core::plan_format::{
    DraftStep, Language, MOST_BYTES, Name, PlanFile, PlanFileError, lint, parse, two_actions,
};
use serde_json::{Map, Number, Value};

use super::damage::damaged;
use super::draw::Draw;
use super::run::{fuzz, within};

const LANGUAGES: [Language; 2] = [Language::Dutch, Language::English];

static PLANS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| files("plans"));
static INSTRUMENTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| files("instruments"));

/// What the library has in a folder.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("../library");
    let mut files: Vec<_> = fs::read_dir(library.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

fn holds(bytes: &[u8]) {
    match within(bytes.len() * 128 + 64 * 1024, || parse(bytes)) {
        Ok(plan) => {
            match plan.to_json() {
                Ok(written) => assert_eq!(parse(&written), Ok(plan.clone())),
                // Indenting makes a file longer than it came.
                Err(error) => assert!(matches!(error, PlanFileError::TooLarge { .. }), "{error}"),
            }
            advise_on(&plan);
        }
        Err(error) => is_one_sentence(&error.to_string()),
    }
    let _ = pictograms::parse(bytes);
}

fn is_an_instrument_or_not(bytes: &[u8]) {
    match within(bytes.len() * 128 + 64 * 1024, || instrument::parse(bytes)) {
        Ok(read) => match read.to_json() {
            Ok(written) => assert_eq!(instrument::parse(&written), Ok(read)),
            Err(error) => assert!(matches!(error, InstrumentFileError::TooLarge { .. }), "{error}"),
        },
        Err(error) => is_one_sentence(&error.to_string()),
    }
}

fn is_one_sentence(text: &str) {
    assert!(text.ends_with('.') && !text.contains(". ") && !text.contains('\n'), "{text}");
}

fn advise_on(plan: &PlanFile) {
    for language in LANGUAGES {
        let draft = |step| {
            let step: &opstap_core::plan_format::PlanStep = step;
            DraftStep {
                text: step.text.get(language),
                picture: step.picture.as_ref().map(Name::as_str),
                bare_choice: false,
            }
        };
        let steps: Vec<DraftStep<'_>> = plan.steps.iter().map(draft).collect();
        advice_fits(plan.title.get(language), &steps, language);
    }
}

fn advice_fits(title: &str, steps: &[DraftStep<'_>], language: Language) {
    let advice = lint(title, steps, language);
    assert!(advice.len() <= 3 + 5 * steps.len());
    for (at, step) in steps.iter().enumerate() {
        let Some((first, second)) = two_actions(step.text, language) else { continue };
        assert!(first.len() > 1 && second.len() > 1, "step {at} in two: {first:?} {second:?}");
    }
}

/// Any JSON, often with the fields of a plan.
fn json(draw: &mut Draw<'_>, depth: usize) -> Value {
    let fields = ["opstap-plan", "id", "theme", "picture", "title", "steps", "text", "nl", "en", "take", "de", "x"];
    match draw.below(if depth == 0 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => Value::from(draw.yes()),
        2 => Value::from(draw.number()),
        3 => Number::from_f64(f64::from_bits(draw.number())).map_or(Value::Null, Value::Number),
        4 => Value::from(*draw.pick(&["food", "thee-zetten", "kettle", "Kook water.", "", " ", "-"])),
        5 => Value::from(String::from_utf8_lossy(draw.bytes(12))),
        6 => (0..draw.below(5)).map(|_| json(draw, depth - 1)).collect(),
        _ => (0..draw.below(5)).map(|_| ((*draw.pick(&fields)).to_owned(), json(draw, depth - 1))).collect(),
    }
}

/// A place in a value, as a JSON pointer.
fn place(draw: &mut Draw<'_>, value: &Value) -> String {
    let next = if draw.below(3) == 0 { None } else { Some(draw.below(256)) };
    match (value, next) {
        (Value::Object(fields), Some(next)) if !fields.is_empty() => {
            let (name, value) = fields.iter().nth(next % fields.len()).unwrap();
            format!("/{name}{}", place(draw, value))
        }
        (Value::Array(values), Some(next)) if !values.is_empty() => {
            let at = next % values.len();
            format!("/{at}{}", place(draw, &values[at]))
        }
        _ => String::new(),
    }
}

/// A file of the library in which some values are others.
fn altered(draw: &mut Draw<'_>, library: &[Vec<u8>]) -> Vec<u8> {
    let mut plan: Value = serde_json::from_slice(draw.pick::<Vec<u8>>(library)).unwrap();
    for _ in 0..=draw.below(4) {
        let place = place(draw, &plan);
        // A name that came in on the way may hold a slash, and then leads nowhere.
        match plan.pointer_mut(&place) {
            None => {}
            Some(Value::Object(fields)) if draw.yes() => drop(fields.insert("x".into(), json(draw, 4))),
            Some(Value::Array(values)) if draw.yes() => values.extend((0..draw.below(120)).map(|_| json(draw, 1))),
            Some(value) => *value = json(draw, 3),
        }
    }
    plan.to_string().into_bytes()
}

#[test]
fn any_file_is_a_plan_or_has_one_plain_reason_not_to_be() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let file = file(&mut draw, &PLANS);
        holds(&file);
    });
}

#[test]
fn any_file_is_an_instrument_or_has_one_plain_reason_not_to_be() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let file = file(&mut draw, &INSTRUMENTS);
        is_an_instrument_or_not(&file);
    });
}

/// Any bytes, any JSON, or a file of the library with something wrong in it.
fn file(draw: &mut Draw<'_>, library: &[Vec<u8>]) -> Vec<u8> {
    match draw.below(5) {
        0 => draw.rest().to_vec(),
        1 => json(draw, 6).to_string().into_bytes(),
        2 => altered(draw, library),
        _ => {
            let good = draw.pick(library).clone();
            damaged(draw, &good)
        }
    }
}

/// Text of words that the advice knows, marks and anything else.
fn text(draw: &mut Draw<'_>) -> String {
    let words = [
        "pak",
        "leg",
        "zet",
        "en",
        "dan",
        "eerst",
        "daarna",
        "als",
        "je",
        "de",
        "tas",
        "take",
        "and",
        "then",
        "first",
        "if",
        "the",
        "bag",
        "put",
        "it",
        ",",
        ", ",
        ";",
        ":",
        ". ",
        ".",
        "!",
        "? ",
        "…",
        "\"",
        "„",
        "”",
        " ",
        " ",
        " ",
        "\n",
        "-",
        "\u{ad}",
        "8.30",
        "é",
        "🚋",
        "ǆ",
        "ß",
        "İ",
        "\u{301}",
        "\0",
        "\u{200b}",
        "Aardappelschilmesje",
    ];
    let mut text = String::new();
    for _ in 0..draw.below(40) {
        match draw.below(12) {
            0 => text.push_str(&String::from_utf8_lossy(draw.bytes(8))),
            1 => text.push(' '),
            _ => text.push_str(draw.pick::<&str>(&words)),
        }
    }
    text
}

#[test]
fn any_words_get_advice_that_fits_the_plan() {
    fuzz!(|bytes| {
        let mut draw = Draw::new(bytes);
        let title = text(&mut draw);
        let mut texts: Vec<String> = (0..draw.below(16)).map(|_| text(&mut draw)).collect();
        if let Some(first) = texts.first_mut().filter(|_| draw.below(64) == 0) {
            *first = first.repeat(draw.below(MOST_BYTES / (first.len() + 1) + 1));
        }
        let pictures = [None, Some(""), Some(" "), Some("kettle"), Some("cup")];
        let steps: Vec<DraftStep<'_>> = texts
            .iter()
            .map(|text| DraftStep { text, picture: *draw.pick(&pictures), bare_choice: draw.yes() })
            .collect();
        for language in LANGUAGES {
            advice_fits(&title, &steps, language);
        }
    });
}

#[test]
fn the_plans_that_are_damaged_here_are_plans() {
    assert_eq!((PLANS.len(), INSTRUMENTS.len()), (20, 10));
    for file in PLANS.iter() {
        assert!(parse(file).is_ok());
        let fields: Map<String, Value> = serde_json::from_slice(file).unwrap();
        assert!(fields.contains_key("steps"));
    }
}
