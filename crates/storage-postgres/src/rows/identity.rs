//! Who there is: the server, organisations, accounts, devices, sessions, invitations, memberships.

use opstap_core::model::OrganisationRole;
use opstap_core::{CircleId, DeviceId, Epoch, Millis, OrganisationId, PersonId, ServerId};
use opstap_sync_server::storage::{
    DeviceRow, InvitationRow, OrganisationRow, PersonRow, ReadIdentity, ServerRow, SessionRow, StorageError,
    WriteIdentity,
};
use tokio_postgres::Row;

use super::Rows;
use crate::column::{bytes, columns, get, number, small, text, time, time_or_none};

fn person_row(row: &Row) -> Result<PersonRow, StorageError> {
    let role = OrganisationRole::from_code(small(row, 2)?).ok_or(StorageError::Corrupt("the role of a person"))?;
    Ok(PersonRow {
        id: PersonId(bytes(row, 0)?),
        organisation: OrganisationId(bytes(row, 1)?),
        role,
        name: text(row, 3)?,
    })
}

fn device_row(row: &Row) -> Result<DeviceRow, StorageError> {
    Ok(DeviceRow {
        id: DeviceId(bytes(row, 0)?),
        person: PersonId(bytes(row, 1)?),
        since: time(row, 2)?,
        revoked: time_or_none(row, 3)?,
        waiting: small(row, 4)?,
        refused: small(row, 5)?,
        heard: time(row, 6)?,
    })
}

fn invitation_row(row: &Row) -> Result<InvitationRow, StorageError> {
    Ok(InvitationRow {
        long: bytes(row, 0)?,
        short: bytes(row, 1)?,
        person: PersonId(bytes(row, 2)?),
        expires: time(row, 3)?,
        used: time_or_none(row, 4)?,
    })
}

impl ReadIdentity for Rows<'_> {
    fn server(&self) -> Result<Option<ServerRow>, StorageError> {
        self.one("SELECT id, epoch, before FROM server", columns![], |row| {
            Ok(ServerRow {
                id: ServerId(bytes(row, 0)?),
                epoch: Epoch(number(row, 1)?),
                before: Epoch(number(row, 2)?),
            })
        })
    }

    fn organisations(&self) -> Result<Vec<OrganisationRow>, StorageError> {
        self.all("SELECT id, name, lease FROM organisation ORDER BY id", columns![], |row| {
            Ok(OrganisationRow { id: OrganisationId(bytes(row, 0)?), name: text(row, 1)?, lease: small(row, 2)? })
        })
    }

    fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StorageError> {
        self.one("SELECT id, organisation, role, name FROM person WHERE id = $1", columns![id.0], person_row)
    }

    fn persons(&self, organisation: OrganisationId) -> Result<Vec<PersonRow>, StorageError> {
        self.all(
            "SELECT id, organisation, role, name FROM person WHERE organisation = $1 ORDER BY id",
            columns![organisation.0],
            person_row,
        )
    }

    fn device(&self, device: DeviceId) -> Result<Option<DeviceRow>, StorageError> {
        self.one(
            "SELECT id, person, since, revoked, waiting, refused, heard FROM device WHERE id = $1",
            columns![device.0],
            device_row,
        )
    }

    fn devices(&self, person: PersonId) -> Result<Vec<DeviceRow>, StorageError> {
        self.all(
            "SELECT id, person, since, revoked, waiting, refused, heard FROM device WHERE person = $1 ORDER BY id",
            columns![person.0],
            device_row,
        )
    }

    fn session(&self, token: &[u8; 32]) -> Result<Option<SessionRow>, StorageError> {
        self.one("SELECT person, device, since, revoked FROM session WHERE token = $1", columns![*token], |row| {
            Ok(SessionRow {
                token: *token,
                person: PersonId(bytes(row, 0)?),
                device: DeviceId(bytes(row, 1)?),
                since: time(row, 2)?,
                revoked: get(row, 3)?,
            })
        })
    }

    fn invitation(&self, code: &[u8; 32]) -> Result<Option<InvitationRow>, StorageError> {
        self.one(
            "SELECT long, short, person, expires, used FROM invitation WHERE long = $1 OR short = $1",
            columns![*code],
            invitation_row,
        )
    }

    fn memberships(&self, person: PersonId) -> Result<Vec<(CircleId, bool)>, StorageError> {
        self.all(
            "SELECT circle, present FROM membership WHERE person = $1 ORDER BY circle",
            columns![person.0],
            |row| Ok((CircleId(bytes(row, 0)?), get(row, 1)?)),
        )
    }
}

