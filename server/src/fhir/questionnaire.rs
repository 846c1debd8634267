//! Questionnaire: an instrument that ships or that the organisation added, with the names of its domains and levels and nothing that is
//! others'. No ordinal values: levels compare, and nobody is to add them up.

use opstap_core::instrument::{Answer, Domain, Instrument, InstrumentId, Level};
use opstap_core::plan_format::{Language, Name};
use serde_json::{Value, json};

use super::element::{coding, concept};
use super::{Around, Made, ResourceType};
use crate::guidance::instruments::Instruments;

pub fn all(base: &str, instruments: &Instruments) -> Vec<Made> {
    let all = instruments.all().iter();
    all.map(|one| Made::bare(ResourceType::Questionnaire, &one.id, None, body(base, one))).collect()
}

/// The address by which an instrument is known.
pub fn address(base: &str, id: &str) -> String {
    format!("{base}/Questionnaire/{id}")
}

/// A domain of an instrument as a concept: by its code, and in words where the instrument is known.
pub fn domain_concept(around: &Around<'_>, id: &str, code: &str) -> Value {
    let name = known(around, id).and_then(|one| domain_name(one.domain(&Name::new(code)?)?));
    let mut concept = concept(&coding(&format!("{}#domains", address(around.base, id)), code, name));
    if let Value::Object(concept) = &mut concept {
        concept.insert("text".to_owned(), name.unwrap_or(code).into());
    }
    concept
}

fn known<'a>(around: &Around<'a>, id: &str) -> Option<&'a Instrument> {
    around.instruments.one(&InstrumentId::from_text(id)?)
}

/// A level of an instrument as a code.
pub fn level_coding(around: &Around<'_>, id: &str, level: Level) -> Value {
    coded(around.base, id, level, known(around, id))
}

fn coded(base: &str, id: &str, level: Level, of: Option<&Instrument>) -> Value {
    let name = of.and_then(|one| one.level_name(level)).map(|label| label.get(Language::Dutch));
    coding(&format!("{}#levels", address(base, id)), &level.number().to_string(), name)
}

/// What a domain is called, where it has a name.
pub fn domain_name(domain: &Domain) -> Option<&str> {
    domain.name.as_ref().map(|name| name.get(Language::Dutch))
}

fn body(base: &str, one: &Instrument) -> Value {
    let id = one.id.to_string();
    let about = one.about.as_ref().map(|about| about.get(Language::Dutch));
    let source = one.source.get(Language::Dutch);
    json!({
        "language": "nl",
        "url": address(base, &id),
        "version": one.id.version.as_str(),
        "title": one.name.get(Language::Dutch),
        "status": "active",
        "subjectType": ["Patient"],
        "description": about.map_or_else(|| source.to_owned(), |about| format!("{about}\n\n{source}")),
        "copyright": one.rights.get(Language::Dutch),
        "item": one.domains.iter().map(|domain| item(base, &id, one, domain)).collect::<Vec<_>>(),
    })
}

fn item(base: &str, id: &str, one: &Instrument, domain: &Domain) -> Value {
    let answer = one.answer_of(domain);
    let levels = (1..).map_while(Level::new).take(one.levels.len());
    let options = levels.map(|level| json!({ "valueCoding": coded(base, id, level, Some(one)) }));
    let is_a_choice = matches!(answer, Answer::Level | Answer::Stage);
    json!({
        "linkId": domain.code.as_str(),
        "text": domain_name(domain).unwrap_or(domain.code.as_str()),
        "type": match answer {
            Answer::Level | Answer::Stage => "choice",
            Answer::YesNo => "boolean",
            Answer::Open => "text",
        },
        "answerOption": is_a_choice.then(|| options.collect::<Vec<_>>()),
    })
}
