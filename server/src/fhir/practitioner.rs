//! Practitioner: somebody who works for the provider of support. One for all circles they are in.

use super::patient::person;
use super::{Around, Made, ResourceType};

pub fn all(around: &Around<'_>) -> Vec<Made> {
    let professionals = around.members().iter().filter(|(_, member)| member.relation.is_professional());
    let made = professionals.map(|(record, member)| {
        Made::new(ResourceType::Practitioner, member.person, around, &[record], person(member.person, member))
    });
    made.collect()
}
