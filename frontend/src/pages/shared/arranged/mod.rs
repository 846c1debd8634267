//! What is arranged round a client, the same at the desk and on the phone of a volunteer: who does what, and who comes when.

mod appointments;
mod new_appointment;
mod new_task;
mod task;
mod tasks;

pub use appointments::Appointments;
pub use tasks::Tasks;

use opstap_core::PersonId;
use opstap_core::model::{Member, Relation};

use crate::device::{self, Entry};
use crate::stories;
use crate::words::arranged;

/// Who can be asked to do something or to come: everybody round the client but the client, and who only reads.
fn helpers(members: &[Entry<Member>]) -> Vec<(PersonId, String)> {
    let helps =
        |member: &&Entry<Member>| !matches!(member.value.relation, Relation::Client | Relation::NeighbourhoodCoach);
    members.iter().filter(helps).map(|member| (member.value.person, member.value.name.clone())).collect()
}

/// Whether it is whoever holds this device.
fn is_me(person: PersonId) -> bool {
    device::me().is_some_and(|me| me.id == person)
}

/// The name of somebody in the circle, in words where they left it.
fn name(members: &[Entry<Member>], person: Option<PersonId>) -> String {
    let name = person.map(|person| stories::name_of(members, person)).unwrap_or_default();
    if name.is_empty() { arranged::SOMEBODY.get().to_owned() } else { name }
}
