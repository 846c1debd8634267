//! `QuestionnaireResponse`: an instrument that was filled in, with its answers.

use std::collections::HashSet;

use opstap_core::model::{DomainAnswer, Measurement};
use opstap_core::{Record, RecordId};
use serde_json::{Value, json};

use super::element::{date, identifier, own_extension};
use super::moment::Span;
use super::questionnaire::{address, domain_concept, level_coding};
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let replaced = replaced(around);
    let all = around.of::<Measurement>();
    all.filter_map(|(record, measurement)| made(around, record, &measurement, replaced.contains(&record.id))).collect()
}

/// The measurements that do not count, since another was written in their place.
pub fn replaced(around: &Around<'_>) -> HashSet<RecordId> {
    around.of::<Measurement>().filter_map(|(_, measurement)| measurement.replaces).collect()
}

fn made(around: &Around<'_>, record: &Record, measurement: &Measurement, replaced: bool) -> Option<Made> {
    let answers: Vec<(&Record, DomainAnswer)> = around.below(record.id).collect();
    let status = match (replaced, measurement.replaces) {
        (true, _) => "entered-in-error",
        (false, Some(_)) => "amended",
        (false, None) => "completed",
    };
    let word = measurement.word.as_ref().map(|word| own_extension("word", "valueString", &json!(word)));
    let by = measurement.by.as_ref().map(|by| json!({ "display": by }));
    let together = measurement.together == Some(true);
    let body = json!({
        "extension": word.map(|word| [word]),
        "identifier": identifier(record.id.0),
        "questionnaire": address(around.base, &measurement.instrument),
        "status": status,
        "subject": around.patient()?,
        "authored": date(measurement.on),
        "author": by.or_else(|| around.author(record)),
        "source": around.patient().filter(|_| together),
        "item": answers.iter().map(|(_, answer)| item(around, &measurement.instrument, answer)).collect::<Vec<_>>(),
    });
    let records: Vec<&Record> = [record].into_iter().chain(answers.iter().map(|(answer, _)| *answer)).collect();
    let made = Made::new(ResourceType::QuestionnaireResponse, record.id, around, &records, body);
    Some(made.when(Span::of_day(measurement.on)))
}

fn item(around: &Around<'_>, instrument: &str, answer: &DomainAnswer) -> Value {
    let concept = domain_concept(around, instrument, &answer.domain);
    let level = answer.level.map(|level| json!({ "valueCoding": level_coding(around, instrument, level) }));
    let yes = answer.yes.map(|yes| json!({ "valueBoolean": yes }));
    let word = answer.word.as_ref().filter(|word| !word.trim().is_empty());
    let answered = match (level.or(yes), word) {
        // A word beside a level has no place of its own in the list.
        (Some(mut chosen), Some(word)) => {
            if let Value::Object(chosen) = &mut chosen {
                let extension = own_extension("word", "valueString", &json!(word));
                chosen.insert("extension".to_owned(), json!([extension]));
            }
            Some(chosen)
        }
        (Some(chosen), None) => Some(chosen),
        (None, word) => word.map(|word| json!({ "valueString": word })),
    };
    json!({ "linkId": answer.domain, "text": concept.get("text"), "answer": answered.map(|answered| [answered]) })
}
