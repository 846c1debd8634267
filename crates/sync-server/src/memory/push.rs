//! Where devices want to hear of messages, in memory.

use std::collections::BTreeMap;

use opstap_core::{DeviceId, PersonId};

use super::State;
use crate::storage::{PushRow, ReadPush, StorageError, WritePush};

#[derive(Clone, Default)]
pub(super) struct Pushes {
    key: Option<Vec<u8>>,
    rows: BTreeMap<DeviceId, PushRow>,
}

impl ReadPush for State {
    fn push_key(&self) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.pushes.key.clone())
    }

    fn pushes(&self, person: PersonId) -> Result<Vec<PushRow>, StorageError> {
        Ok(self.pushes.rows.values().filter(|row| row.person == person).cloned().collect())
    }
}

impl WritePush for State {
    fn put_push_key(&mut self, pkcs8: &[u8]) -> Result<(), StorageError> {
        self.pushes.key = Some(pkcs8.to_vec());
        Ok(())
    }

    fn put_push(&mut self, row: &PushRow) -> Result<(), StorageError> {
        self.pushes.rows.retain(|_, other| other.endpoint != row.endpoint);
        self.pushes.rows.insert(row.device, row.clone());
        Ok(())
    }

    fn end_push(&mut self, device: DeviceId) -> Result<(), StorageError> {
        self.pushes.rows.remove(&device);
        Ok(())
    }

    fn move_push(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StorageError> {
        if let Some(row) = self.pushes.rows.remove(&from) {
            self.pushes.rows.insert(to, PushRow { device: to, ..row });
        }
        Ok(())
    }
}
