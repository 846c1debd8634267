//! The circles of an organisation's clients: who each is about, and what its records say.

use std::collections::BTreeMap;

use opstap_core::letters::in_small;
use opstap_core::model::{CircleKind, Member, Model, Relation};
use opstap_core::{Cell, CellName, CircleId, DeviceId, Kind, OrganisationId, PersonId, Record, RecordId};
use opstap_insight::{GUIDANCE_KINDS, Guidance, duo_role, guidance_of};
use opstap_sync_server::storage::{Snapshot, StorageError};
use opstap_sync_server::{Service, Storage};

/// A client's circle, as far as it is needed to find it.
#[derive(Debug, Clone)]
pub struct ClientCircle {
    /// The circle.
    pub id: CircleId,
    /// The name by which the circle knows its client; the id where it has none.
    pub name: String,
    /// Who is in it, and as what.
    pub members: Vec<(PersonId, Relation)>,
    /// The ids of the rows of the programme that its trajectories name.
    pub rows: Vec<RecordId>,
}

/// What a circle holds of guidance, as of one moment.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// The number of the last edit.
    pub number: u64,
    /// The records, also those that are deleted.
    pub records: Vec<Record>,
    /// Whose the devices are that made time of which the record does not say whose it was.
    owners: BTreeMap<DeviceId, PersonId>,
}

impl Held {
    /// What the records say. `members` says who was what of the duo.
    #[must_use]
    pub fn guidance(&self, members: &[(PersonId, Relation)]) -> Guidance {
        let author = |record: &Record| self.owners.get(&record.made()?.device).copied();
        guidance_of(&self.records, |record| duo_role(author(record), members))
    }
}

/// The circles of all clients, by name.
///
/// # Errors
/// When the database fails; so with all below.
pub async fn circles<S: Storage>(
    service: &Service<S>,
    organisation: OrganisationId,
) -> Result<Vec<ClientCircle>, StorageError> {
    let found = service.storage().read(move |snapshot| {
        let ids = snapshot.circles_of_organisation(organisation, CircleKind::Client)?;
        ids.into_iter().map(|id| circle(snapshot, id)).collect::<Result<Vec<_>, _>>()
    });
    let mut found = found.await?;
    found.sort_by_key(|circle| (in_order(&circle.name), circle.id));
    Ok(found)
}

/// A name so that client-2 comes before client-10.
pub(super) fn in_order(name: &str) -> Vec<(u64, String)> {
    let mut parts: Vec<(u64, String)> = Vec::new();
    for letter in in_small(name).chars() {
        match (letter.to_digit(10), parts.last_mut()) {
            (Some(digit), Some((number, text))) if text.is_empty() => {
                *number = number.saturating_mul(10).saturating_add(digit.into());
            }
            (Some(digit), _) => parts.push((digit.into(), String::new())),
            (None, Some((_, text))) if !text.is_empty() => text.push(letter),
            (None, _) => parts.push((0, letter.to_string())),
        }
    }
    parts
}

fn circle(snapshot: &dyn Snapshot, id: CircleId) -> Result<ClientCircle, StorageError> {
    let members = snapshot.records_of_kind(id, Kind::Member)?;
    let members = members.iter().filter(|record| !record.is_deleted()).filter_map(Member::from_record);
    let members: Vec<Member> = members.collect();
    let client = members.iter().find(|member| member.relation == Relation::Client);
    let name = client.map_or_else(|| id.to_string(), |client| client.name.trim().to_owned());
    let trajectories = snapshot.records_of_kind(id, Kind::Trajectory)?;
    let row = |record: &Record| opstap_core::model::Trajectory::from_record(record)?.row;
    let rows = trajectories.iter().filter(|record| !record.is_deleted()).filter_map(row).collect();
    Ok(ClientCircle { id, name, members: members.iter().map(|one| (one.person, one.relation)).collect(), rows })
}

/// What circles hold of guidance.
pub async fn held<S: Storage>(
    service: &Service<S>,
    circles: Vec<CircleId>,
) -> Result<BTreeMap<CircleId, Held>, StorageError> {
    let found = service.storage().read(move |snapshot| {
        let mut found = BTreeMap::new();
        for id in circles.iter().copied() {
            let mut held = Held { number: snapshot.circle(id)?.map_or(0, |row| row.counter), ..Held::default() };
            for kind in GUIDANCE_KINDS {
                held.records.extend(snapshot.records_of_kind(id, kind)?);
            }
            let without_role = held.records.iter().filter(|record| record.kind == Kind::TimeSpent);
            let without_role = without_role.filter(|record| record.value("role").is_none());
            let devices: Vec<DeviceId> = without_role.filter_map(Record::made).map(|made| made.device).collect();
            for device in devices {
                if !held.owners.contains_key(&device)
                    && let Some(row) = snapshot.device(device)?
                {
                    held.owners.insert(device, row.person);
                }
            }
            found.insert(id, held);
        }
        Ok(found)
    });
    found.await
}

/// What records held before, in the order in which they are given.
pub async fn before<S: Storage>(
    service: &Service<S>,
    circle: CircleId,
    records: Vec<RecordId>,
) -> Result<Vec<Vec<(CellName, Cell)>>, StorageError> {
    let found = service.storage().read(move |snapshot| {
        let displaced = |id: &RecordId| {
            let before = snapshot.history(circle, *id)?;
            Ok(before.into_iter().map(|displaced| (displaced.cell, displaced.value)).collect())
        };
        records.iter().map(displaced).collect()
    });
    found.await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_stand_in_the_order_of_their_numbers() {
        let mut names = ["client-10", "Bo", "client-2", "client-1"];
        names.sort_by_key(|name| in_order(name));
        assert_eq!(names, ["Bo", "client-1", "client-2", "client-10"]);
    }
}
