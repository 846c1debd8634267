//! Who there is: the server, organisations, accounts, devices, sessions, invitations, memberships.

use opstap_core::model::OrganisationRole;
use opstap_core::{CircleId, DeviceId, Epoch, Millis, OrganisationId, PersonId, ServerId};
use opstap_sync_server::storage::{
    DeviceRow, InvitationRow, OrganisationRow, PersonRow, ReadIdentity, ServerRow, SessionRow, StorageError,
    WriteIdentity,
};
use rusqlite::{Row, params};

use super::{Rows, column, number, time, time_or_none};

fn person_row(row: &Row<'_>) -> rusqlite::Result<(PersonId, OrganisationId, u8, String)> {
    Ok((PersonId(row.get(0)?), OrganisationId(row.get(1)?), row.get(2)?, row.get(3)?))
}

fn person((id, organisation, role, name): (PersonId, OrganisationId, u8, String)) -> Result<PersonRow, StorageError> {
    let role = OrganisationRole::from_code(role).ok_or(StorageError::Corrupt("the role of a person"))?;
    Ok(PersonRow { id, organisation, role, name })
}

fn device_row(row: &Row<'_>) -> rusqlite::Result<DeviceRow> {
    Ok(DeviceRow {
        id: DeviceId(row.get(0)?),
        person: PersonId(row.get(1)?),
        since: time(row, 2)?,
        revoked: time_or_none(row, 3)?,
        waiting: row.get(4)?,
        refused: row.get(5)?,
        heard: time(row, 6)?,
    })
}

fn invitation_row(row: &Row<'_>) -> rusqlite::Result<InvitationRow> {
    Ok(InvitationRow {
        long: row.get(0)?,
        short: row.get(1)?,
        person: PersonId(row.get(2)?),
        expires: time(row, 3)?,
        used: time_or_none(row, 4)?,
    })
}

impl ReadIdentity for Rows<'_> {
    fn server(&self) -> Result<Option<ServerRow>, StorageError> {
        self.one("SELECT id, epoch, before FROM server", [], |row| {
            Ok(ServerRow { id: ServerId(row.get(0)?), epoch: Epoch(number(row, 1)?), before: Epoch(number(row, 2)?) })
        })
    }

    fn organisations(&self) -> Result<Vec<OrganisationRow>, StorageError> {
        self.all("SELECT id, name, lease FROM organisation ORDER BY id", [], |row| {
            Ok(OrganisationRow { id: OrganisationId(row.get(0)?), name: row.get(1)?, lease: row.get(2)? })
        })
    }

    fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StorageError> {
        let found = self.one("SELECT id, organisation, role, name FROM person WHERE id = ?1", [id.0], person_row)?;
        found.map(person).transpose()
    }

    fn persons(&self, organisation: OrganisationId) -> Result<Vec<PersonRow>, StorageError> {
        let found = self.all(
            "SELECT id, organisation, role, name FROM person WHERE organisation = ?1 ORDER BY id",
            [organisation.0],
            person_row,
        )?;
        found.into_iter().map(person).collect()
    }

    fn device(&self, device: DeviceId) -> Result<Option<DeviceRow>, StorageError> {
        self.one(
            "SELECT id, person, since, revoked, waiting, refused, heard FROM device WHERE id = ?1",
            [device.0],
            device_row,
        )
    }

    fn devices(&self, person: PersonId) -> Result<Vec<DeviceRow>, StorageError> {
        self.all(
            "SELECT id, person, since, revoked, waiting, refused, heard FROM device WHERE person = ?1 ORDER BY id",
            [person.0],
            device_row,
        )
    }

    fn session(&self, token: &[u8; 32]) -> Result<Option<SessionRow>, StorageError> {
        self.one("SELECT person, device, since, revoked FROM session WHERE token = ?1", [token], |row| {
            Ok(SessionRow {
                token: *token,
                person: PersonId(row.get(0)?),
                device: DeviceId(row.get(1)?),
                since: time(row, 2)?,
                revoked: row.get(3)?,
            })
        })
    }

    fn invitation(&self, code: &[u8; 32]) -> Result<Option<InvitationRow>, StorageError> {
        self.one(
            "SELECT long, short, person, expires, used FROM invitation WHERE long = ?1 OR short = ?1",
            [code],
            invitation_row,
        )
    }

    fn memberships(&self, person: PersonId) -> Result<Vec<(CircleId, bool)>, StorageError> {
        self.all("SELECT circle, present FROM membership WHERE person = ?1 ORDER BY circle", [person.0], |row| {
            Ok((CircleId(row.get(0)?), row.get(1)?))
        })
    }
}

