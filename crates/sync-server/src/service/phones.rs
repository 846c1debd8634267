//! When a phone of a client was last heard of, for the professionals around them: a phone that is silent is noticed, and nothing else is told.

use opstap_core::model::{CircleKind, Member, Model, Person, Relation};
use opstap_core::{CircleId, Kind, Millis};

use super::circles::circles_for;
use super::desk::access_of;
use super::{Service, ServiceError, Session};
use crate::storage::{CircleRow, Snapshot, Storage, StorageError};

impl<S: Storage> Service<S> {
    /// By circle, when one of the client's devices was last heard of, within an hour
    /// ([`DeviceRow::HEARD_WITHIN`](crate::storage::DeviceRow::HEARD_WITHIN)): of the circles in which this person is a professional and
    /// whose client has a device. For nobody else, and not for a neighbourhood coach, to whom nothing is open but what the client agreed to.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn phones_heard(&self, session: Session) -> Result<Vec<(CircleId, Millis)>, ServiceError> {
        let read = self.storage.read(move |snapshot| {
            let mut heard = Vec::new();
            if session.revoked {
                return Ok(heard);
            }
            for row in circles_for(snapshot, session.person.id, session.organisation)? {
                heard.extend(heard_in(snapshot, &row, session.person)?.map(|at| (row.id, at)));
            }
            Ok(heard)
        });
        Ok(read.await?)
    }
}

fn heard_in(snapshot: &dyn Snapshot, row: &CircleRow, person: Person) -> Result<Option<Millis>, StorageError> {
    let relation = match row.kind {
        CircleKind::Client => access_of(snapshot, row.id, row.kind)?.relation(person.id),
        CircleKind::Library | CircleKind::Programme => None,
    };
    if !relation.is_some_and(Relation::is_professional) {
        return Ok(None);
    }
    let mut latest = None;
    for record in snapshot.records_of_kind(row.id, Kind::Member)?.iter().filter(|record| !record.is_deleted()) {
        let Some(member) = Member::from_record(record) else { continue };
        if member.relation == Relation::Client {
            let devices = snapshot.devices(member.person)?;
            let heard = devices.iter().filter(|device| device.revoked.is_none()).map(|device| device.heard);
            latest = latest.max(heard.max());
        }
    }
    Ok(latest)
}
