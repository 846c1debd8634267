//! Where devices want to hear of messages, and the key of the server for it.

use opstap_core::{DeviceId, PersonId};
use opstap_sync_server::storage::{PushRow, ReadPush, StorageError, WritePush};
use tokio_postgres::Row;

use super::Rows;
use crate::column::{bytes, columns, get, text};

fn push_row(row: &Row) -> Result<PushRow, StorageError> {
    Ok(PushRow {
        device: DeviceId(bytes(row, 0)?),
        person: PersonId(bytes(row, 1)?),
        endpoint: text(row, 2)?,
        public: get::<&[u8]>(row, 3)?.to_vec(),
        secret: get::<&[u8]>(row, 4)?.to_vec(),
        language: text(row, 5)?,
    })
}

impl ReadPush for Rows<'_> {
    fn push_key(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.one("SELECT pkcs8 FROM push_key", columns![], |row| get::<&[u8]>(row, 0).map(<[u8]>::to_vec))
    }

    fn pushes(&self, person: PersonId) -> Result<Vec<PushRow>, StorageError> {
        self.all(
            "SELECT device, person, endpoint, public, secret, language FROM push WHERE person = $1 ORDER BY device",
            columns![person.0],
            push_row,
        )
    }
}

impl WritePush for Rows<'_> {
    fn put_push_key(&mut self, pkcs8: &[u8]) -> Result<(), StorageError> {
        self.run(
            "INSERT INTO push_key (one, pkcs8) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET pkcs8 = excluded.pkcs8",
            columns![pkcs8.to_vec()],
        )
    }

    fn put_push(&mut self, row: &PushRow) -> Result<(), StorageError> {
        self.run(
            "DELETE FROM push WHERE endpoint = $1 AND device <> $2",
            columns![row.endpoint.as_str(), row.device.0],
        )?;
        self.run(
            "INSERT INTO push (device, person, endpoint, public, secret, language) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (device) DO UPDATE SET person = excluded.person, endpoint = excluded.endpoint, \
             public = excluded.public, secret = excluded.secret, language = excluded.language",
            columns![
                row.device.0,
                row.person.0,
                row.endpoint.as_str(),
                row.public.clone(),
                row.secret.clone(),
                row.language.as_str()
            ],
        )
    }

    fn end_push(&mut self, device: DeviceId) -> Result<(), StorageError> {
        self.run("DELETE FROM push WHERE device = $1", columns![device.0])
    }

    fn move_push(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StorageError> {
        self.end_push(to)?;
        self.run("UPDATE push SET device = $2 WHERE device = $1", columns![from.0, to.0])
    }
}
