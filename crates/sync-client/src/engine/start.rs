//! Beginning a store, opening it, and looking first whether all of it is there: a browser may throw a store away, or part of it.

use std::cell::{Cell, RefCell};

use opstap_core::access::{Section, View};
use opstap_core::model::{CircleKind, Person};
use opstap_core::{DeviceId, Kind, Millis, RecordId};

use super::Engine;
use crate::held::{HeldCircle, HeldDevice, Revision, Versioned};
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, Expected, LocalStore, Op, StoreError, Wanted};

/// Why a store could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// The store was never begun, or the browser threw it away: see [`begin_again`].
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
    begin_as(store, id, id, person, 1).await
}

/// Begins a store anew that was thrown away while its session went on. Everything is fetched again, and what is left of the
/// person's own is sent. It takes a new device id, since the numbers of the old one may have been used; the session goes along.
///
/// # Errors
/// When the store fails.
pub async fn begin_again<S: LocalStore>(
    store: &S,
    id: DeviceId,
    person: Person,
    platform: &impl Platform,
) -> Result<(), StoreError> {
    let mut randomness = [0; 10];
    platform.fill(&mut randomness);
    let now = platform.now();
    // Where only whose store this is was lost, the own edits are still here and live by their n, so none of theirs is used again. Nobody
    // makes an edit a millisecond.
    begin_as(store, id, DeviceId::new(now, randomness), person, now.0).await
}

async fn begin_as<S: LocalStore>(
    store: &S,
    id: DeviceId,
    device: DeviceId,
    person: Person,
    next_n: u64,
) -> Result<(), StoreError> {
    let device = HeldDevice {
        store: id,
        device,
        person,
        next_n,
        server: None,
        epoch: None,
        clock_offset: 0,
        in_touch: Millis(0),
        lease: 0,
    };
    while store.device().await?.is_none() {
        let expected = Expected { device: Some(Revision::default()), circles: Vec::new() };
        let batch = Batch { expected, ops: vec![Op::PutDevice(device)] };
        // Another tab may have been first; then there is something to read now.
        let (CommitOutcome::Committed | CommitOutcome::Moved) = store.commit(&batch).await?;
    }
    Ok(())
}

/// Whether the members of a circle must be on the device.
fn has_people(held: &HeldCircle) -> bool {
    held.complete && held.kind == CircleKind::Client && held.view.covers(Section::Circle)
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Opens a store that was begun, after a look at whether it can be read and nothing is gone from it.
    ///
    /// # Errors
    /// [`NotOpened::Lost`] when there is nothing in it.
    pub async fn open(store: S, transport: T, platform: P) -> Result<Self, NotOpened> {
        let device = store.device().await?.ok_or(NotOpened::Lost)?.value;
        let engine = Self {
            store,
            transport,
            platform,
            device: RefCell::new(device),
            owners: RefCell::default(),
            listeners: RefCell::default(),
            syncing: Cell::new(false),
            carrying: Cell::new(false),
            carry_again: Cell::new(false),
            in_memory: RefCell::default(),
            full_at: Cell::new(None),
            last_id: Cell::new(RecordId([0; 16])),
            asked: RefCell::default(),
            months: RefCell::default(),
            lacking: RefCell::default(),
        };
        engine.check(&[Wanted::Kind(Kind::Member)]).await?;
        Ok(engine)
    }

    /// Looks at every record, once one was met that cannot be read: to do so at each start would make it slow. A circle in which something is
    /// damaged is fetched anew at the next sync.
    ///
    /// # Errors
    /// When the store fails, and [`StoreError::Corrupt`] where that did not help.
    pub async fn mend(&self) -> Result<(), StoreError> {
        let all: Vec<Wanted> = Kind::all().map(Wanted::Kind).collect();
        self.check(&all).await?;
        for held in self.store.circles().await? {
            self.load(held.value.circle, &all).await?;
        }
        Ok(())
    }

    /// Looks whether each circle has its members, and they can be read. Of a circle where not, everything confirmed is fetched anew at the
    /// next sync; the person's own edits stay as they are.
    async fn check(&self, wanted: &[Wanted]) -> Result<(), StoreError> {
        for held in self.store.circles().await? {
            let whole = match self.load(held.value.circle, wanted).await {
                // Nobody is in a circle in which at least the client was: the browser let go of its records.
                Ok(loaded) => !has_people(&held.value) || !loaded.records.is_empty(),
                Err(StoreError::Corrupt) => false,
                Err(error) => return Err(error),
            };
            if !whole {
                self.fetch_anew(held).await?;
            }
        }
        Ok(())
    }

    async fn fetch_anew(&self, held: Versioned<HeldCircle>) -> Result<(), StoreError> {
        let Versioned { value: held, revision } = held;
        let circle = held.circle;
        let mut ops = vec![Op::DropGeneration { circle, generation: held.generation }];
        ops.extend(held.load.map(|load| Op::DropGeneration { circle, generation: load.generation }));
        ops.push(Op::PutCircle(HeldCircle { view: View::NOTHING, number: 0, load: None, complete: false, ..held }));
        let batch = Batch { expected: Expected { device: None, circles: vec![(circle, revision)] }, ops };
        // Where another tab was first there is something else now.
        let (CommitOutcome::Committed | CommitOutcome::Moved) = self.store.commit(&batch).await?;
        Ok(())
    }
}
