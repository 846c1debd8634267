//! Patient: the client of a circle. Only what the circle knows of them: a first name and perhaps a telephone number.

use opstap_core::PersonId;
use opstap_core::model::{Member, Relation};
use serde_json::{Value, json};

use super::element::identifier;
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let clients = around.members().iter().filter(|(_, member)| member.relation == Relation::Client);
    let made = clients.map(|(record, member)| {
        Made::new(ResourceType::Patient, member.person, around, &[record], person(member.person, member))
    });
    made.collect()
}

/// What every resource of a person says.
pub fn person(id: PersonId, member: &Member) -> Value {
    json!({
        "identifier": [identifier(id.0)],
        "active": true,
        "name": [{ "use": "usual", "text": member.name, "given": [member.name] }],
        "telecom": member.phone.as_ref().map(|phone| [json!({ "system": "phone", "value": phone })]),
    })
}
