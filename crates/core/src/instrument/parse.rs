//! Reading an instrument: from any bytes to one that holds, or to the one reason why not.
//!
//! JSON is read as the plan format reads it ([`Tree`]), so a phone needs no second reader for it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Answer, Circumstance, Domain, Editable, Instrument, InstrumentFileError, InstrumentId, Label, Level, MOST_BYTES,
    MOST_LEVELS, Mark, Place, Rule, VERSION, label,
};
use crate::plan_format::{Name, Tree};

const FORMAT: &str = "opstap-instrument";
const FORMAT_VERSION: &str = "a whole number from 1 on";
const NAME: &str = "small letters a to z, digits and single hyphens between them, at most 64";
pub(super) const LABEL: &str =
    "an object with nl (Dutch) and, where translated, en (English), each one line of 1 to 1000 bytes, and nothing else";
pub(super) const LEVELS: &str = "a list of 2 to 10 names of levels, the lowest first";
const DOMAINS: &str = "a list of 1 to 50 domains";
const ALSO: &str = "a list of texts of one line";
const RULES: &str = "a list of rules";
const ANSWER: &str = "one of level, stage, yes-no and open";
const MARKS: &str = "a list of selection and in-pictures, each at most once";
const EDITABLE: &str = "a list with domain-names, once";
const MOST: &str = "the number of a level, from 1 on";
const WHEN: &str = "financial-guardianship";
const OF_INSTRUMENT: &str =
    "id, version, name, about, source, rights, answer, marks, editable, levels, domains and rules";
const OF_DOMAIN: &str = "an object with code, name, also, picture and answer";
const OF_RULE: &str = "an object with domain, most and when";

type Read<V> = Result<V, InstrumentFileError>;

/// Reads an instrument.
///
/// # Errors
/// Says where the first thing is that is wrong and what was expected there; nothing of a file that does not hold is used.
pub fn parse(bytes: &[u8]) -> Result<Instrument, InstrumentFileError> {
    if bytes.len() > MOST_BYTES {
        return Err(InstrumentFileError::TooLarge { bytes: bytes.len() });
    }
    // Some editors put a byte order mark in front; JSON itself has none.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| InstrumentFileError::Damaged { line: error.line(), column: error.column() })?;
    parse_tree(value)
}

/// Reads an instrument that was read as JSON already, by whatever reader. Fields of other names are refused only where that reader
/// hands them on.
///
/// # Errors
/// As [`parse`].
pub fn parse_tree<T: Tree>(tree: T) -> Result<Instrument, InstrumentFileError> {
    let fields = tree.fields().ok_or(InstrumentFileError::NotAnInstrument)?;
    let mut part = Part::<T> { place: Place::Instrument, fields };
    part.check_version()?;
    let instrument = Instrument {
        id: InstrumentId { instrument: part.name("id")?, version: part.name("version")? },
        name: part.label("name")?,
        about: part.label_if("about")?,
        source: part.label("source")?,
        rights: part.label("rights")?,
        answer: part.answer()?.ok_or(part.missing("answer", ANSWER))?,
        marks: part.codes("marks", Mark::from_code, MARKS)?,
        editable: part.codes("editable", Editable::from_code, EDITABLE)?,
        levels: each(part.list("levels", LEVELS)?.unwrap_or_default(), parse_level)?,
        domains: each(part.list("domains", DOMAINS)?.ok_or(part.missing("domains", DOMAINS))?, parse_domain)?,
        rules: each(part.list("rules", RULES)?.unwrap_or_default(), parse_rule)?,
    };
    part.end(OF_INSTRUMENT)?;
    instrument.check()?;
    Ok(instrument)
}

fn each<T, V>(values: Vec<T>, read: fn(usize, T) -> Read<V>) -> Read<Vec<V>> {
    values.into_iter().enumerate().map(|(index, value)| read(index, value)).collect()
}

fn parse_level<T: Tree>(index: usize, value: T) -> Read<Label> {
    let place = Place::Level(index);
    read_label(value).ok_or(InstrumentFileError::Unusable { place, field: "name", expected: LABEL })
}

fn parse_domain<T: Tree>(index: usize, value: T) -> Read<Domain> {
    let mut part = Part::open(Place::Domain(index), value, "code", OF_DOMAIN)?;
    let domain = Domain {
        code: part.name("code")?,
        name: part.label_if("name")?,
        also: part.also()?,
        picture: part.name_if("picture")?,
        answer: part.answer()?,
    };
    part.end(OF_DOMAIN)?;
    Ok(domain)
}

fn parse_rule<T: Tree>(index: usize, value: T) -> Read<Rule> {
    let mut part = Part::open(Place::Rule(index), value, "domain", OF_RULE)?;
    let rule = Rule {
        domain: part.name("domain")?,
        most: part.level("most")?,
        when: part.code("when", Circumstance::from_code, WHEN)?.ok_or(part.missing("when", WHEN))?,
    };
    part.end(OF_RULE)?;
    Ok(rule)
}

