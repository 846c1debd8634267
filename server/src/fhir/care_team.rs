//! `CareTeam`: the circle. Its shape is that of `KT2_CareTeam`.

use opstap_core::model::{Member, Relation};
use serde_json::{Value, json};

use super::element::{coding, concept, identifier, own_coding};
use super::moment::Span;
use super::{Around, Made, ResourceType, words};

const SNOMED: &str = "http://snomed.info/sct";

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let Some(patient) = around.patient().filter(|_| around.is_of_a_client()) else { return Vec::new() };
    let members = around.members();
    let records: Vec<_> = members.iter().map(|(record, _)| *record).collect();
    let body = json!({
        "identifier": [identifier(around.read.circle.0)],
        "status": "active",
        "name": "Kring",
        "subject": patient,
        "participant": members.iter().map(|(_, member)| participant(around, member)).collect::<Vec<_>>(),
    });
    let began = records.iter().filter_map(|record| record.made()).map(|stamp| stamp.millis).min();
    let made = Made::new(ResourceType::CareTeam, around.read.circle, around, &records, body);
    vec![match began {
        Some(began) => made.when(Span::between(began, None)),
        None => made,
    }]
}

fn participant(around: &Around<'_>, member: &Member) -> Value {
    // The codes by which Koppeltaal 2.0 gives rights to professionals; it has none for the others that fit.
    let role = match member.relation {
        Relation::Supervisor | Relation::SupportWorker => Some("405623001"),
        Relation::Coordinator => Some("768821004"),
        _ => None,
    };
    let own = own_coding("relation", member.relation.code(), Some(words::relation(member.relation)));
    let role = role.map(|code| concept(&coding(SNOMED, code, None)));
    json!({
        "role": role.into_iter().chain([concept(&own)]).collect::<Vec<_>>(),
        "member": around.person(member.person),
    })
}
