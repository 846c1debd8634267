//! Organisations, accounts, devices and sessions.

use opstap_core::model::{OrganisationRole, Person};
use opstap_core::{DeviceId, OrganisationId, PersonId};

use super::{Secret, Service, ServiceError, Session, secret};
use crate::journal::Entry;
use crate::storage::{DeviceRow, OrganisationRow, PersonRow, Storage};

impl<S: Storage> Service<S> {
    /// Adds an organisation.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn create_organisation(&self, name: &str) -> Result<OrganisationId, ServiceError> {
        let row = OrganisationRow {
            id: OrganisationId::new(self.now(), self.random()),
            name: name.to_owned(),
            lease: OrganisationRow::LEASE,
        };
        let id = row.id;
        self.storage.write(move |txn| txn.put_organisation(&row)).await?;
        Ok(id)
    }

    /// Every organisation; none in a new database.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn organisations(&self) -> Result<Vec<OrganisationRow>, ServiceError> {
        Ok(self.storage.read(|snapshot| snapshot.organisations()).await?)
    }

    /// Sets for how many days the members' copies of an organisation's circles may be used without word from the server; 0 for ever.
    ///
    /// # Errors
    /// [`ServiceError::UnknownOrganisation`], or when the storage fails.
    pub async fn set_lease(&self, organisation: OrganisationId, days: u32) -> Result<(), ServiceError> {
        let known = self
            .storage
            .write(move |txn| {
                let row = txn.organisations()?.into_iter().find(|row| row.id == organisation);
                row.map(|row| txn.put_organisation(&OrganisationRow { lease: days, ..row })).transpose()
            })
            .await?;
        known.ok_or(ServiceError::UnknownOrganisation)
    }

    /// Adds an account. The name is for whoever manages accounts; circles know people by their member records.
    ///
    /// # Errors
    /// [`ServiceError::UnknownOrganisation`], or when the storage fails.
    pub async fn add_person(
        &self,
        organisation: OrganisationId,
        role: OrganisationRole,
        name: &str,
    ) -> Result<PersonId, ServiceError> {
        let row = PersonRow { id: PersonId::new(self.now(), self.random()), organisation, role, name: name.to_owned() };
        let id = row.id;
        let known = self
            .storage
            .write(move |txn| {
                let known = txn.organisations()?.iter().any(|known| known.id == row.organisation);
                if known {
                    txn.put_person(&row)?;
                }
                Ok(known)
            })
            .await?;
        if known { Ok(id) } else { Err(ServiceError::UnknownOrganisation) }
    }

    /// A person's account.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn person(&self, person: PersonId) -> Result<Option<PersonRow>, ServiceError> {
        Ok(self.storage.read(move |snapshot| snapshot.person(person)).await?)
    }

    /// The accounts of an organisation.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn persons(&self, organisation: OrganisationId) -> Result<Vec<PersonRow>, ServiceError> {
        Ok(self.storage.read(move |snapshot| snapshot.persons(organisation)).await?)
    }

    /// The devices of a person, also those that were revoked.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn devices(&self, person: PersonId) -> Result<Vec<DeviceRow>, ServiceError> {
        Ok(self.storage.read(move |snapshot| snapshot.devices(person)).await?)
    }

    /// Who is asking, by the token they bring; `None` when nobody has it.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, ServiceError> {
        let token = secret::hash(token);
        let found = self
            .storage
            .read(move |snapshot| {
                let Some(session) = snapshot.session(&token)? else {
                    return Ok(None);
                };
                let person = snapshot.person(session.person)?;
                Ok(person.map(|person| Session {
                    person: Person { id: person.id, role: person.role },
                    organisation: person.organisation,
                    device: session.device,
                    revoked: session.revoked,
                }))
            })
            .await?;
        Ok(found)
    }

    /// Forgets the session with this token: its person signed out.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn sign_out(&self, token: &str) -> Result<(), ServiceError> {
        let token = secret::hash(token);
        let ended = self.storage.write(move |txn| {
            if let Some(session) = txn.session(&token)? {
                txn.end_push(session.device)?;
            }
            txn.end_session(&token)
        });
        Ok(ended.await?)
    }

    /// Ends every session of a device. It may still hand in its outbox, for quarantine. A device nobody knows stays unknown.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn revoke(&self, device: DeviceId) -> Result<(), ServiceError> {
        let now = self.now();
        let journal = self.journal.clone();
        self.storage
            .write(move |txn| {
                if let Some(row) = txn.device(device)? {
                    journal.keep(&Entry::ShutOut { device, at: now })?;
                    txn.put_device(&DeviceRow { revoked: Some(now), ..row })?;
                    txn.revoke_sessions(device, None)?;
                    txn.end_push(device)?;
                }
                Ok(())
            })
            .await?;
        Ok(())
    }

    pub(super) fn secret<const BYTES: usize>(&self) -> Secret {
        let mut bytes = [0; BYTES];
        self.randomness.fill(&mut bytes);
        Secret::new(&bytes)
    }
}
