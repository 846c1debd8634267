//! Committing: one transaction, in which the revisions are compared first and nothing else happens if one has moved.

use opstap_core::access::Section;
use opstap_core::{CircleId, Millis, Record, RecordId, Sorted};
use opstap_sync_client::stored::Stored;
use opstap_sync_client::{
    Batch, BlobState, CommitOutcome, Expected, HeldBlob, HeldSummary, Op, RefusedEdit, Revision, SentEdit, StoreError,
    Voids, is_on, too_old,
};
use wasm_bindgen::JsValue;

use super::rows::{
    THE_DEVICE, after_circle, after_records, binary, blob_key, circle_key, edit_row, first_of_circle, first_record,
    let_go_key, number, parent_key, read, record_key, record_row, revised_row, revision, sent_row, stored_bytes,
};
use super::{Store, schema};
use crate::indexed_db::{ObjectStore, Transaction, below, between};
use crate::platform::has_room_for;
use crate::promise::{object, property};

impl Store {
    pub(super) async fn write(&self, batch: &Batch) -> Result<CommitOutcome, StoreError> {
        // What a browser has written of a photo that does not fit counts as used for a while, and then words do not fit either.
        let bytes = batch.ops.iter().map(|op| if let Op::PutBlob { blob, .. } = op { blob.blob.size } else { 0 }).sum();
        if bytes > 0 && !has_room_for(bytes).await {
            return Err(StoreError::Full);
        }
        let mut tries = 0;
        loop {
            tries += 1;
            let transaction = self.writing().await.map_err(|error| self.failed(error))?;
            let mut commit = Commit { transaction, device: None, circles: Sorted::new(), voided: Vec::new() };
            let error = match commit.make(batch).await {
                Ok(outcome) => return Ok(outcome),
                // A full device comes out where the next request is refused; only the transaction knows that it was this.
                Err(error) => self.failed(commit.transaction.why().unwrap_or(error)),
            };
            // A connection that died before the end left nothing, so the batch can be tried on a new one.
            if error != StoreError::Gone || commit.transaction.may_be_committed() || tries > 1 {
                return Err(error);
            }
        }
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

/// A commit that is being made. Dropped before its end, on whatever way out, it rolls back.
struct Commit {
    transaction: Transaction,
    device: Option<Revised>,
    circles: Sorted<CircleId, Revised>,
    /// Circles whose summaries are dropped already: a thousand records need it once.
    voided: Vec<CircleId>,
}

impl Commit {
    async fn make(&mut self, batch: &Batch) -> Result<CommitOutcome, StoreError> {
        if !self.is_as_expected(&batch.expected).await? || !self.still_makes_these(&batch.ops).await? {
            return Ok(CommitOutcome::Moved);
        }
        for op in &batch.ops {
            self.void_summary(op).await?;
            self.carry_out(op).await?;
        }
        self.raise(&batch.expected)?;
        self.transaction.commit().await?;
        Ok(CommitOutcome::Committed)
    }

    fn store(&self, name: &str) -> Result<ObjectStore, StoreError> {
        self.transaction.store(name)
    }

    fn put(&self, store: &str, row: &JsValue, key: &JsValue) -> Result<(), StoreError> {
        self.store(store)?.put(row, key)
    }

    /// A row of which nothing but its bytes is found.
    fn put_bytes(&self, store: &str, bytes: &[u8], key: &JsValue) -> Result<(), StoreError> {
        self.put(store, &object([("b", binary(bytes))]), key)
    }

    fn delete(&self, store: &str, key: &JsValue) -> Result<(), StoreError> {
        self.store(store)?.delete(key)
    }

    async fn is_as_expected(&mut self, expected: &Expected) -> Result<bool, StoreError> {
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

    /// Whether the summaries among these were made of what is here now.
    async fn still_makes_these(&mut self, ops: &[Op]) -> Result<bool, StoreError> {
        for op in ops {
            let Op::PutSummary(HeldSummary { circle, revision, pending, .. }) = op else { continue };
            let held = self.circle(*circle).await?;
            let same = held.bytes.is_some() && held.revision == revision.0;
            let here = self.store(schema::PENDING)?.index(schema::BY_CIRCLE)?.get_all_keys(&circle_key(*circle))?;
            if !same || u32::try_from(here.rows().await?.len()) != Ok(*pending) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Drops the summary that an op makes void, before it is carried out.
    async fn void_summary(&mut self, op: &Op) -> Result<(), StoreError> {
        let (edits, n) = match op.voids() {
            Voids::Of(circle) if !self.voided.contains(&circle) => {
                self.voided.push(circle);
                return self.delete(schema::SUMMARIES, &circle_key(circle));
            }
            Voids::None | Voids::Of(_) => return Ok(()),
            Voids::OfPending(n) => (schema::PENDING, n),
            Voids::OfRefused(n) => (schema::REFUSED, n),
        };
        // The circle that is beside the edit in its row is the key of its summary.
        match self.store(edits)?.get(&number(n))?.row().await? {
            Some(row) => self.delete(schema::SUMMARIES, &property(&row, "c")),
            None => Ok(()),
        }
    }

    async fn find_device(&mut self) -> Result<(), StoreError> {
        if self.device.is_none() {
            let row = self.store(schema::DEVICE)?.get(&THE_DEVICE.into())?.row().await?;
            self.device = Some(Revised::of(row.as_ref())?);
        }
        Ok(())
    }

    async fn circle(&mut self, circle: CircleId) -> Result<&mut Revised, StoreError> {
        if !self.circles.contains_key(&circle) {
            let row = self.store(schema::CIRCLES)?.get(&circle_key(circle))?.row().await?;
            self.circles.insert(circle, Revised::of(row.as_ref())?);
        }
        self.circles.get_mut(&circle).ok_or(StoreError::Gone)
    }

    /// Writes the rows with revisions, those that were named raised by one.
    fn raise(&self, expected: &Expected) -> Result<(), StoreError> {
        if let Some(Revised { revision, bytes: Some(bytes) }) = &self.device {
            let raised = revision.saturating_add(u64::from(expected.device.is_some()));
            self.put(schema::DEVICE, &revised_row(raised, bytes), &THE_DEVICE.into())?;
        }
        let circles = self.store(schema::CIRCLES)?;
        for (circle, held) in self.circles.iter() {
            let named = expected.circles.iter().any(|(named, _)| named == circle);
            if let Some(bytes) = &held.bytes {
                let raised = held.revision.saturating_add(u64::from(named));
                circles.put(&revised_row(raised, bytes), &circle_key(*circle))?;
            }
        }
        Ok(())
    }

    async fn carry_out(&mut self, op: &Op) -> Result<(), StoreError> {
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
                self.put(schema::RECORDS, &record_row(*circle, *generation, record), &key)?;
            }
            Op::DropBelow { circle, generation, id } => self.drop_below(*circle, *generation, *id).await?,
            Op::DropOutside { circle, generation, view } => {
                let records = self.store(schema::RECORDS)?;
                for row in records.get_all(&whole(*circle, *generation)?)?.rows().await? {
                    let record: Record = read(&row)?;
                    if !view.covers(Section::of(record.kind)) {
                        records.delete(&record_key(*circle, *generation, record.id))?;
                    }
                }
            }
            Op::DropOld { circle, generation, logs, deleted } => {
                let rows = self.store(schema::RECORDS)?.get_all(&whole(*circle, *generation)?)?.rows().await?;
                let records: Vec<Record> = rows.iter().map(read).collect::<Result<_, _>>()?;
                for id in too_old(&records, *logs, *deleted) {
                    self.drop_below(*circle, *generation, id).await?;
                }
            }
            Op::DropGeneration { circle, generation } => {
                self.delete(schema::RECORDS, &whole(*circle, *generation)?)?;
            }
            Op::PutPending(_)
            | Op::DropPending { .. }
            | Op::PutSent(_)
            | Op::DropSent { .. }
            | Op::DropSentBefore(_)
            | Op::PutRefused(_)
            | Op::DropRefused { .. }
            | Op::DropEditsOn { .. } => self.keep_edit(op).await?,
            Op::PutLetGo(let_go) => self.put_bytes(schema::LET_GO, &let_go.to_stored(), &let_go_key(let_go))?,
            Op::DropLetGo(let_go) => self.delete(schema::LET_GO, &let_go_key(let_go))?,
            Op::PutFigures { circle, figures } => {
                self.put_bytes(schema::FIGURES, &figures.to_stored(), &circle_key(*circle))?;
            }
            Op::PutSummary(summary) => {
                self.voided.retain(|circle| *circle != summary.circle);
                self.put_bytes(schema::SUMMARIES, &summary.to_stored(), &circle_key(summary.circle))?;
            }
            Op::PutOwner(owner) => self.put_bytes(schema::OWNERS, &owner.to_stored(), &binary(&owner.device.0))?,
            Op::PutBlob { .. } | Op::WantBlob { .. } | Op::MarkBlob { .. } | Op::DropBlob { .. } => {
                self.keep_blob(op).await?;
            }
        }
        Ok(())
    }

    async fn keep_edit(&self, op: &Op) -> Result<(), StoreError> {
        match op {
            Op::PutPending(pending) => {
                let row = edit_row(pending.edit.circle, pending);
                self.put(schema::PENDING, &row, &number(pending.edit.name.n))?;
            }
            Op::DropPending { n } => self.delete(schema::PENDING, &number(*n))?,
            Op::PutSent(sent) => {
                let row = sent_row(sent.edit.circle, sent.at, sent);
                self.put(schema::SENT, &row, &number(sent.edit.name.n))?;
            }
            Op::DropSent { n } => self.delete(schema::SENT, &number(*n))?,
            Op::DropSentBefore(Millis(moment)) => {
                let sent = self.store(schema::SENT)?;
                let before = below(&number(*moment))?;
                for n in sent.index(schema::BY_TIME)?.get_all_keys(&before)?.rows().await? {
                    sent.delete(&n)?;
                }
            }
            Op::PutRefused(refused) => {
                let row = edit_row(refused.edit.circle, refused);
                self.put(schema::REFUSED, &row, &number(refused.edit.name.n))?;
            }
            Op::DropRefused { n } => self.delete(schema::REFUSED, &number(*n))?,
            Op::DropEditsOn { circle, records } => {
                for name in [schema::SENT, schema::REFUSED] {
                    let store = self.store(name)?;
                    let rows = store.index(schema::BY_CIRCLE)?.get_all(&circle_key(*circle))?.rows().await?;
                    for row in rows {
                        let edit = if name == schema::SENT {
                            read::<SentEdit>(&row)?.edit
                        } else {
                            read::<RefusedEdit>(&row)?.edit
                        };
                        if is_on(&edit, *circle, records) {
                            store.delete(&number(edit.name.n))?;
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    async fn purge(&mut self, circle: CircleId) -> Result<(), StoreError> {
        // The row goes now: a later op in the same batch may hold the circle anew, from revision 0.
        self.circles.insert(circle, Revised { revision: 0, bytes: None });
        let key = circle_key(circle);
        self.delete(schema::CIRCLES, &key)?;
        self.delete(schema::FIGURES, &key)?;
        self.delete(schema::RECORDS, &between(&first_of_circle(circle), &after_circle(circle))?)?;
        let sent = self.store(schema::SENT)?;
        for n in sent.index(schema::BY_CIRCLE)?.get_all_keys(&key)?.rows().await? {
            sent.delete(&n)?;
        }
        let blobs = self.store(schema::BLOBS)?;
        let bytes = self.store(schema::BYTES)?;
        for row in blobs.index(schema::BY_CIRCLE)?.get_all(&key)?.rows().await? {
            let held: HeldBlob = read(&row)?;
            if held.state != BlobState::ToSend {
                let key = blob_key(circle, held.blob.hash);
                blobs.delete(&key)?;
                bytes.delete(&key)?;
            }
        }
        Ok(())
    }

    async fn drop_below(&self, circle: CircleId, generation: u32, id: RecordId) -> Result<(), StoreError> {
        let records = self.store(schema::RECORDS)?;
        let parents = records.index(schema::BY_PARENT)?;
        let mut falling = vec![id];
        while let Some(id) = falling.pop() {
            records.delete(&record_key(circle, generation, id))?;
            for row in parents.get_all(&parent_key(circle, generation, id))?.rows().await? {
                falling.push(read::<Record>(&row)?.id);
            }
        }
        Ok(())
    }

    async fn keep_blob(&self, op: &Op) -> Result<(), StoreError> {
        let blobs = self.store(schema::BLOBS)?;
        let bytes_of = self.store(schema::BYTES)?;
        match op {
            Op::PutBlob { blob, bytes } => {
                put_blob(&blobs, blob)?;
                bytes_of.put(&binary(bytes), &blob_key(blob.circle, blob.blob.hash))?;
            }
            Op::WantBlob { circle, blob } => {
                let known = blobs.get(&blob_key(*circle, blob.hash))?.row().await?;
                if known.is_none() {
                    put_blob(&blobs, &HeldBlob { circle: *circle, blob: *blob, state: BlobState::Wanted })?;
                }
            }
            Op::MarkBlob { circle, hash, state } => {
                let row = blobs.get(&blob_key(*circle, *hash))?.row().await?;
                let held: Option<HeldBlob> = row.as_ref().map(read).transpose()?;
                // Wanted means that the bytes are not here.
                if let Some(held) = held.filter(|held| held.state != BlobState::Wanted) {
                    put_blob(&blobs, &HeldBlob { state: *state, ..held })?;
                }
            }
            Op::DropBlob { circle, hash } => {
                let key = blob_key(*circle, *hash);
                blobs.delete(&key)?;
                bytes_of.delete(&key)?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Every record of a generation.
fn whole(circle: CircleId, generation: u32) -> Result<JsValue, StoreError> {
    between(&first_record(circle, generation), &after_records(circle, generation))
}

fn put_blob(blobs: &ObjectStore, held: &HeldBlob) -> Result<(), StoreError> {
    let row =
        object([("c", circle_key(held.circle)), ("s", held.state.code().into()), ("b", binary(&held.to_stored()))]);
    blobs.put(&row, &blob_key(held.circle, held.blob.hash))
}