impl WriteIdentity for Rows<'_> {
    fn put_server(&mut self, row: &ServerRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO server (one, id, epoch, before) VALUES (1, $1, $2, $3) \
             ON CONFLICT (one) DO UPDATE SET id = excluded.id, epoch = excluded.epoch, before = excluded.before",
            columns![row.id.0, row.epoch.0, row.before.0],
        )
    }

    fn put_organisation(&mut self, row: &OrganisationRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO organisation (id, name, lease) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, lease = excluded.lease",
            columns![row.id.0, row.name.as_str(), row.lease],
        )
    }

    fn put_person(&mut self, row: &PersonRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO person (id, organisation, role, name) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO UPDATE SET \
             organisation = excluded.organisation, role = excluded.role, name = excluded.name",
            columns![row.id.0, row.organisation.0, row.role as u8, row.name.as_str()],
        )
    }

    fn put_device(&mut self, row: &DeviceRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO device (id, person, since, revoked, waiting, refused, heard) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (id) DO UPDATE SET person = excluded.person, since = excluded.since, \
             revoked = excluded.revoked, waiting = excluded.waiting, refused = excluded.refused, \
             heard = excluded.heard",
            columns![row.id.0, row.person.0, row.since, row.revoked, row.waiting, row.refused, row.heard],
        )
    }

    fn add_session(&mut self, row: &SessionRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO session (token, person, device, since, revoked) VALUES ($1, $2, $3, $4, $5)",
            columns![row.token, row.person.0, row.device.0, row.since, row.revoked],
        )
    }

    fn move_sessions(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StorageError> {
        self.run("UPDATE session SET device = $2 WHERE device = $1", columns![from.0, to.0])
    }

    fn revoke_sessions(&mut self, device: DeviceId, until: Option<Millis>) -> Result<bool, StorageError> {
        self.run(
            "UPDATE session SET revoked = TRUE WHERE device = $1 AND ($2::BIGINT IS NULL OR since <= $2)",
            columns![device.0, until],
        )?;
        let newer = self.one(
            "SELECT 1 FROM session WHERE device = $1 AND NOT revoked LIMIT 1",
            columns![device.0],
            |_| Ok(()),
        )?;
        Ok(newer.is_some())
    }

    fn end_session(&mut self, token: &[u8; 32]) -> Result<(), StorageError> {
        self.run("DELETE FROM session WHERE token = $1", columns![*token])
    }

    fn add_invitation(&mut self, row: &InvitationRow) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO invitation (long, short, person, expires, used) VALUES ($1, $2, $3, $4, $5)",
            columns![row.long, row.short, row.person.0, row.expires, row.used],
        )
    }

    fn use_invitation(&mut self, row: &InvitationRow, at: Millis) -> Result<(), StorageError> {
        self.run("UPDATE invitation SET used = $2 WHERE long = $1", columns![row.long, at])
    }

    fn put_membership(&mut self, person: PersonId, circle: CircleId, present: bool) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO membership (person, circle, present) VALUES ($1, $2, $3) \
             ON CONFLICT (person, circle) DO UPDATE SET present = excluded.present",
            columns![person.0, circle.0, present],
        )
    }
}
