//! The part of the storage that says where devices want to hear of messages while the app is closed.

use opstap_core::{DeviceId, PersonId};

use super::StorageError;

/// Where one device wants to hear of messages (RFC 8030), and with what to encrypt what goes there (RFC 8291).
#[derive(Clone, PartialEq, Eq)]
pub struct PushRow {
    /// The device.
    pub device: DeviceId,
    /// Its person.
    pub person: PersonId,
    /// The address of its push service. Whoever knows it can try to send there.
    pub endpoint: String,
    /// The public key of the subscription, a point on P-256.
    pub public: Vec<u8>,
    /// The secret of the subscription.
    pub secret: Vec<u8>,
    /// The language of the device.
    pub language: String,
}

/// Without address and keys: they stay out of logs.
impl std::fmt::Debug for PushRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PushRow").field("device", &self.device).finish_non_exhaustive()
    }
}

/// Reading where devices want to hear of messages.
pub trait ReadPush {
    /// The key with which the server signs what it gives push services, as PKCS#8; `None` until there is one.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn push_key(&self) -> Result<Option<Vec<u8>>, StorageError>;

    /// The subscriptions of a person's devices, in order of device.
    fn pushes(&self, person: PersonId) -> Result<Vec<PushRow>, StorageError>;
}

/// Writing it.
pub trait WritePush: ReadPush {
    /// Keeps the key of the server, over what it was.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn put_push_key(&mut self, pkcs8: &[u8]) -> Result<(), StorageError>;

    /// Keeps the subscription of a device, in the place of the one it had and of any other at the same address: a browser has one.
    fn put_push(&mut self, row: &PushRow) -> Result<(), StorageError>;

    /// Forgets the subscription of a device.
    fn end_push(&mut self, device: DeviceId) -> Result<(), StorageError>;

    /// Lets the subscription of a device go on under another (the store on it was made anew).
    fn move_push(&mut self, from: DeviceId, to: DeviceId) -> Result<(), StorageError>;
}
