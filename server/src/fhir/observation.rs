//! Observation: a level of one domain, out of a measurement; and how much help a step took, by the word of who was there. Each by itself:
//! nothing adds them up.

use std::collections::HashSet;

use opstap_core::model::{DomainAnswer, Measurement, Run, Step, StepHelp};
use opstap_core::{Millis, Record, RecordId};
use serde_json::{Value, json};

use super::element::{coding, concept, date, identifier, instant, own_coding, reference};
use super::moment::Span;
use super::questionnaire::{domain_concept, level_coding};
use super::questionnaire_response::replaced;
use super::{Around, Made, ResourceType, words};

const CATEGORIES: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let measured_again = replaced(around);
    let levels = around.of::<Measurement>().flat_map(|(record, measurement)| {
        of_measurement(around, record, &measurement, measured_again.contains(&record.id))
    });
    let help: Vec<(&Record, StepHelp)> = around.of().collect();
    let said_again: HashSet<RecordId> = help.iter().filter_map(|(_, said)| said.replaces).collect();
    let steps = help.iter().filter_map(|(record, said)| of_help(around, record, said, said_again.contains(&record.id)));
    levels.chain(steps).collect()
}

fn of_measurement(around: &Around<'_>, record: &Record, measurement: &Measurement, replaced: bool) -> Vec<Made> {
    let status = match (replaced, measurement.replaces) {
        (true, _) => "entered-in-error",
        (false, Some(_)) => "amended",
        (false, None) => "final",
    };
    let mut all = Vec::new();
    for (own, answer) in around.below::<DomainAnswer>(record.id) {
        let (Some(level), Some(patient)) = (answer.level, around.patient()) else { continue };
        let note = answer.word.map(|word| [json!({ "text": word })]);
        let body = json!({
            "identifier": [identifier(own.id.0)],
            "status": status,
            "category": [concept(&coding(CATEGORIES, "survey", None))],
            "code": domain_concept(around, &measurement.instrument, &answer.domain),
            "subject": patient,
            "effectiveDateTime": date(measurement.on),
            "performer": performer(around, record),
            "valueCodeableConcept": concept(&level_coding(around, &measurement.instrument, level)),
            "note": note,
            "derivedFrom": [reference("QuestionnaireResponse", record.id, None)],
        });
        let made = Made::new(ResourceType::Observation, own.id, around, &[record, own], body);
        all.push(made.when(Span::of_day(measurement.on)));
    }
    all
}

fn of_help(around: &Around<'_>, record: &Record, said: &StepHelp, replaced: bool) -> Option<Made> {
    let (run_record, run) = around.find::<Run>(record.parent?)?;
    let step = around.find::<Step>(said.step);
    let status = match (replaced, said.replaces) {
        (true, _) => "entered-in-error",
        (false, Some(_)) => "amended",
        (false, None) => "final",
    };
    let text =
        step.as_ref().map_or_else(|| "Hulp bij een stap".to_owned(), |(_, step)| format!("Hulp bij: {}", step.text));
    let body = json!({
        "identifier": [identifier(record.id.0)],
        "status": status,
        "category": [concept(&coding(CATEGORIES, "activity", None))],
        "code": { "coding": [own_coding("observation", "step-help", None)], "text": text },
        "subject": around.patient()?,
        "focus": [reference("Task", run.plan, None)],
        "effectiveDateTime": instant(said.at),
        "performer": performer(around, record),
        "valueCodeableConcept": concept(&own_coding("help-level", said.help.code(), Some(words::help(said.help)))),
    });
    let records: Vec<&Record> = [record, run_record].into_iter().chain(step.map(|(step, _)| step)).collect();
    let made = Made::new(ResourceType::Observation, record.id, around, &records, body);
    Some(made.when(Span::at(said.at.min(Millis(u64::MAX - 1)))))
}

fn performer(around: &Around<'_>, record: &Record) -> Option<[Value; 1]> {
    around.author(record).map(|author| [author])
}

#[cfg(test)]
#[path = "observation_tests.rs"]
mod tests;
