//! Committing: one transaction, in which the revisions are compared first and nothing else happens if one has moved.

use std::collections::BTreeMap;

use indexed_db_futures::KeyRange;
use indexed_db_futures::error::Error;
use indexed_db_futures::index::Index;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::{BuildPrimitive, QuerySource};
use indexed_db_futures::transaction::Transaction;
use opstap_core::access::Section;
use opstap_core::{CircleId, Millis, Record, RecordId};
use opstap_sync_client::stored::Stored;
use opstap_sync_client::{Batch, BlobState, CommitOutcome, Expected, HeldBlob, Op, Revision, StoreError};
use wasm_bindgen::JsValue;

use super::read::{many, one};
use super::rows::{
    THE_DEVICE, after_circle, after_records, binary, blob_key, circle_key, edit_row, first_of_circle, first_record,
    number, parent_key, read, record_key, record_row, revised_row, revision, sent_row, stored_bytes,
};
use super::{Store, schema, writing};
use crate::promise::object;

/// What stopped a commit.
enum Stopped {
    Database(Error),
    Store(StoreError),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Store {
    pub(super) async fn write(&self, batch: &Batch) -> Result<CommitOutcome, StoreError> {
        let database = self.alive().await?;
        let written = async {
            let mut commit = Commit { transaction: writing(&database)?, device: None, circles: BTreeMap::new() };
            if !commit.is_as_expected(&batch.expected).await? {
                commit.transaction.abort().await?;
                return Ok(CommitOutcome::Moved);
            }
            for op in &batch.ops {
                commit.carry_out(op).await?;
            }
            commit.raise(&batch.expected)?;
            commit.transaction.commit().await?;
            Ok(CommitOutcome::Committed)
        };
        // A transaction that is dropped on the way out rolls back.
        written.await.map_err(|stopped| match stopped {
            Stopped::Database(error) => self.failed(&error),
            Stopped::Store(error) => error,
        })
    }
}

/// A row with a revision: as it was, and the bytes it will have.
struct Revised {
    revision: u64,
    bytes: Option<Vec<u8>>,
}

impl Revised {
    fn of(row: Option<&JsValue>) -> Result<Self, StoreError> {
        match row {
            Some(row) => Ok(Self { revision: revision(row)?, bytes: Some(stored_bytes(row)?) }),
            None => Ok(Self { revision: 0, bytes: None }),
        }
    }
}

struct Commit<'a> {
    transaction: Transaction<'a>,
    device: Option<Revised>,
    circles: BTreeMap<CircleId, Revised>,
}

