//! The engine: what screens read and write, and the round trip that brings a device and the server to the same records.

mod blobs;
mod circles;
mod edit;
mod lease;
mod letting_go;
mod listen;
mod old_logs;
mod read;
mod shown;
mod sync;
#[cfg(test)]
mod tests;
mod tray;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use opstap_core::model::Person;
use opstap_core::protocol::AskedMonth;
use opstap_core::{BlobHash, CircleId, DeviceId, Millis, PersonId, RecordId};

use crate::held::{HeldDevice, Versioned};
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, Expected, LocalStore, Op, StoreError};

pub use blobs::{BlobOutcome, Ready};
pub use circles::{CircleInfo, Counts};
pub use edit::NotKept;
pub use listen::{Listener, Moved, MovedBy};
pub use read::{Entry, Pick, Query, RecordState, Typed};
pub use sync::{Outcome, Synced};

/// The engine of one store: one person on one device.
pub struct Engine<S, T, P> {
    store: S,
    transport: T,
    platform: P,
    /// As last read or written; the store decides.
    device: RefCell<HeldDevice>,
    owners: RefCell<Option<Rc<BTreeMap<DeviceId, PersonId>>>>,
    listeners: RefCell<listen::Listeners>,
    syncing: Cell<bool>,
    last_id: Cell<RecordId>,
    /// Blobs the server did not have, and when it was asked: asking at every sync would eat a bundle.
    asked: RefCell<BTreeMap<(CircleId, BlobHash), Millis>>,
    /// Old months that somebody wants to see, as far as they have not come.
    months: RefCell<Vec<AskedMonth>>,
}

/// Why a store could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// The store was never begun, or the browser threw it away: it is to be paired again, and everything fetched anew.
    #[error("the store is empty")]
    Lost,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a new store for a person whose device was just paired under this id. A store that was begun before is left as it is.
///
/// # Errors
/// When the store fails.
pub async fn begin<S: LocalStore>(store: &S, id: DeviceId, person: Person) -> Result<(), StoreError> {
    while store.device().await?.is_none() {
        let device = HeldDevice {
            store: id,
            device: id,
            person,
            next_n: 1,
            server: None,
            epoch: None,
            clock_offset: 0,
            in_touch: Millis(0),
            lease: 0,
        };
        let expected = Expected { device: Some(Default::default()), circles: Vec::new() };
        let batch = Batch { expected, ops: vec![Op::PutDevice(device)] };
        // Another tab may have been first; then there is something to read now.
        let (CommitOutcome::Committed | CommitOutcome::Moved) = store.commit(&batch).await?;
    }
    Ok(())
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Opens a store that was begun, after a look at whether it can be read.
    ///
    /// # Errors
    /// [`NotOpened::Lost`] when there is nothing in it.
    pub async fn open(store: S, transport: T, platform: P) -> Result<Self, NotOpened> {
        let device = store.device().await?.ok_or(NotOpened::Lost)?.value;
        store.circles().await?;
        Ok(Self {
            store,
            transport,
            platform,
            device: RefCell::new(device),
            owners: RefCell::default(),
            listeners: RefCell::default(),
            syncing: Cell::new(false),
            last_id: Cell::new(RecordId([0; 16])),
            asked: RefCell::default(),
            months: RefCell::default(),
        })
    }

    /// The person the store belongs to.
    pub fn me(&self) -> Person {
        self.device.borrow().person
    }

    /// The id under which the store was paired, which names its session.
    pub fn store_id(&self) -> DeviceId {
        self.device.borrow().store
    }

    /// Now, by the server's clock as far as the device knows it.
    pub fn now(&self) -> Millis {
        let offset = self.device.borrow().clock_offset;
        Millis(self.platform.now().0.saturating_add_signed(offset))
    }

    /// An id for a record that is about to be made. Later ones sort later, also within a millisecond and when the clock was set back:
    /// lists without an order of their own go by id.
    pub fn new_id(&self) -> RecordId {
        let after_last = RecordId(u128::from_be_bytes(self.last_id.get().0).saturating_add(1).to_be_bytes());
        let id = RecordId::new(self.now(), self.randomness()).max(after_last);
        self.last_id.set(id);
        id
    }

    /// The way to the server, for what is not sync.
    pub const fn transport(&self) -> &T {
        &self.transport
    }

    /// What the device gives.
    pub const fn platform(&self) -> &P {
        &self.platform
    }

    fn randomness(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.platform.fill(&mut bytes);
        bytes
    }

    /// The device as it is in the store, which another tab may have changed.
    async fn device(&self) -> Result<Versioned<HeldDevice>, StoreError> {
        // It was there when the engine was opened.
        let device = self.store.device().await?.ok_or(StoreError::Gone)?;
        self.device.replace(device.value);
        Ok(device)
    }

    /// Whose devices made the stamps in the records.
    /// Whose device this is, as far as the device knows: a stamp names the device it was made on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn person_of(&self, device: DeviceId) -> Result<Option<PersonId>, StoreError> {
        Ok(self.owners().await?.get(&device).copied())
    }

    async fn owners(&self) -> Result<Rc<BTreeMap<DeviceId, PersonId>>, StoreError> {
        if let Some(owners) = self.owners.borrow().clone() {
            return Ok(owners);
        }
        let known = self.store.owners().await?;
        let mut owners: BTreeMap<_, _> = known.iter().map(|owner| (owner.device, owner.person)).collect();
        let device = self.device.borrow();
        owners.insert(device.store, device.person.id);
        owners.insert(device.device, device.person.id);
        let owners = Rc::new(owners);
        self.owners.replace(Some(Rc::clone(&owners)));
        Ok(owners)
    }
}
