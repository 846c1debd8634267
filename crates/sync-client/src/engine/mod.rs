//! The engine: what screens read and write, and the round trip that brings a device and the server to the same records.

mod blobs;
mod circles;
mod edit;
mod lease;
mod letting_go;
mod listen;
mod old_logs;
mod read;
mod room;
mod shown;
mod start;
mod summaries;
mod sync;
#[cfg(test)]
mod tests;
mod tray;

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use opstap_core::model::Person;
use opstap_core::protocol::{AskedMonth, LackedBlob};
use opstap_core::{BlobHash, CircleId, DeviceId, Millis, PersonId, RecordId, Sorted};

use crate::held::{HeldDevice, Versioned};
use crate::platform::Platform;
use crate::store::{Loaded, LocalStore, StoreError, Wanted};

pub use blobs::{BlobOutcome, Ready};
pub use circles::{CircleInfo, Counts};
pub use edit::NotKept;
pub use listen::{Listener, Moved, MovedBy};
pub use read::{Entry, Pick, Query, RecordState, Typed};
pub use start::{NotOpened, begin, begin_again};
pub use summaries::ToSumUp;
pub use sync::{Outcome, Synced};

/// Something that the store is asked, behind one pointer.
type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + 'a>>;

/// The engine of one store: one person on one device.
pub struct Engine<S, T, P> {
    store: S,
    transport: T,
    platform: P,
    /// As last read or written; the store decides.
    device: RefCell<HeldDevice>,
    owners: RefCell<Option<Rc<Sorted<DeviceId, PersonId>>>>,
    listeners: RefCell<listen::Listeners>,
    syncing: Cell<bool>,
    /// Blobs are under way: a queue of their own, so that text never waits for a photo.
    carrying: Cell<bool>,
    /// Blobs were asked for while others were under way.
    carry_again: Cell<bool>,
    /// Blobs for which the device has no room. They are sent from here, and kept as soon as they fit.
    in_memory: RefCell<Vec<room::InMemory>>,
    /// When the device was last found to be full: until a while later nothing is fetched that can wait.
    full_at: Cell<Option<Millis>>,
    last_id: Cell<RecordId>,
    /// Blobs the server did not have, and when it was asked: asking at every sync would eat a bundle.
    asked: RefCell<Vec<(CircleId, BlobHash, Millis)>>,
    /// What the server said it lacks, the last time it answered.
    lacking: RefCell<Vec<LackedBlob>>,
    /// Old months that somebody wants to see, as far as they have not come.
    months: RefCell<Vec<AskedMonth>>,
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
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

    /// Reads records. Boxed, so that its steps are in the program once and not at every place that reads.
    fn load<'a>(&'a self, circle: CircleId, wanted: &'a [Wanted]) -> Boxed<'a, Loaded> {
        Box::pin(self.store.load(circle, wanted))
    }

    /// The device as it is in the store, which another tab may have changed.
    async fn device(&self) -> Result<Versioned<HeldDevice>, StoreError> {
        // It was there when the engine was opened.
        let device = self.store.device().await?.ok_or(StoreError::Lost)?;
        self.device.replace(device.value);
        Ok(device)
    }

    /// Whose device this is, as far as the device knows: a stamp names the device it was made on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn person_of(&self, device: DeviceId) -> Result<Option<PersonId>, StoreError> {
        Ok(self.owners().await?.get(&device).copied())
    }

    async fn owners(&self) -> Result<Rc<Sorted<DeviceId, PersonId>>, StoreError> {
        if let Some(owners) = self.owners.borrow().clone() {
            return Ok(owners);
        }
        let known = self.store.owners().await?;
        let mut owners: Sorted<_, _> = known.iter().map(|owner| (owner.device, owner.person)).collect();
        let device = self.device.borrow();
        owners.insert(device.store, device.person.id);
        owners.insert(device.device, device.person.id);
        let owners = Rc::new(owners);
        self.owners.replace(Some(Rc::clone(&owners)));
        Ok(owners)
    }
}
