//! Who there is, in memory.

use std::collections::BTreeMap;

use opstap_core::{CircleId, DeviceId, Millis, OrganisationId, PersonId};

use super::State;
use crate::storage::{
    DeviceRow, InvitationRow, OrganisationRow, PersonRow, ReadIdentity, ServerRow, SessionRow, StorageError,
    WriteIdentity,
};

#[derive(Clone, Default)]
pub(super) struct Identity {
    server: Option<ServerRow>,
    organisations: BTreeMap<OrganisationId, OrganisationRow>,
    persons: BTreeMap<PersonId, PersonRow>,
    devices: BTreeMap<DeviceId, DeviceRow>,
    sessions: BTreeMap<[u8; 32], SessionRow>,
    invitations: BTreeMap<[u8; 32], InvitationRow>,
    memberships: BTreeMap<(PersonId, CircleId), bool>,
}

impl ReadIdentity for State {
    fn server(&self) -> Result<Option<ServerRow>, StorageError> {
        Ok(self.identity.server)
    }

    fn organisations(&self) -> Result<Vec<OrganisationRow>, StorageError> {
        Ok(self.identity.organisations.values().cloned().collect())
    }

    fn person(&self, person: PersonId) -> Result<Option<PersonRow>, StorageError> {
        Ok(self.identity.persons.get(&person).cloned())
    }

    fn persons(&self, organisation: OrganisationId) -> Result<Vec<PersonRow>, StorageError> {
        let persons = self.identity.persons.values();
        Ok(persons.filter(|row| row.organisation == organisation).cloned().collect())
    }

    fn device(&self, device: DeviceId) -> Result<Option<DeviceRow>, StorageError> {
        Ok(self.identity.devices.get(&device).copied())
    }

    fn devices(&self, person: PersonId) -> Result<Vec<DeviceRow>, StorageError> {
        let devices = self.identity.devices.values();
        Ok(devices.filter(|row| row.person == person).copied().collect())
    }

    fn session(&self, token: &[u8; 32]) -> Result<Option<SessionRow>, StorageError> {
        Ok(self.identity.sessions.get(token).copied())
    }

    fn invitation(&self, code: &[u8; 32]) -> Result<Option<InvitationRow>, StorageError> {
        let mut invitations = self.identity.invitations.values();
        Ok(invitations.find(|row| row.short == *code || row.long == *code).copied())
    }

    fn memberships(&self, person: PersonId) -> Result<Vec<(CircleId, bool)>, StorageError> {
        let first = (person, CircleId([0; 16]));
        let last = (person, CircleId([u8::MAX; 16]));
        Ok(self.identity.memberships.range(first..=last).map(|((_, circle), present)| (*circle, *present)).collect())
    }
}

impl WriteIdentity for State {
    fn put_server(&mut self, row: &ServerRow) -> Result<(), StorageError> {
        self.identity.server = Some(*row);
        Ok(())
    }

    fn put_organisation(&mut self, row: &OrganisationRow) -> Result<(), StorageError> {
        self.identity.organisations.insert(row.id, row.clone());
        Ok(())
    }

    fn put_person(&mut self, row: &PersonRow) -> Result<(), StorageError> {
        self.identity.persons.insert(row.id, row.clone());
        Ok(())
    }

    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StorageError> {
        self.identity.devices.insert(row.id, *row);
        Ok(())
    }

    fn add_session(&mut self, row: &SessionRow) -> Result<(), StorageError> {
        self.identity.sessions.insert(row.token, *row);
        Ok(())
    }

    fn move_sessions(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StorageError> {
        let sessions = self.identity.sessions.values_mut();
        for row in sessions.filter(|row| row.device == from) {
            row.device = to;
        }
        Ok(())
    }

    fn revoke_sessions(&mut self, device: DeviceId, until: Option<Millis>) -> Result<bool, StorageError> {
        let mut goes_on = false;
        for row in self.identity.sessions.values_mut().filter(|row| row.device == device) {
            row.revoked |= until.is_none_or(|until| row.since <= until);
            goes_on |= !row.revoked;
        }
        Ok(goes_on)
    }

    fn end_session(&mut self, token: &[u8; 32]) -> Result<(), StorageError> {
        self.identity.sessions.remove(token);
        Ok(())
    }

    fn add_invitation(&mut self, row: &InvitationRow) -> Result<(), StorageError> {
        self.identity.invitations.insert(row.long, *row);
        Ok(())
    }

    fn use_invitation(&mut self, row: &InvitationRow, at: Millis) -> Result<(), StorageError> {
        if let Some(row) = self.identity.invitations.get_mut(&row.long) {
            row.used = Some(at);
        }
        Ok(())
    }

    fn put_membership(&mut self, person: PersonId, circle: CircleId, present: bool) -> Result<(), StorageError> {
        self.identity.memberships.insert((person, circle), present);
        Ok(())
    }
}
