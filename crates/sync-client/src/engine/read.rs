//! Reading: the records of a circle as a screen shows them, each with how far it has come.

use opstap_core::model::Model;
use opstap_core::record::ORDER;
use opstap_core::{BlobHash, CircleId, Kind, PersonId, Record, RecordId, Sorted, Value};

use super::Engine;
use super::shown::Shown;
use crate::held::BlobState;
use crate::platform::Platform;
use crate::store::{LocalStore, StoreError, Wanted};

/// How deep records stand below one another at most, and then some.
const DEEPEST: usize = 8;

/// Which records of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// All of the circle.
    All,
    /// Those right below a record.
    Below(RecordId),
    /// One.
    One(RecordId),
}

/// What a screen wants to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query {
    /// The kind.
    pub kind: Kind,
    /// Which of them.
    pub pick: Pick,
    /// Whether records that are deleted, or below a deleted one, are wanted too.
    pub deleted: bool,
}

impl Query {
    /// The picked records of a kind.
    #[must_use]
    pub const fn of(kind: Kind, pick: Pick) -> Self {
        Self { kind, pick, deleted: false }
    }

    /// All records of a kind.
    #[must_use]
    pub const fn all(kind: Kind) -> Self {
        Self { kind, pick: Pick::All, deleted: false }
    }

    /// The records of a kind right below another.
    #[must_use]
    pub const fn below(kind: Kind, parent: RecordId) -> Self {
        Self { kind, pick: Pick::Below(parent), deleted: false }
    }

    /// One record.
    #[must_use]
    pub const fn one(kind: Kind, id: RecordId) -> Self {
        Self { kind, pick: Pick::One(id), deleted: false }
    }

    /// The same, with deleted ones.
    #[must_use]
    pub const fn with_deleted(self) -> Self {
        Self { deleted: true, ..self }
    }

    fn wanted(self) -> Vec<Wanted> {
        match self.pick {
            Pick::One(id) => vec![Wanted::One(id)],
            Pick::Below(parent) => vec![Wanted::Below(parent), Wanted::One(parent)],
            Pick::All => {
                let above = std::iter::successors(Some(self.kind), |kind| kind.parent());
                above.take(if self.deleted { 1 } else { DEEPEST }).map(Wanted::Kind).collect()
            }
        }
    }

    fn picks(self, record: &Record) -> bool {
        let picked = match self.pick {
            Pick::All => true,
            Pick::Below(parent) => record.parent == Some(parent),
            Pick::One(id) => record.id == id,
        };
        record.kind == self.kind && picked
    }
}

/// How far a record has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordState {
    /// The server has all of it.
    Sent,
    /// Something of it, or its photo, is only on this device yet.
    OnDevice,
    /// A change of it was refused and lies in the tray.
    Problem,
}

/// A record as a screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The record, with the own pending edits laid over it.
    pub record: Record,
    /// How far it has come.
    pub state: RecordState,
    /// Who made it, as far as the device knows.
    pub author: Option<PersonId>,
}

/// An entry with its typed reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed<M> {
    /// The typed reading.
    pub model: M,
    /// The entry it was read from.
    pub entry: Entry,
}

impl<M> Typed<M> {
    /// The record's id.
    #[must_use]
    pub const fn id(&self) -> RecordId {
        self.entry.record.id
    }
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Reads records, in the order of their list (fractional index, then id); what has no such index goes by id, oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read(&self, circle: CircleId, query: Query) -> Result<Vec<Entry>, StoreError> {
        if self.is_locked(circle).await? {
            return Ok(Vec::new());
        }
        let mut shown = self.shown(circle, &query.wanted()).await?;
        let mut picked: Vec<Record> = shown.records.values().filter(|record| query.picks(record)).cloned().collect();
        if !query.deleted {
            self.load_above(circle, &mut shown, &picked).await?;
            picked.retain(|record| !is_covered(record, &shown.records));
        }
        let waiting_blobs = self.waiting_blobs(circle, &picked).await?;
        let mut entries: Vec<Entry> = picked
            .into_iter()
            .map(|record| {
                let state = state(&shown, &record, &waiting_blobs);
                Entry { state, author: shown.author(&record), record }
            })
            .collect();
        entries.sort_by(|a, b| place(&a.record).cmp(&place(&b.record)));
        Ok(entries)
    }

