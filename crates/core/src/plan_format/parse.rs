//! Reading a plan file: from any bytes to a plan that holds, or to the one reason why not.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Name, Part, PlanFile, PlanFileError, PlanStep, Theme, Thing, VERSION, Words, check_size};

/// A value of a file, as some reader of JSON gives it. The rules of the format stand here once; a phone has a reader of its own for
/// the rest, and does not load a second.
pub trait Tree: Sized {
    /// What an object holds.
    type Fields;
    /// The fields of an object; nothing for any other value.
    fn fields(self) -> Option<Self::Fields>;
    /// Takes one field out of an object.
    fn take(fields: &mut Self::Fields, name: &str) -> Option<Self>;
    /// The text; nothing for any other value.
    fn text(self) -> Option<String>;
    /// The list; nothing for any other value.
    fn list(self) -> Option<Vec<Self>>;
    /// The whole number from 0 on; nothing for any other value.
    fn whole(&self) -> Option<u64>;
    /// The texts that are left in an object; nothing where one of them is no text. Who keeps no other languages gives none.
    fn others(fields: Self::Fields) -> Option<BTreeMap<String, String>>;
    /// The fields that are left in an object and that the format does not know. Who hands none on gives none.
    fn extra(fields: Self::Fields) -> Map<String, Value>;
}

impl Tree for Value {
    type Fields = Map<String, Self>;

    fn fields(self) -> Option<Self::Fields> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    fn take(fields: &mut Self::Fields, name: &str) -> Option<Self> {
        fields.remove(name)
    }

    fn text(self) -> Option<String> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    fn list(self) -> Option<Vec<Self>> {
        match self {
            Self::Array(list) => Some(list),
            _ => None,
        }
    }

    fn whole(&self) -> Option<u64> {
        self.as_u64()
    }

    fn others(fields: Self::Fields) -> Option<BTreeMap<String, String>> {
        fields.into_iter().map(|(language, text)| Some((language, text.text()?))).collect()
    }

    fn extra(fields: Self::Fields) -> Map<String, Self> {
        fields
    }
}

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
    parse_tree(value)
}

/// Reads a plan file that was read as JSON already, by whatever reader.
///
/// # Errors
/// Says what is wrong with the first thing found.
pub fn parse_tree<T: Tree>(tree: T) -> Result<PlanFile, PlanFileError> {
    let mut fields = tree.fields().ok_or(PlanFileError::NotAPlan)?;
    check_version::<T>(&mut fields)?;

    let part = Part::Plan;
    let id = take_name::<T>(&mut fields, part, "id")?.ok_or(missing(part, "id"))?;
    let theme = match take_text::<T>(&mut fields, part, "theme")? {
        Some(code) => Theme::from_code(&code).ok_or(unusable(part, "theme"))?,
        None => return Err(missing(part, "theme")),
    };
    let picture = take_name::<T>(&mut fields, part, "picture")?.ok_or(missing(part, "picture"))?;
    let title = take_words::<T>(&mut fields, part, "title")?;
    let things = take_list::<T>(&mut fields, "take")?.unwrap_or_default();
    let steps = take_list::<T>(&mut fields, "steps")?.ok_or(missing(part, "steps"))?;
    let plan = PlanFile {
        id,
        theme,
        picture,
        title,
        take: each(things, parse_thing)?,
        steps: each(steps, parse_step)?,
        extra: T::extra(fields),
    };
    plan.check_counts()?;
    Ok(plan)
}

/// The version comes first: in a newer file, everything after it may have another meaning.
fn check_version<T: Tree>(fields: &mut T::Fields) -> Result<(), PlanFileError> {
    let version = T::take(fields, "opstap-plan").ok_or(PlanFileError::NotAPlan)?;
    match version.whole() {
        Some(VERSION) => Ok(()),
        Some(version) if version > VERSION => Err(PlanFileError::TooNew { version }),
        Some(_) | None => Err(unusable(Part::Plan, "opstap-plan")),
    }
}

fn each<T, P>(values: Vec<T>, read: fn(usize, T) -> Result<P, PlanFileError>) -> Result<Vec<P>, PlanFileError> {
    values.into_iter().enumerate().map(|(index, value)| read(index, value)).collect()
}

fn parse_step<T: Tree>(index: usize, value: T) -> Result<PlanStep, PlanFileError> {
    let part = Part::Step(index);
    let mut fields = value.fields().ok_or(missing(part, "text"))?;
    let text = take_words::<T>(&mut fields, part, "text")?;
    let picture = take_name::<T>(&mut fields, part, "picture")?;
    Ok(PlanStep { text, picture, extra: T::extra(fields) })
}

fn parse_thing<T: Tree>(index: usize, value: T) -> Result<Thing, PlanFileError> {
    let part = Part::Thing(index);
    let mut fields = value.fields().ok_or(missing(part, "text"))?;
    let text = take_words::<T>(&mut fields, part, "text")?;
    let picture = take_name::<T>(&mut fields, part, "picture")?.ok_or(missing(part, "picture"))?;
    Ok(Thing { text, picture, extra: T::extra(fields) })
}

fn take_list<T: Tree>(fields: &mut T::Fields, field: &'static str) -> Result<Option<Vec<T>>, PlanFileError> {
    T::take(fields, field).map(|list| list.list().ok_or(unusable(Part::Plan, field))).transpose()
}

fn take_text<T: Tree>(
    fields: &mut T::Fields,
    part: Part,
    field: &'static str,
) -> Result<Option<String>, PlanFileError> {
    T::take(fields, field).map(|text| text.text().ok_or(unusable(part, field))).transpose()
}

fn take_name<T: Tree>(fields: &mut T::Fields, part: Part, field: &'static str) -> Result<Option<Name>, PlanFileError> {
    take_text::<T>(fields, part, field)?.map(|text| Name::new(&text).ok_or(unusable(part, field))).transpose()
}

fn take_words<T: Tree>(fields: &mut T::Fields, part: Part, field: &'static str) -> Result<Words, PlanFileError> {
    let texts = T::take(fields, field).ok_or(missing(part, field))?;
    let mut texts = texts.fields().ok_or(unusable(part, field))?;
    let mut language =
        |code| T::take(&mut texts, code).map(|text| text.text().ok_or(unusable(part, field))).transpose();
    let (nl, en) = (language("nl")?, language("en")?);
    let others = T::others(texts).ok_or(unusable(part, field))?;
    Words::from_parts(nl.as_deref(), en.as_deref(), others).ok_or(missing(part, field))
}

const fn missing(part: Part, field: &'static str) -> PlanFileError {
    PlanFileError::Missing { part, field }
}

const fn unusable(part: Part, field: &'static str) -> PlanFileError {
    PlanFileError::Unusable { part, field }
}