impl WriteIdentity for Rows<'_> {
    fn put_server(&mut self, row: &ServerRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO server (one, id, epoch, before) VALUES (1, ?1, ?2, ?3) \
             ON CONFLICT (one) DO UPDATE SET id = excluded.id, epoch = excluded.epoch, before = excluded.before",
            params![row.id.0, column(row.epoch.0), column(row.before.0)],
        )
    }

    fn put_organisation(&mut self, row: &OrganisationRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO organisation (id, name, lease) VALUES (?1, ?2, ?3) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, lease = excluded.lease",
            params![row.id.0, row.name, row.lease],
        )
    }

    fn put_person(&mut self, row: &PersonRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO person (id, organisation, role, name) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (id) DO UPDATE SET \
             organisation = excluded.organisation, role = excluded.role, name = excluded.name",
            params![row.id.0, row.organisation.0, row.role as u8, row.name],
        )
    }

    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO device (id, person, since, revoked, waiting, refused, heard) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (id) DO UPDATE SET person = excluded.person, since = excluded.since, \
             revoked = excluded.revoked, waiting = excluded.waiting, refused = excluded.refused, \
             heard = excluded.heard",
            params![
                row.id.0,
                row.person.0,
                column(row.since.0),
                row.revoked.map(|at| column(at.0)),
                row.waiting,
                row.refused,
                column(row.heard.0),
            ],
        )
    }

    fn add_session(&mut self, row: &SessionRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO session (token, person, device, since, revoked) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![row.token, row.person.0, row.device.0, column(row.since.0), row.revoked],
        )
    }

    fn move_sessions(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StorageError> {
        self.run("UPDATE session SET device = ?2 WHERE device = ?1", [from.0, to.0])
    }

    fn revoke_sessions(&mut self, device: DeviceId, until: Option<Millis>) -> Result<bool, StorageError> {
        self.run(
            "UPDATE session SET revoked = 1 WHERE device = ?1 AND (?2 IS NULL OR since <= ?2)",
            params![device.0, until.map(|at| column(at.0))],
        )?;
        let newer =
            self.one("SELECT 1 FROM session WHERE device = ?1 AND revoked = 0 LIMIT 1", [device.0], |_| Ok(()))?;
        Ok(newer.is_some())
    }

    fn end_session(&mut self, token: &[u8; 32]) -> Result<(), StorageError> {
        self.run("DELETE FROM session WHERE token = ?1", [token])
    }

    fn add_invitation(&mut self, row: &InvitationRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO invitation (long, short, person, expires, used) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![row.long, row.short, row.person.0, column(row.expires.0), row.used.map(|at| column(at.0))],
        )
    }

    fn use_invitation(&mut self, row: &InvitationRow, at: Millis) -> Result<(), StorageError> {
        self.run("UPDATE invitation SET used = ?2 WHERE long = ?1", params![row.long, column(at.0)])
    }

    fn put_membership(&mut self, person: PersonId, circle: CircleId, present: bool) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO membership (person, circle, present) VALUES (?1, ?2, ?3) \
             ON CONFLICT (person, circle) DO UPDATE SET present = excluded.present",
            params![person.0, circle.0, present],
        )
    }
}
