//! Consent: what the client lets one person see of one section. A withdrawal is no resource of its own: what it ends is no longer active.

use std::collections::HashMap;

use opstap_core::model::{Consent, ConsentAct};
use opstap_core::{Millis, Record, RecordId};
use serde_json::{Value, json};

use super::element::{coding, concept, identifier, instant, own_coding};
use super::moment::Span;
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let mut withdrawals: HashMap<RecordId, &Record> = HashMap::new();
    for (record, consent) in around.of::<Consent>() {
        if let Some(ends) = consent.ends {
            withdrawals.entry(ends).or_insert(record);
        }
    }
    let given = around.of::<Consent>().filter(|(_, consent)| consent.act == ConsentAct::Given);
    let made =
        given.filter_map(|(record, consent)| made(around, record, &consent, withdrawals.get(&record.id).copied()));
    made.collect()
}

fn made(around: &Around<'_>, record: &Record, consent: &Consent, withdrawal: Option<&Record>) -> Option<Made> {
    let ended = withdrawal.and_then(Record::made).map(|stamp| stamp.millis);
    // A consent that was withdrawn before it ran out is over since then.
    let until = [consent.until, ended].into_iter().flatten().min().map(|until| until.max(consent.from));
    let body = json!({
        "identifier": [identifier(record.id.0)],
        "status": if withdrawal.is_some() { "inactive" } else { "active" },
        "scope": concept(&coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", None)),
        "category": [concept(&coding("http://loinc.org", "59284-0", None))],
        "patient": around.patient()?,
        "dateTime": record.made().map(|stamp| instant(stamp.millis)),
        "performer": around.author(record).map(|author| [author]),
        "policyRule": concept(&coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN", None)),
        "provision": provision(around, consent, until),
    });
    let records: Vec<&Record> = [record].into_iter().chain(withdrawal).collect();
    let made = Made::new(ResourceType::Consent, record.id, around, &records, body);
    Some(made.when(Span::between(record.made().map_or(consent.from, |stamp| stamp.millis), until)))
}

fn provision(around: &Around<'_>, consent: &Consent, until: Option<Millis>) -> Value {
    let role = coding("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", None);
    let access = coding("http://terminology.hl7.org/CodeSystem/consentaction", "access", None);
    json!({
        "type": "permit",
        "period": { "start": instant(consent.from), "end": until.map(instant) },
        "actor": [{ "role": concept(&role), "reference": around.person(consent.person) }],
        "action": [concept(&access)],
        "class": [own_coding("section", consent.section.code(), None)],
    })
}
