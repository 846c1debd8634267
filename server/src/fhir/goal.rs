//! Goal: what is worked towards in a domain of an instrument.

use opstap_core::Record;
use opstap_core::model::DomainGoal;
use serde_json::{Value, json};

use super::element::{date, identifier, own, own_coding};
use super::moment::Span;
use super::questionnaire::domain_concept;
use super::{Around, Made, ResourceType, words};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    around.of::<DomainGoal>().filter_map(|(record, goal)| made(around, record, &goal)).collect()
}

fn made(around: &Around<'_>, record: &Record, goal: &DomainGoal) -> Option<Made> {
    let domain = domain_concept(around, &goal.instrument, &goal.domain);
    let aim = words::aim(goal.aim);
    let named = domain.get("text").and_then(Value::as_str).unwrap_or(&goal.domain);
    let words = goal.words.clone().filter(|words| !words.trim().is_empty());
    let body = json!({
        // What is aimed at is another thing than how far it is, which is all that FHIR has a place for.
        "extension": [{
            "url": own("aim"),
            "valueCodeableConcept": { "coding": [own_coding("aim", goal.aim.code(), Some(aim))] },
        }],
        "identifier": [identifier(record.id.0)],
        "lifecycleStatus": if goal.ended.is_some() { "completed" } else { "active" },
        "category": [domain.clone()],
        "description": { "text": words.unwrap_or_else(|| format!("{named}: {aim}")) },
        "subject": around.patient()?,
        "startDate": goal.from.map(date),
        "statusDate": goal.ended.map(date),
        "expressedBy": around.author(record),
    });
    let made = Made::new(ResourceType::Goal, record.id, around, &[record], body);
    Some(match goal.from.or_else(|| record.made().map(|stamp| opstap_core::Day::of(stamp.millis))) {
        Some(from) => made.when(Span::of_days(from, goal.ended)),
        None => made,
    })
}
