//! Opening circles while the server runs: a registration opens the participant's own circle, and whoever joins a circle needs an account.

use opstap_core::model::{CircleKind, Member, Model, OrganisationRole, Relation};
use opstap_core::{CircleId, DeviceId, Edit, EditName, OrganisationId, PersonId, RecordId, Seen, Stamp};

use super::circles::{circle_in, found};
use super::desk::access_of;
use super::{Service, ServiceError, Session};
use crate::storage::{CircleRow, PersonRow, Snapshot, Storage, StorageError};

/// The longest name of an account, in characters.
pub const LONGEST_PERSON: usize = 100;

/// What came of opening a circle or adding somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It is there, and this is the account of the client, or of whoever was added.
    Person(PersonId),
    /// Only professionals do this.
    NotTheirs,
    /// The id is another's already.
    Taken,
    /// The name is empty or too long.
    NoName,
}

impl<S: Storage> Service<S> {
    /// Opens the circle of a new client, with the client's account and whoever asks in it. The device makes the id, so that asking again
    /// after an answer that was lost opens no second one.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn open_circle(&self, session: Session, circle: CircleId, name: &str) -> Result<Opened, ServiceError> {
        let Some(relation) = relation_of(session.person.role) else { return Ok(Opened::NotTheirs) };
        let Some(name) = tidy(name) else { return Ok(Opened::NoName) };
        let now = self.now();
        let client = PersonId::new(now, self.random());
        let ids = [RecordId::new(now, self.random()), RecordId::new(now, self.random())];
        // The founding is the server's own act: its stamp names the server and leads to no person.
        let device = DeviceId(self.server.id.0);
        let opened = self
            .storage
            .write(move |txn| {
                if txn.circle(circle)?.is_some() {
                    return client_of(&*txn, circle, &session);
                }
                let Some(asking) = txn.person(session.person.id)? else { return Ok(Opened::NotTheirs) };
                let organisation = session.organisation;
                txn.put_person(&PersonRow {
                    id: client,
                    organisation,
                    role: OrganisationRole::Participant,
                    name: name.clone(),
                })?;
                let members = [(client, Relation::Client, name.clone()), (asking.id, relation, asking.name)];
                let members = members.map(|(person, relation, name)| Member {
                    person,
                    relation,
                    name,
                    called: None,
                    phone: None,
                    face: None,
                    order: None,
                });
                let founding = Edit {
                    name: EditName { device, n: 1 },
                    stamp: Stamp::next(now, None, device),
                    circle,
                    seen: Seen::default(),
                    beside: None,
                    changes: members.iter().zip(ids).map(|(member, id)| member.make(id)).collect(),
                };
                let kind = CircleKind::Client;
                found(txn, &CircleRow { id: circle, organisation, kind, counter: 0, restored: 0 }, &founding)?;
                Ok(Opened::Person(client))
            })
            .await?;
        Ok(opened)
    }

    /// Adds an account of somebody who is to join circles, such as a volunteer or a parent. The device makes the id, as with a circle.
    pub async fn add_participant(
        &self,
        session: Session,
        person: PersonId,
        name: &str,
    ) -> Result<Opened, ServiceError> {
        if relation_of(session.person.role).is_none() {
            return Ok(Opened::NotTheirs);
        }
        let Some(name) = tidy(name) else { return Ok(Opened::NoName) };
        let organisation = session.organisation;
        let added = self
            .storage
            .write(move |txn| {
                let role = OrganisationRole::Participant;
                let row = PersonRow { id: person, organisation, role, name: name.clone() };
                Ok(match txn.person(person)? {
                    None => {
                        txn.put_person(&row)?;
                        Opened::Person(person)
                    }
                    Some(known) if known.organisation == organisation && known.name == row.name => {
                        Opened::Person(person)
                    }
                    Some(_) => Opened::Taken,
                })
            })
            .await?;
        Ok(added)
    }

    /// The one circle of its kind that an organisation has, its library or programme; opened when it is not there.
    pub async fn circle_of_its_own(
        &self,
        organisation: OrganisationId,
        kind: CircleKind,
    ) -> Result<CircleId, ServiceError> {
        let id = CircleId::new(self.now(), self.random());
        let circle = self
            .storage
            .write(move |txn| {
                if let Some(known) = txn.circles_of_organisation(organisation, kind)?.first() {
                    return Ok(*known);
                }
                txn.add_circle(&CircleRow { id, organisation, kind, counter: 0, restored: 0 })?;
                Ok(id)
            })
            .await?;
        Ok(circle)
    }
}

/// What somebody who opens a circle is in it.
const fn relation_of(role: OrganisationRole) -> Option<Relation> {
    match role {
        OrganisationRole::Participant => None,
        OrganisationRole::Professional => Some(Relation::Supervisor),
        OrganisationRole::Coordinator | OrganisationRole::Administrator => Some(Relation::Coordinator),
    }
}

fn tidy(name: &str) -> Option<String> {
    let name = name.trim();
    (!name.is_empty() && name.chars().count() <= LONGEST_PERSON && !name.chars().any(char::is_control))
        .then(|| name.to_owned())
}

/// The client of a circle that somebody opened before; whoever has nothing to do with it hears that the id is taken.
fn client_of(snapshot: &dyn Snapshot, circle: CircleId, session: &Session) -> Result<Opened, StorageError> {
    let Some(row) = circle_in(snapshot, circle, session)? else { return Ok(Opened::Taken) };
    let access = access_of(snapshot, circle, row.kind)?;
    let theirs = access.relation(session.person.id).is_some();
    Ok(access.client().filter(|_| theirs).map_or(Opened::Taken, Opened::Person))
}
