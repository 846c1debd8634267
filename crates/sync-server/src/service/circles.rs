//! Which circles there are and who is in them; what is told of a circle outside the round trip.

use std::collections::BTreeSet;

use opstap_core::access::{CircleAccess, View};
use opstap_core::merge::{By, apply};
use opstap_core::model::{CircleKind, Member, Model, Person, Relation};
use opstap_core::{CircleId, DeviceId, Edit, EditName, Kind, OrganisationId, PersonId, RecordId, Seen, Stamp};

use super::desk::{Desk, access_of};
use super::{Service, ServiceError, Session};
use crate::storage::{CircleRow, Delivered, LetGoRow, Snapshot, Storage, StorageError, Txn};

/// The circles of their organisation that may concern a person: those they are in, the library and the programme.
pub(super) fn circles_for(
    snapshot: &dyn Snapshot,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<Vec<CircleRow>, StorageError> {
    let memberships = snapshot.memberships(person)?;
    let mut circles: Vec<CircleId> =
        memberships.into_iter().filter_map(|(circle, present)| present.then_some(circle)).collect();
    for kind in [CircleKind::Library, CircleKind::Programme] {
        circles.extend(snapshot.circles_of_organisation(organisation, kind)?);
    }
    // A library may name members too, and is still one circle.
    circles.sort_unstable();
    circles.dedup();
    let mut rows = Vec::with_capacity(circles.len());
    for circle in circles {
        rows.extend(snapshot.circle(circle)?.filter(|row| row.organisation == organisation));
    }
    Ok(rows)
}

/// A circle, if it is one of the session's organisation: roles count for nothing in another's.
pub(super) fn circle_in(
    snapshot: &dyn Snapshot,
    circle: CircleId,
    session: &Session,
) -> Result<Option<CircleRow>, StorageError> {
    let row = snapshot.circle(circle)?;
    Ok(row.filter(|row| row.organisation == session.organisation))
}

/// Brings the list of who is in which circle in step with the circle's own records.
pub(super) fn remember_members(txn: &mut dyn Txn, circle: CircleId, access: &CircleAccess) -> Result<(), StorageError> {
    let records = txn.records_of_kind(circle, Kind::Member)?;
    for member in records.iter().filter_map(Member::from_record) {
        let present = access.relation(member.person).is_some();
        txn.put_membership(member.person, circle, present)?;
    }
    Ok(())
}

impl<S: Storage> Service<S> {
    /// Opens a circle with its first members; from then on it changes by edits.
    ///
    /// # Errors
    /// [`ServiceError::UnknownOrganisation`], [`ServiceError::UnknownPerson`], or when the storage fails.
    pub async fn create_circle(
        &self,
        organisation: OrganisationId,
        kind: CircleKind,
        members: &[Member],
    ) -> Result<CircleId, ServiceError> {
        let now = self.now();
        let circle = CircleId::new(now, self.random());
        // The founding is the server's own act: its stamp names the server and leads to no person.
        let device = DeviceId(self.server.id.0);
        let founding = Edit {
            name: EditName { device, n: 1 },
            stamp: Stamp::next(now, None, device),
            circle,
            seen: Seen::default(),
            beside: None,
            changes: members.iter().map(|member| member.make(RecordId::new(now, self.random()))).collect(),
        };
        let persons: Vec<PersonId> = members.iter().map(|member| member.person).collect();
        let row = CircleRow { id: circle, organisation, kind, counter: 0, restored: 0 };
        self.storage
            .write(move |txn| {
                let organisations = txn.organisations()?;
                if !organisations.iter().any(|known| known.id == organisation) {
                    return Ok(Err(ServiceError::UnknownOrganisation));
                }
                for person in &persons {
                    let account = txn.person(*person)?;
                    if account.is_none_or(|account| account.organisation != organisation) {
                        return Ok(Err(ServiceError::UnknownPerson));
                    }
                }
                found(txn, &row, &founding)?;
                Ok(Ok(()))
            })
            .await??;
        Ok(circle)
    }

    /// The circles of which a person may see something now: whose hints they may hear.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn circles_of(&self, person: PersonId) -> Result<Vec<CircleId>, ServiceError> {
        let now = self.now();
        let circles = self
            .storage
            .read(move |snapshot| {
                let Some(account) = snapshot.person(person)? else {
                    return Ok(Vec::new());
                };
                let asking = Person { id: account.id, role: account.role };
                let mut circles = Vec::new();
                for row in circles_for(snapshot, person, account.organisation)? {
                    let access = access_of(snapshot, row.id, row.kind)?;
                    if access.view(asking, now) != View::NOTHING {
                        circles.push(row.id);
                    }
                }
                Ok(circles)
            })
            .await?;
        Ok(circles)
    }

    /// Who is in a client's circle now; `None` for one of an organisation, where roles decide.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn people_of(&self, circle: CircleId) -> Result<Option<BTreeSet<PersonId>>, ServiceError> {
        let people = self
            .storage
            .read(move |snapshot| {
                let row = snapshot.circle(circle)?;
                if row.is_some_and(|row| row.kind != CircleKind::Client) {
                    return Ok(None);
                }
                let records = snapshot.records_of_kind(circle, Kind::Member)?;
                let members = records.iter().filter(|record| !record.is_deleted()).filter_map(Member::from_record);
                Ok(Some(members.map(|member| member.person).collect()))
            })
            .await?;
        Ok(people)
    }

    /// The circles of one kind in an organisation.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn circles_of_organisation(
        &self,
        organisation: OrganisationId,
        kind: CircleKind,
    ) -> Result<Vec<CircleId>, ServiceError> {
        Ok(self.storage.read(move |snapshot| snapshot.circles_of_organisation(organisation, kind)).await?)
    }

    /// What was delivered to whom, for the client or who decides for them; nothing for anybody else.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn deliveries(&self, session: Session, circle: CircleId) -> Result<Vec<Delivered>, ServiceError> {
        let read = self.storage.read(move |snapshot| {
            let theirs = is_decided_by(snapshot, circle, &session)?;
            if theirs { snapshot.deliveries(circle) } else { Ok(Vec::new()) }
        });
        Ok(read.await?)
    }

    /// What devices let go of because their person may no longer hold it, for the client or who decides for them; nothing for anybody
    /// else.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn let_go(&self, session: Session, circle: CircleId) -> Result<Vec<LetGoRow>, ServiceError> {
        let read = self.storage.read(move |snapshot| {
            let theirs = is_decided_by(snapshot, circle, &session)?;
            if theirs { snapshot.let_go(circle) } else { Ok(Vec::new()) }
        });
        Ok(read.await?)
    }
}

/// Whether whoever asks is the client of a circle, or decides for them.
pub(super) fn is_decided_by(
    snapshot: &dyn Snapshot,
    circle: CircleId,
    session: &Session,
) -> Result<bool, StorageError> {
    let Some(row) = circle_in(snapshot, circle, session)? else { return Ok(false) };
    let relation = access_of(snapshot, circle, row.kind)?.relation(session.person.id);
    Ok(matches!(relation, Some(Relation::Client | Relation::Representative)))
}

pub(super) fn found(txn: &mut dyn Txn, row: &CircleRow, founding: &Edit) -> Result<(), StorageError> {
    txn.add_circle(row)?;
    if founding.changes.is_empty() {
        return Ok(());
    }
    let by = By { stamp: founding.stamp, number: 1, seen: 0 };
    let mut desk = Desk { txn: &mut *txn, circle: row.id };
    apply(&mut desk, founding, by)?;
    txn.move_counter(row.id, 1)?;
    let access = access_of(&*txn, row.id, row.kind)?;
    remember_members(txn, row.id, &access)
}
