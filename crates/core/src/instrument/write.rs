//! Writing an instrument: the same bytes for the same instrument, which [`parse`](super::parse) reads back to an equal one.

use serde::Serialize;

use super::{Answer, Domain, Instrument, InstrumentFileError, Label, MOST_BYTES, Rule, VERSION};
use crate::plan_format::Name;

/// An instrument in the order in which its file tells it.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(rename = "opstap-instrument")]
    format: u64,
    id: &'a str,
    version: &'a str,
    name: &'a Label,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a Label>,
    source: &'a Label,
    rights: &'a Label,
    answer: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editable: Vec<&'static str>,
    #[serde(skip_serializing_if = "<[Label]>::is_empty")]
    levels: &'a [Label],
    domains: Vec<WrittenDomain<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<WrittenRule<'a>>,
}

#[derive(Serialize)]
struct WrittenDomain<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a Label>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    also: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
}

#[derive(Serialize)]
struct WrittenRule<'a> {
    domain: &'a str,
    most: u8,
    when: &'static str,
}

impl Instrument {
    /// The file's bytes: UTF-8, indented, ending in a newline. [`parse`](super::parse) reads them back to an equal instrument.
    ///
    /// # Errors
    /// When the instrument does not hold: never a file that [`parse`](super::parse) refuses. One that was read can always be written.
    pub fn to_json(&self) -> Result<Vec<u8>, InstrumentFileError> {
        self.check()?;
        let mut bytes = serde_json::to_vec_pretty(&self.written()).map_err(|_| InstrumentFileError::NotAnInstrument)?;
        bytes.push(b'\n');
        if bytes.len() > MOST_BYTES {
            return Err(InstrumentFileError::TooLarge { bytes: bytes.len() });
        }
        Ok(bytes)
    }

    fn written(&self) -> Written<'_> {
        Written {
            format: VERSION,
            id: self.id.instrument.as_str(),
            version: self.id.version.as_str(),
            name: &self.name,
            about: self.about.as_ref(),
            source: &self.source,
            rights: &self.rights,
            answer: self.answer.code(),
            marks: self.marks.iter().map(|mark| mark.code()).collect(),
            editable: self.editable.iter().map(|part| part.code()).collect(),
            levels: &self.levels,
            domains: self.domains.iter().map(WrittenDomain::of).collect(),
            rules: self.rules.iter().map(WrittenRule::of).collect(),
        }
    }
}

impl<'a> WrittenDomain<'a> {
    fn of(domain: &'a Domain) -> Self {
        Self {
            code: domain.code.as_str(),
            name: domain.name.as_ref(),
            also: &domain.also,
            picture: domain.picture.as_ref().map(Name::as_str),
            answer: domain.answer.map(Answer::code),
        }
    }
}

impl<'a> WrittenRule<'a> {
    fn of(rule: &'a Rule) -> Self {
        Self { domain: rule.domain.as_str(), most: rule.most.number(), when: rule.when.code() }
    }
}
