//! Where devices want to hear of messages while the app is closed, and the key of the server for it.

use opstap_core::{DeviceId, PersonId};

use super::{Service, ServiceError};
use crate::storage::{PushRow, Storage};

impl<S: Storage> Service<S> {
    /// The key with which the server signs what it gives push services; `fresh` becomes it where there is none yet.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn push_key(&self, fresh: Vec<u8>) -> Result<Vec<u8>, ServiceError> {
        let key = self.storage.write(move |txn| {
            if let Some(key) = txn.push_key()? {
                return Ok(key);
            }
            txn.put_push_key(&fresh)?;
            Ok(fresh.clone())
        });
        Ok(key.await?)
    }

    /// Keeps where a device wants to hear of messages.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn subscribe(&self, row: PushRow) -> Result<(), ServiceError> {
        Ok(self.storage.write(move |txn| txn.put_push(&row)).await?)
    }

    /// Forgets where a device wanted to hear of messages.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn unsubscribe(&self, device: DeviceId) -> Result<(), ServiceError> {
        Ok(self.storage.write(move |txn| txn.end_push(device)).await?)
    }

    /// Forgets a subscription that its push service does not know any more, unless the device has another one by now.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn is_gone(&self, tried: &PushRow) -> Result<(), ServiceError> {
        let (person, endpoint) = (tried.person, tried.endpoint.clone());
        let forgotten = self.storage.write(move |txn| {
            let rows = txn.pushes(person)?;
            rows.iter().filter(|row| row.endpoint == endpoint).try_for_each(|row| txn.end_push(row.device))
        });
        Ok(forgotten.await?)
    }

    /// Where a person is to hear of a message: on devices that nobody shut out.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn pushes(&self, person: PersonId) -> Result<Vec<PushRow>, ServiceError> {
        let read = self.storage.read(move |snapshot| {
            let mut rows = Vec::new();
            for row in snapshot.pushes(person)? {
                if snapshot.device(row.device)?.is_some_and(|device| device.revoked.is_none()) {
                    rows.push(row);
                }
            }
            Ok(rows)
        });
        Ok(read.await?)
    }
}