    /// Reads records of a kind as typed structs; what this version cannot read is left out.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read_as<M: Model>(&self, circle: CircleId, pick: Pick) -> Result<Vec<Typed<M>>, StoreError> {
        let query = Query { kind: M::KIND, pick, deleted: false };
        let entries = self.read(circle, query).await?;
        let typed = |entry: Entry| M::from_record(&entry.record).map(|model| Typed { model, entry });
        Ok(entries.into_iter().filter_map(typed).collect())
    }

    /// Reads one record, unless it is deleted or not here.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn read_one<M: Model>(&self, circle: CircleId, id: RecordId) -> Result<Option<Typed<M>>, StoreError> {
        Ok(self.read_as(circle, Pick::One(id)).await?.pop())
    }

    /// One record of whatever kind, also a deleted one, with the own pending edits laid over it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn record(&self, circle: CircleId, id: RecordId) -> Result<Option<Record>, StoreError> {
        Ok(self.shown(circle, &[Wanted::One(id)]).await?.records.remove(&id))
    }

    /// Loads what stands above the picked records, to know whether it is deleted.
    async fn load_above(&self, circle: CircleId, shown: &mut Shown, picked: &[Record]) -> Result<(), StoreError> {
        let mut level: Vec<RecordId> = picked.iter().filter_map(|record| record.parent).collect();
        // Nothing stands deeper; the bound is for parents in a ring, which only damage could make.
        for _ in 0..DEEPEST {
            level.sort_unstable();
            level.dedup();
            let missing: Vec<RecordId> = level.iter().copied().filter(|id| !shown.records.contains_key(id)).collect();
            if !missing.is_empty() {
                let wanted: Vec<Wanted> = missing.iter().copied().map(Wanted::One).collect();
                let above = self.shown(circle, &wanted).await?.records;
                shown.records.extend(above.into_iter().filter(|(id, _)| missing.contains(id)));
            }
            level = level.iter().filter_map(|id| shown.records.get(id)?.parent).collect();
            if level.is_empty() {
                break;
            }
        }
        Ok(())
    }

    async fn waiting_blobs(&self, circle: CircleId, records: &[Record]) -> Result<Vec<BlobHash>, StoreError> {
        if records.iter().all(|record| record.blobs().next().is_none()) {
            return Ok(Vec::new());
        }
        let waiting = self.store.blobs(BlobState::ToSend).await?;
        let kept = waiting.iter().map(|held| (held.circle, held.blob.hash));
        let in_memory = self.in_memory.borrow();
        let all = kept.chain(in_memory.iter().map(|here| (here.circle, here.blob.hash)));
        Ok(all.filter(|(of, _)| *of == circle).map(|(_, hash)| hash).collect())
    }
}

/// Whether the record or something above it is deleted. What is above but not here, as it may not be seen, covers nothing.
pub(super) fn is_covered(record: &Record, records: &Sorted<RecordId, Record>) -> bool {
    let above = |record: &&Record| record.parent.and_then(|parent| records.get(&parent));
    std::iter::successors(Some(record), above).take(DEEPEST).any(Record::is_deleted)
}

fn state(shown: &Shown, record: &Record, waiting_blobs: &[BlobHash]) -> RecordState {
    if shown.refused.binary_search(&record.id).is_ok() {
        RecordState::Problem
    } else if shown.waiting.binary_search(&record.id).is_ok()
        || record.blobs().any(|blob| waiting_blobs.contains(&blob.hash))
    {
        RecordState::OnDevice
    } else {
        RecordState::Sent
    }
}

fn place(record: &Record) -> (&str, RecordId) {
    match record.value(ORDER) {
        Some(Value::Text(order)) => (order, record.id),
        _ => ("", record.id),
    }
}