impl Commit<'_> {
    fn store(&self, name: &str) -> Result<ObjectStore<'_>, Error> {
        self.transaction.object_store(name)
    }

    async fn is_as_expected(&mut self, expected: &Expected) -> Result<bool, Stopped> {
        let mut as_expected = true;
        if let Some(Revision(expected)) = expected.device {
            self.find_device().await?;
            as_expected &= self.device.as_ref().is_some_and(|device| device.revision == expected);
        }
        for (circle, Revision(expected)) in &expected.circles {
            as_expected &= self.circle(*circle).await?.revision == *expected;
        }
        Ok(as_expected)
    }

    async fn find_device(&mut self) -> Result<(), Stopped> {
        if self.device.is_none() {
            let row = one(&self.store(schema::DEVICE)?, THE_DEVICE.into()).await?;
            self.device = Some(Revised::of(row.as_ref())?);
        }
        Ok(())
    }

    async fn circle(&mut self, circle: CircleId) -> Result<&mut Revised, Stopped> {
        if !self.circles.contains_key(&circle) {
            let row = one(&self.store(schema::CIRCLES)?, circle_key(circle)).await?;
            self.circles.insert(circle, Revised::of(row.as_ref())?);
        }
        self.circles.get_mut(&circle).ok_or(Stopped::Store(StoreError::Gone))
    }

    /// Writes the rows with revisions, those that were named raised by one.
    fn raise(&self, expected: &Expected) -> Result<(), Stopped> {
        if let Some(Revised { revision, bytes: Some(bytes) }) = &self.device {
            let raised = revision.saturating_add(u64::from(expected.device.is_some()));
            put(&self.store(schema::DEVICE)?, revised_row(raised, bytes), THE_DEVICE.into())?;
        }
        let circles = self.store(schema::CIRCLES)?;
        for (circle, held) in &self.circles {
            let named = expected.circles.iter().any(|(named, _)| named == circle);
            if let Some(bytes) = &held.bytes {
                let raised = held.revision.saturating_add(u64::from(named));
                put(&circles, revised_row(raised, bytes), circle_key(*circle))?;
            }
        }
        Ok(())
    }

    async fn carry_out(&mut self, op: &Op) -> Result<(), Stopped> {
        match op {
            Op::PutDevice(device) => {
                self.find_device().await?;
                if let Some(held) = &mut self.device {
                    held.bytes = Some(device.to_stored());
                }
            }
            Op::PutCircle(held) => self.circle(held.circle).await?.bytes = Some(held.to_stored()),
            Op::PurgeCircle(circle) => self.purge(*circle).await?,
            Op::PutRecord { circle, generation, record } => {
                let key = record_key(*circle, *generation, record.id);
                put(&self.store(schema::RECORDS)?, record_row(*circle, *generation, record), key)?;
            }
            Op::DropBelow { circle, generation, id } => self.drop_below(*circle, *generation, *id).await?,
            Op::DropOutside { circle, generation, view } => {
                let records = self.store(schema::RECORDS)?;
                for row in many(&records, Some(whole(*circle, *generation))).await? {
                    let record: Record = read(&row)?;
                    if !view.covers(Section::of(record.kind)) {
                        delete(&records, KeyRange::Only(record_key(*circle, *generation, record.id)))?;
                    }
                }
            }
            Op::DropGeneration { circle, generation } => {
                delete(&self.store(schema::RECORDS)?, whole(*circle, *generation))?;
            }
            Op::PutPending(_)
            | Op::DropPending { .. }
            | Op::PutSent(_)
            | Op::DropSent { .. }
            | Op::DropSentBefore(_)
            | Op::PutRefused(_)
            | Op::DropRefused { .. } => self.keep_edit(op).await?,
            Op::PutOwner(owner) => {
                let row = object([("b", binary(&owner.to_stored()))]);
                put(&self.store(schema::OWNERS)?, row.into(), binary(&owner.device.0))?;
            }
            Op::PutBlob { .. } | Op::WantBlob { .. } | Op::MarkBlob { .. } | Op::DropBlob { .. } => {
                self.keep_blob(op).await?;
            }
        }
        Ok(())
    }

    async fn keep_edit(&self, op: &Op) -> Result<(), Stopped> {
        match op {
            Op::PutPending(pending) => {
                let row = edit_row(pending.edit.circle, pending);
                put(&self.store(schema::PENDING)?, row, number(pending.edit.name.n))?;
            }
            Op::DropPending { n } => delete(&self.store(schema::PENDING)?, KeyRange::Only(number(*n)))?,
            Op::PutSent(sent) => {
                let row = sent_row(sent.edit.circle, sent.at, sent);
                put(&self.store(schema::SENT)?, row, number(sent.edit.name.n))?;
            }
            Op::DropSent { n } => delete(&self.store(schema::SENT)?, KeyRange::Only(number(*n)))?,
            Op::DropSentBefore(Millis(moment)) => {
                let sent = self.store(schema::SENT)?;
                let before = KeyRange::UpperBound(number(*moment), true);
                let by_time = sent.index(schema::BY_TIME)?;
                for n in keys(&by_time, before).await? {
                    delete(&sent, KeyRange::Only(n))?;
                }
            }
            Op::PutRefused(refused) => {
                let row = edit_row(refused.edit.circle, refused);
                put(&self.store(schema::REFUSED)?, row, number(refused.edit.name.n))?;
            }
            Op::DropRefused { n } => delete(&self.store(schema::REFUSED)?, KeyRange::Only(number(*n)))?,
            _ => {}
        }
        Ok(())
    }

    async fn purge(&mut self, circle: CircleId) -> Result<(), Stopped> {
        // The row goes now: a later op in the same batch may hold the circle anew, from revision 0.
        self.circles.insert(circle, Revised { revision: 0, bytes: None });
        delete(&self.store(schema::CIRCLES)?, KeyRange::Only(circle_key(circle)))?;
        let records = KeyRange::Bound(first_of_circle(circle), false, after_circle(circle), false);
        delete(&self.store(schema::RECORDS)?, records)?;
        let sent = self.store(schema::SENT)?;
        let of_circle = KeyRange::Only(circle_key(circle));
        let by_circle = sent.index(schema::BY_CIRCLE)?;
        for n in keys(&by_circle, of_circle.clone()).await? {
            delete(&sent, KeyRange::Only(n))?;
        }
        let blobs = self.store(schema::BLOBS)?;
        let bytes = self.store(schema::BYTES)?;
        for row in many(&blobs.index(schema::BY_CIRCLE)?, Some(of_circle)).await? {
            let held: HeldBlob = read(&row)?;
            if held.state != BlobState::ToSend {
                delete(&blobs, KeyRange::Only(blob_key(circle, held.blob.hash)))?;
                delete(&bytes, KeyRange::Only(blob_key(circle, held.blob.hash)))?;
            }
        }
        Ok(())
    }

    async fn drop_below(&self, circle: CircleId, generation: u32, id: RecordId) -> Result<(), Stopped> {
        let records = self.store(schema::RECORDS)?;
        let parents = records.index(schema::BY_PARENT)?;
        let mut falling = vec![id];
        while let Some(id) = falling.pop() {
            delete(&records, KeyRange::Only(record_key(circle, generation, id)))?;
            for row in many(&parents, Some(KeyRange::Only(parent_key(circle, generation, id)))).await? {
                falling.push(read::<Record>(&row)?.id);
            }
        }
        Ok(())
    }

    async fn keep_blob(&self, op: &Op) -> Result<(), Stopped> {
        let blobs = self.store(schema::BLOBS)?;
        let bytes_of = self.store(schema::BYTES)?;
        match op {
            Op::PutBlob { blob, bytes } => {
                put_blob(&blobs, blob)?;
                put(&bytes_of, binary(bytes), blob_key(blob.circle, blob.blob.hash))?;
            }
            Op::WantBlob { circle, blob } => {
                let known = one(&blobs, blob_key(*circle, blob.hash)).await?;
                if known.is_none() {
                    put_blob(&blobs, &HeldBlob { circle: *circle, blob: *blob, state: BlobState::Wanted })?;
                }
            }
            Op::MarkBlob { circle, hash, state } => {
                let row = one(&blobs, blob_key(*circle, *hash)).await?;
                let held: Option<HeldBlob> = row.as_ref().map(read).transpose()?;
                // Wanted means that the bytes are not here.
                if let Some(held) = held.filter(|held| held.state != BlobState::Wanted) {
                    put_blob(&blobs, &HeldBlob { state: *state, ..held })?;
                }
            }
            Op::DropBlob { circle, hash } => {
                delete(&blobs, KeyRange::Only(blob_key(*circle, *hash)))?;
                delete(&bytes_of, KeyRange::Only(blob_key(*circle, *hash)))?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Every record of a generation.
fn whole(circle: CircleId, generation: u32) -> KeyRange<JsValue> {
    KeyRange::Bound(first_record(circle, generation), false, after_records(circle, generation), false)
}

/// The keys of the rows that an index has in a range.
async fn keys(index: &Index<'_>, range: KeyRange<JsValue>) -> Result<Vec<JsValue>, Error> {
    index.get_all_keys::<JsValue>().with_query::<JsValue, _>(range).primitive()?.await?.collect()
}

// Requests go out when they are built, in order; waiting for each would make a batch ten times slower. If one cannot be
// carried out, the whole transaction fails when it is committed.

fn put(store: &ObjectStore<'_>, row: JsValue, key: JsValue) -> Result<(), Error> {
    store.put(row).with_key(key).without_key_type().primitive().map(drop)
}

fn delete(store: &ObjectStore<'_>, keys: KeyRange<JsValue>) -> Result<(), Error> {
    store.delete::<JsValue, _>(keys).primitive().map(drop)
}

fn put_blob(blobs: &ObjectStore<'_>, held: &HeldBlob) -> Result<(), Error> {
    let row =
        object([("c", circle_key(held.circle)), ("s", held.state.code().into()), ("b", binary(&held.to_stored()))]);
    put(blobs, row.into(), blob_key(held.circle, held.blob.hash))
}
