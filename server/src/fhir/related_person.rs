//! RelatedPerson: whoever else is round the client: who decides for them by law, carers, volunteers, the neighbourhood coach. One for each
//! client they are with, as FHIR has it.

use opstap_core::model::Relation;
use serde_json::{Value, json};

use super::element::{coding, concept, own_coding};
use super::patient::person;
use super::{Around, Made, ResourceType, words};

/// The Dutch list of roles (COD472), in which Koppeltaal 2.0 has its related persons.
const ROLES: &str = "urn:oid:2.16.840.1.113883.2.4.3.11.22.472";

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let Some(patient) = around.patient() else { return Vec::new() };
    let others = around
        .members()
        .iter()
        .filter(|(_, member)| member.relation != Relation::Client && !member.relation.is_professional());
    let made = others.map(|(record, member)| {
        let mut body = person(member.person, member);
        if let Value::Object(body) = &mut body {
            body.insert("patient".to_owned(), patient.clone());
            body.insert("relationship".to_owned(), relationship(member.relation));
        }
        Made::new(ResourceType::RelatedPerson, record.id, around, &[record], body)
    });
    made.collect()
}

fn relationship(relation: Relation) -> Value {
    let role = match relation {
        Relation::Representative => Some(("24", "Wettelijke vertegenwoordiger")),
        Relation::Carer => Some(("23", "Contactpersoon")),
        _ => None,
    };
    let own = own_coding("relation", relation.code(), Some(words::relation(relation)));
    let role = role.map(|(code, display)| concept(&coding(ROLES, code, Some(display))));
    json!(role.into_iter().chain([concept(&own)]).collect::<Vec<_>>())
}