fn read_label<T: Tree>(value: T) -> Option<Label> {
    let mut fields = value.fields()?;
    let nl = T::take(&mut fields, "nl")?.text()?;
    let en = match T::take(&mut fields, "en") {
        Some(en) => Some(en.text()?),
        None => None,
    };
    let only = T::extra(fields).is_empty();
    Label::new(&nl, en.as_deref()).filter(|_| only)
}

/// An object of the file that is being read, and where it stands.
struct Part<T: Tree> {
    place: Place,
    fields: T::Fields,
}

impl<T: Tree> Part<T> {
    /// What is no object lacks its first field.
    fn open(place: Place, value: T, field: &'static str, expected: &'static str) -> Read<Self> {
        let fields = value.fields().ok_or(InstrumentFileError::Missing { place, field, expected })?;
        Ok(Self { place, fields })
    }

    /// That nothing is left but what was read.
    fn end(self, expected: &'static str) -> Read<()> {
        if T::extra(self.fields).is_empty() {
            return Ok(());
        }
        Err(InstrumentFileError::Unknown { place: self.place, expected })
    }

    /// The version comes first: in a newer file, everything after it may have another meaning.
    fn check_version(&mut self) -> Read<()> {
        let version = self.take(FORMAT).ok_or(InstrumentFileError::NotAnInstrument)?;
        match version.whole() {
            Some(VERSION) => Ok(()),
            Some(version) if version > VERSION => Err(InstrumentFileError::TooNew { version }),
            Some(_) | None => Err(self.unusable(FORMAT, FORMAT_VERSION)),
        }
    }

    fn take(&mut self, field: &str) -> Option<T> {
        T::take(&mut self.fields, field)
    }

    /// A field as something that can be made of it, where it is there.
    fn read<V>(
        &mut self,
        field: &'static str,
        expected: &'static str,
        of: impl FnOnce(T) -> Option<V>,
    ) -> Read<Option<V>> {
        self.take(field).map(|value| of(value).ok_or(self.unusable(field, expected))).transpose()
    }

    fn code<V>(&mut self, field: &'static str, of: fn(&str) -> Option<V>, expected: &'static str) -> Read<Option<V>> {
        self.read(field, expected, |value| of(&value.text()?))
    }

    fn codes<V: Ord>(
        &mut self,
        field: &'static str,
        of: fn(&str) -> Option<V>,
        expected: &'static str,
    ) -> Read<BTreeSet<V>> {
        let mut found = BTreeSet::new();
        for value in self.list(field, expected)?.unwrap_or_default() {
            let code = value.text().and_then(|code| of(&code));
            if !code.is_some_and(|code| found.insert(code)) {
                return Err(self.unusable(field, expected));
            }
        }
        Ok(found)
    }

    fn list(&mut self, field: &'static str, expected: &'static str) -> Read<Option<Vec<T>>> {
        self.read(field, expected, T::list)
    }

    fn name_if(&mut self, field: &'static str) -> Read<Option<Name>> {
        self.code(field, Name::new, NAME)
    }

    fn name(&mut self, field: &'static str) -> Read<Name> {
        self.name_if(field)?.ok_or(self.missing(field, NAME))
    }

    fn label_if(&mut self, field: &'static str) -> Read<Option<Label>> {
        self.read(field, LABEL, read_label)
    }

    fn label(&mut self, field: &'static str) -> Read<Label> {
        self.label_if(field)?.ok_or(self.missing(field, LABEL))
    }

    fn answer(&mut self) -> Read<Option<Answer>> {
        self.code("answer", Answer::from_code, ANSWER)
    }

    fn also(&mut self) -> Read<Vec<String>> {
        let texts = self.list("also", ALSO)?.unwrap_or_default();
        let lines = texts.into_iter().map(|text| label::line(&text.text()?));
        lines.collect::<Option<_>>().ok_or(self.unusable("also", ALSO))
    }

    fn level(&mut self, field: &'static str) -> Read<Level> {
        let level = self.read(field, MOST, |value| Level::among(value.whole()?, MOST_LEVELS))?;
        level.ok_or(self.missing(field, MOST))
    }

    const fn missing(&self, field: &'static str, expected: &'static str) -> InstrumentFileError {
        InstrumentFileError::Missing { place: self.place, field, expected }
    }

    const fn unusable(&self, field: &'static str, expected: &'static str) -> InstrumentFileError {
        InstrumentFileError::Unusable { place: self.place, field, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LEAST_LEVELS, MOST_DOMAINS, MOST_TEXT};
    use super::*;

    #[test]
    fn what_is_expected_names_every_code_and_limit() {
        assert!(Answer::ALL.iter().all(|one| ANSWER.contains(one.code())));
        assert!(Mark::ALL.iter().all(|one| MARKS.contains(one.code())));
        assert!(Editable::ALL.iter().all(|one| EDITABLE.contains(one.code())));
        assert!(Circumstance::ALL.iter().all(|one| WHEN.contains(one.code())));
        assert!(LABEL.contains(&MOST_TEXT.to_string()));
        assert!(LEVELS.contains(&format!("{LEAST_LEVELS} to {MOST_LEVELS}")));
        assert!(DOMAINS.contains(&format!("1 to {MOST_DOMAINS}")));
    }
}
