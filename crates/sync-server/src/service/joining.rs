//! Letting a coordinator or administrator into a circle of their organisation, for whoever runs the server: an import writes in the
//! circles of clients in somebody's name, and only a member of a circle writes there.

use opstap_core::merge::{By, apply};
use opstap_core::model::{CircleKind, Member, Model, OrganisationRole, Relation};
use opstap_core::{CircleId, DeviceId, Edit, EditName, PersonId, RecordId, Seen, Stamp};

use super::circles::remember_members;
use super::desk::{Desk, access_of};
use super::{Service, ServiceError};
use crate::storage::Storage;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// They are in the circle now, as its coordinator.
    Now,
    /// They were in it before, as this.
    Before(Relation),
    /// It is no client's circle of their organisation, or they are no coordinator of it.
    NotTheirs,
}

impl<S: Storage> Service<S> {
    /// Lets somebody in. It is the server's own act, as founding a circle is: its stamp names the server and leads to no person. Every
    /// member of the circle sees the new one, and can take them out again.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn join(&self, person: PersonId, circle: CircleId) -> Result<Joined, ServiceError> {
        let now = self.now();
        let id = RecordId::new(now, self.random());
        let device = DeviceId(self.server.id.0);
        let joined = self
            .storage
            .write(move |txn| {
                let Some(account) = txn.person(person)? else { return Ok(Joined::NotTheirs) };
                let row = txn.lock_circle(circle)?.filter(|row| {
                    row.organisation == account.organisation
                        && row.kind == CircleKind::Client
                        && account.role >= OrganisationRole::Coordinator
                });
                let Some(row) = row else { return Ok(Joined::NotTheirs) };
                if let Some(relation) = access_of(&*txn, circle, row.kind)?.relation(person) {
                    return Ok(Joined::Before(relation));
                }
                let member = Member {
                    person,
                    relation: Relation::Coordinator,
                    name: account.name,
                    called: None,
                    phone: None,
                    face: None,
                    order: None,
                };
                let edit = Edit {
                    name: EditName { device, n: 1 },
                    stamp: Stamp::next(now, None, device),
                    circle,
                    seen: Seen::default(),
                    beside: None,
                    changes: vec![member.make(id)],
                };
                let number = row.counter.saturating_add(1);
                let by = By { stamp: edit.stamp, number, seen: row.counter };
                apply(&mut Desk { txn: &mut *txn, circle }, &edit, by)?;
                txn.move_counter(circle, number)?;
                let access = access_of(&*txn, circle, row.kind)?;
                remember_members(txn, circle, &access)?;
                Ok(Joined::Now)
            })
            .await?;
        if joined == Joined::Now {
            self.hints.moved(circle, None);
        }
        Ok(joined)
    }
}
