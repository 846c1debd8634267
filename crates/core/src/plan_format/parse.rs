//! Reading a plan file: from any bytes to a plan that holds, or to the one reason why not.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Name, Part, PlanFile, PlanFileError, PlanStep, Theme, Thing, VERSION, Words, check_size};

type Fields = Map<String, Value>;

/// Reads a plan file. Fields that this version does not know are kept and written back by [`PlanFile::to_json`]; a program that
/// hands files on asks serde_json for `float_roundtrip`, or fractions in those fields may come back with another last digit.
///
/// # Errors
/// Says what is wrong with the first thing found; nothing of a file that does not hold is used.
pub fn parse(bytes: &[u8]) -> Result<PlanFile, PlanFileError> {
    check_size(bytes.len())?;
    // Some editors put a byte order mark in front; JSON itself has none.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| PlanFileError::Damaged { line: error.line(), column: error.column() })?;
    let Value::Object(mut fields) = value else {
        return Err(PlanFileError::NotAPlan);
    };
    check_version(&mut fields)?;

    let part = Part::Plan;
    let id = take_name(&mut fields, part, "id")?.ok_or(missing(part, "id"))?;
    let theme = match take_text(&mut fields, part, "theme")? {
        Some(code) => Theme::from_code(&code).ok_or(unusable(part, "theme"))?,
        None => return Err(missing(part, "theme")),
    };
    let picture = take_name(&mut fields, part, "picture")?.ok_or(missing(part, "picture"))?;
    let title = take_words(&mut fields, part, "title")?;
    let things = match fields.remove("take") {
        None => Vec::new(),
        Some(Value::Array(things)) => things,
        Some(_) => return Err(unusable(part, "take")),
    };
    let steps = match fields.remove("steps") {
        None => return Err(missing(part, "steps")),
        Some(Value::Array(steps)) => steps,
        Some(_) => return Err(unusable(part, "steps")),
    };
    let plan = PlanFile {
        id,
        theme,
        picture,
        title,
        take: each(things, parse_thing)?,
        steps: each(steps, parse_step)?,
        extra: fields,
    };
    plan.check_counts()?;
    Ok(plan)
}

/// The version comes first: in a newer file, everything after it may have another meaning.
fn check_version(fields: &mut Fields) -> Result<(), PlanFileError> {
    let version = fields.remove("opstap-plan").ok_or(PlanFileError::NotAPlan)?;
    match version.as_u64() {
        Some(VERSION) => Ok(()),
        Some(version) if version > VERSION => Err(PlanFileError::TooNew { version }),
        Some(_) | None => Err(unusable(Part::Plan, "opstap-plan")),
    }
}

fn each<T>(values: Vec<Value>, read: fn(usize, Value) -> Result<T, PlanFileError>) -> Result<Vec<T>, PlanFileError> {
    values.into_iter().enumerate().map(|(index, value)| read(index, value)).collect()
}

fn parse_step(index: usize, value: Value) -> Result<PlanStep, PlanFileError> {
    let part = Part::Step(index);
    let Value::Object(mut fields) = value else {
        return Err(missing(part, "text"));
    };
    let text = take_words(&mut fields, part, "text")?;
    let picture = take_name(&mut fields, part, "picture")?;
    Ok(PlanStep { text, picture, extra: fields })
}

fn parse_thing(index: usize, value: Value) -> Result<Thing, PlanFileError> {
    let part = Part::Thing(index);
    let Value::Object(mut fields) = value else {
        return Err(missing(part, "text"));
    };
    let text = take_words(&mut fields, part, "text")?;
    let picture = take_name(&mut fields, part, "picture")?.ok_or(missing(part, "picture"))?;
    Ok(Thing { text, picture, extra: fields })
}

fn take_text(fields: &mut Fields, part: Part, field: &'static str) -> Result<Option<String>, PlanFileError> {
    match fields.remove(field) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(unusable(part, field)),
    }
}

fn take_name(fields: &mut Fields, part: Part, field: &'static str) -> Result<Option<Name>, PlanFileError> {
    take_text(fields, part, field)?.map(|text| Name::new(&text).ok_or(unusable(part, field))).transpose()
}

fn take_words(fields: &mut Fields, part: Part, field: &'static str) -> Result<Words, PlanFileError> {
    let texts = match fields.remove(field) {
        None => return Err(missing(part, field)),
        Some(Value::Object(texts)) => texts,
        Some(_) => return Err(unusable(part, field)),
    };
    let mut by_language: BTreeMap<String, String> = BTreeMap::new();
    for (language, text) in texts {
        let Value::String(text) = text else {
            return Err(unusable(part, field));
        };
        by_language.insert(language, text);
    }
    let nl = by_language.remove("nl");
    let en = by_language.remove("en");
    Words::from_parts(nl.as_deref(), en.as_deref(), by_language).ok_or(missing(part, field))
}

const fn missing(part: Part, field: &'static str) -> PlanFileError {
    PlanFileError::Missing { part, field }
}

const fn unusable(part: Part, field: &'static str) -> PlanFileError {
    PlanFileError::Unusable { part, field }
}
