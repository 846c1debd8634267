//! A store in memory, for tests and for trying things out. It keeps the same bytes as a real one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use opstap_core::access::Section;
use opstap_core::protocol::{DeviceOwner, Figures, LetGo};
use opstap_core::{BlobHash, Change, CircleId, DeviceId, Edit, Kind, PersonId, Record, RecordId};

use crate::held::{
    BlobState, HeldBlob, HeldCircle, HeldDevice, HeldSummary, Pending, RefusedEdit, Revision, SentEdit, Versioned,
};
use crate::old::too_old;
use crate::store::{Batch, CommitOutcome, Loaded, LocalStore, Op, StoreError, Voids, Wanted};
use crate::stored::Stored;

/// Clones share what is stored, as tabs of one browser do.
#[derive(Clone, Default)]
pub struct Memory(Rc<RefCell<Tables>>);

impl Memory {
    /// A store of its own with the same in it, as on a phone that was set up from another's backup.
    #[must_use]
    pub fn twin(&self) -> Self {
        Self(Rc::new(RefCell::new(self.0.borrow().clone())))
    }

    /// From now on so many bytes of blobs and own edits fit, or any number.
    pub fn has_room_for(&self, bytes: Option<usize>) {
        self.0.borrow_mut().disk.room = bytes;
    }

    /// The browser throws all of it away, under whoever has it open.
    pub fn is_thrown_away(&self) {
        self.0.take();
    }

    /// The bytes of a record are no record any more.
    pub fn damages(&self, id: RecordId) {
        let mut tables = self.0.borrow_mut();
        let its_own = tables.records.iter_mut().filter(|((.., of), _)| *of == id);
        its_own.for_each(|(_, row)| Rc::make_mut(row).bytes.truncate(3));
    }

    /// The connection dies at the next commit; whether that was done nobody hears.
    pub fn dies(&self, having_committed: bool) {
        self.0.borrow_mut().disk.dies = Some(having_committed);
    }
}

/// What goes wrong with the disk under a store.
#[derive(Clone, Copy, Default)]
struct Disk {
    /// How many bytes of blobs and own edits fit.
    room: Option<usize>,
    /// The next commit loses its connection, having been done or not.
    dies: Option<bool>,
}

/// A record, with what a real store has an index of: whoever asks for one kind does not read the others.
#[derive(Clone)]
struct Row {
    kind: Kind,
    parent: Option<RecordId>,
    bytes: Vec<u8>,
}

#[derive(Clone, Default)]
struct Tables {
    disk: Disk,
    device: Option<(Revision, Vec<u8>)>,
    circles: BTreeMap<CircleId, (Revision, Vec<u8>)>,
    records: BTreeMap<(CircleId, u32, RecordId), Rc<Row>>,
    pending: BTreeMap<u64, Vec<u8>>,
    sent: BTreeMap<u64, Vec<u8>>,
    refused: BTreeMap<u64, Vec<u8>>,
    let_go: BTreeMap<LetGo, Vec<u8>>,
    figures: BTreeMap<CircleId, Vec<u8>>,
    summaries: BTreeMap<CircleId, Vec<u8>>,
    owners: BTreeMap<DeviceId, PersonId>,
    blobs: BTreeMap<(CircleId, BlobHash), Vec<u8>>,
    bytes: BTreeMap<(CircleId, BlobHash), Vec<u8>>,
}

/// Lets others run once, as writing to a disk does: what was planned meanwhile on the same state has to meet its `Moved`.
async fn give_way() {
    let mut gave_way = false;
    poll_fn(|context| {
        if std::mem::replace(&mut gave_way, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

fn all<V: Stored>(rows: &BTreeMap<u64, Vec<u8>>) -> Result<Vec<V>, StoreError> {
    rows.values().map(|bytes| V::from_stored(bytes)).collect()
}

impl LocalStore for Memory {
    async fn device(&self) -> Result<Option<Versioned<HeldDevice>>, StoreError> {
        let tables = self.0.borrow();
        let Some((revision, bytes)) = &tables.device else { return Ok(None) };
        Ok(Some(Versioned { value: HeldDevice::from_stored(bytes)?, revision: *revision }))
    }

    async fn circles(&self) -> Result<Vec<Versioned<HeldCircle>>, StoreError> {
        let tables = self.0.borrow();
        let held = |(revision, bytes): &(Revision, Vec<u8>)| {
            Ok(Versioned { value: HeldCircle::from_stored(bytes)?, revision: *revision })
        };
        tables.circles.values().map(held).collect()
    }

    async fn load(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Loaded, StoreError> {
        let tables = self.0.borrow();
        let mut pending: Vec<Pending> = all(&tables.pending)?;
        let mut refused: Vec<RefusedEdit> = all(&tables.refused)?;
        pending.retain(|pending| pending.edit.circle == circle);
        refused.retain(|refused| refused.edit.circle == circle);
        let Some((revision, bytes)) = tables.circles.get(&circle) else {
            return Ok(Loaded { circle: None, revision: Revision::default(), records: Vec::new(), pending, refused });
        };
        let held = HeldCircle::from_stored(bytes)?;
        let is_wanted = |(id, row): &(RecordId, &Rc<Row>)| {
            wanted.iter().any(|wanted| match wanted {
                Wanted::Kind(kind) => row.kind == *kind,
                Wanted::Below(parent) => row.parent == Some(*parent),
                Wanted::One(one) => *id == *one,
            })
        };
        let rows = tables.generation(circle, held.generation).filter(is_wanted);
        let records = rows.map(|(_, row)| Record::from_stored(&row.bytes)).collect::<Result<_, _>>()?;
        Ok(Loaded { circle: Some(held), revision: *revision, records, pending, refused })
    }

    async fn pending(&self) -> Result<Vec<Pending>, StoreError> {
        all(&self.0.borrow().pending)
    }

    async fn sent(&self) -> Result<Vec<SentEdit>, StoreError> {
        all(&self.0.borrow().sent)
    }

    async fn refused(&self) -> Result<Vec<RefusedEdit>, StoreError> {
        all(&self.0.borrow().refused)
    }

    async fn let_go(&self) -> Result<Vec<LetGo>, StoreError> {
        self.0.borrow().let_go.values().map(|bytes| LetGo::from_stored(bytes)).collect()
    }

    async fn figures(&self, circle: CircleId) -> Result<Option<Figures>, StoreError> {
        self.0.borrow().figures.get(&circle).map(|bytes| Figures::from_stored(bytes)).transpose()
    }

    async fn summaries(&self) -> Result<Vec<HeldSummary>, StoreError> {
        let tables = self.0.borrow();
        Ok(tables.summaries.values().filter_map(|bytes| HeldSummary::from_stored(bytes).ok()).collect())
    }

    async fn owners(&self) -> Result<Vec<DeviceOwner>, StoreError> {
        let tables = self.0.borrow();
        Ok(tables.owners.iter().map(|(device, person)| DeviceOwner { device: *device, person: *person }).collect())
    }

    async fn blobs(&self, state: BlobState) -> Result<Vec<HeldBlob>, StoreError> {
        let tables = self.0.borrow();
        let all: Result<Vec<HeldBlob>, StoreError> =
            tables.blobs.values().map(|bytes| HeldBlob::from_stored(bytes)).collect();
        Ok(all?.into_iter().filter(|held| held.state == state).collect())
    }

    async fn blob(&self, circle: CircleId, hash: BlobHash) -> Result<Option<(HeldBlob, Vec<u8>)>, StoreError> {
        let tables = self.0.borrow();
        let (Some(held), Some(bytes)) = (tables.blobs.get(&(circle, hash)), tables.bytes.get(&(circle, hash))) else {
            return Ok(None);
        };
        Ok(Some((HeldBlob::from_stored(held)?, bytes.clone())))
    }

    async fn commit(&self, batch: &Batch) -> Result<CommitOutcome, StoreError> {
        give_way().await;
        let dies = self.0.borrow_mut().disk.dies.take();
        if dies == Some(false) {
            return Err(StoreError::Gone);
        }
        let before = self.0.borrow().weight();
        let mut tables = self.0.borrow().clone();
        let device = tables.device.as_ref().map(|(revision, _)| *revision).unwrap_or_default();
        let circle = |tables: &Tables, circle| tables.circles.get(&circle).map(|held| held.0).unwrap_or_default();
        let moved = batch.expected.device.is_some_and(|expected| expected != device)
            || batch.expected.circles.iter().any(|(id, expected)| circle(&tables, *id) != *expected)
            || !tables.still_makes_these(&batch.ops)?;
        if moved {
            return Ok(CommitOutcome::Moved);
        }
        for op in &batch.ops {
            tables.void_summary(op)?;
            tables.carry_out(op)?;
        }
        if let (Some(expected), Some(held)) = (batch.expected.device, &mut tables.device) {
            held.0 = Revision(expected.0 + 1);
        }
        for (id, expected) in &batch.expected.circles {
            if let Some(held) = tables.circles.get_mut(id) {
                held.0 = Revision(expected.0 + 1);
            }
        }
        let weight = tables.weight();
        if weight > before && tables.disk.room.is_some_and(|room| weight > room) {
            return Err(StoreError::Full);
        }
        self.0.replace(tables);
        if dies == Some(true) { Err(StoreError::Gone) } else { Ok(CommitOutcome::Committed) }
    }
}

/// Whether an edit is about any of these records, or makes something right below one.
#[must_use]
pub fn is_on(edit: &Edit, circle: CircleId, records: &[RecordId]) -> bool {
    let about = |change: &Change| {
        let below = matches!(change, Change::Make { parent: Some(parent), .. } if records.contains(parent));
        below || records.contains(&change.record())
    };
    edit.circle == circle && edit.changes.iter().any(about)
}

impl Tables {
    /// How many bytes of blobs and own edits there are.
    fn weight(&self) -> usize {
        let edits = self.pending.values().chain(self.sent.values()).chain(self.refused.values());
        edits.chain(self.bytes.values()).map(Vec::len).sum()
    }

    /// Whether the summaries among these were made of what is here now.
    fn still_makes_these(&self, ops: &[Op]) -> Result<bool, StoreError> {
        let pending: Vec<Pending> = all(&self.pending)?;
        Ok(ops.iter().all(|op| {
            let Op::PutSummary(HeldSummary { circle, revision, pending: counted, .. }) = op else { return true };
            let here = pending.iter().filter(|pending| pending.edit.circle == *circle).count();
            let held = self.circles.get(circle);
            held.is_some_and(|(held, _)| held == revision) && u32::try_from(here) == Ok(*counted)
        }))
    }

    /// Drops the summary that an op makes void, before it is carried out.
    fn void_summary(&mut self, op: &Op) -> Result<(), StoreError> {
        let of = |bytes: Option<&Vec<u8>>, circle: fn(&[u8]) -> Result<CircleId, StoreError>| {
            bytes.map(|bytes| circle(bytes)).transpose()
        };
        let circle = match op.voids() {
            Voids::None => None,
            Voids::Of(circle) => Some(circle),
            Voids::OfPending(n) => of(self.pending.get(&n), |bytes| Ok(Pending::from_stored(bytes)?.edit.circle))?,
            Voids::OfRefused(n) => of(self.refused.get(&n), |bytes| Ok(RefusedEdit::from_stored(bytes)?.edit.circle))?,
        };
        if let Some(circle) = circle {
            self.summaries.remove(&circle);
        }
        Ok(())
    }

    fn generation(&self, circle: CircleId, generation: u32) -> impl Iterator<Item = (RecordId, &Rc<Row>)> {
        let [from, to] = [0, 255].map(|byte| (circle, generation, RecordId([byte; 16])));
        self.records.range(from..=to).map(|((.., id), row)| (*id, row))
    }

    fn carry_out(&mut self, op: &Op) -> Result<(), StoreError> {
        match op {
            Op::PutDevice(device) => {
                let revision = self.device.as_ref().map(|held| held.0).unwrap_or_default();
                self.device = Some((revision, device.to_stored()));
            }
            Op::PutCircle(held) => {
                self.circles.entry(held.circle).or_default().1 = held.to_stored();
            }
            Op::PutPending(pending) => drop(self.pending.insert(pending.edit.name.n, pending.to_stored())),
            Op::DropPending { n } => drop(self.pending.remove(n)),
            Op::PutSent(sent) => drop(self.sent.insert(sent.edit.name.n, sent.to_stored())),
            Op::DropSent { n } => drop(self.sent.remove(n)),
            Op::DropSentBefore(moment) => {
                let sent: Vec<SentEdit> = all(&self.sent)?;
                let old = sent.iter().filter(|sent| sent.at < *moment).map(|sent| sent.edit.name.n);
                old.for_each(|n| drop(self.sent.remove(&n)));
            }
            Op::PutRefused(refused) => drop(self.refused.insert(refused.edit.name.n, refused.to_stored())),
            Op::DropRefused { n } => drop(self.refused.remove(n)),
            Op::DropEditsOn { circle, records } => self.drop_edits_on(*circle, records)?,
            Op::PutLetGo(let_go) => drop(self.let_go.insert(*let_go, let_go.to_stored())),
            Op::DropLetGo(let_go) => drop(self.let_go.remove(let_go)),
            Op::PutFigures { circle, figures } => drop(self.figures.insert(*circle, figures.to_stored())),
            Op::PutSummary(summary) => drop(self.summaries.insert(summary.circle, summary.to_stored())),
            Op::PutOwner(owner) => drop(self.owners.insert(owner.device, owner.person)),
            Op::PutRecord { circle, generation, record } => {
                let row = Row { kind: record.kind, parent: record.parent, bytes: record.to_stored() };
                self.records.insert((*circle, *generation, record.id), Rc::new(row));
            }
            Op::PurgeCircle(_)
            | Op::DropBelow { .. }
            | Op::DropOutside { .. }
            | Op::DropOld { .. }
            | Op::DropGeneration { .. } => {
                self.let_go(op)?;
            }
            Op::PutBlob { .. } | Op::WantBlob { .. } | Op::MarkBlob { .. } | Op::DropBlob { .. } => {
                self.keep_blob(op)?;
            }
        }
        Ok(())
    }

    fn drop_edits_on(&mut self, circle: CircleId, records: &[RecordId]) -> Result<(), StoreError> {
        let sent: Vec<SentEdit> = all(&self.sent)?;
        let refused: Vec<RefusedEdit> = all(&self.refused)?;
        for edit in sent.iter().map(|sent| &sent.edit).filter(|edit| is_on(edit, circle, records)) {
            self.sent.remove(&edit.name.n);
        }
        for edit in refused.iter().map(|refused| &refused.edit).filter(|edit| is_on(edit, circle, records)) {
            self.refused.remove(&edit.name.n);
        }
        Ok(())
    }

    /// Drops records.
    fn let_go(&mut self, op: &Op) -> Result<(), StoreError> {
        match op {
            Op::PurgeCircle(circle) => {
                self.circles.remove(circle);
                self.figures.remove(circle);
                self.records.retain(|(of, ..), _| of != circle);
                let sent: Vec<SentEdit> = all(&self.sent)?;
                let its_own = sent.iter().filter(|sent| sent.edit.circle == *circle);
                its_own.for_each(|sent| drop(self.sent.remove(&sent.edit.name.n)));
                for ((of, hash), held) in self.blobs.clone() {
                    if of == *circle && HeldBlob::from_stored(&held)?.state != BlobState::ToSend {
                        self.blobs.remove(&(of, hash));
                        self.bytes.remove(&(of, hash));
                    }
                }
            }
            Op::DropBelow { circle, generation, id } => self.drop_below(*circle, *generation, *id),
            Op::DropOld { circle, generation, logs, deleted } => {
                let all = self.generation(*circle, *generation).map(|(_, row)| Record::from_stored(&row.bytes));
                for id in too_old(&all.collect::<Result<Vec<_>, _>>()?, *logs, *deleted) {
                    self.drop_below(*circle, *generation, id);
                }
            }
            Op::DropOutside { circle, generation, view } => {
                let stays = |row: &Row| view.covers(Section::of(row.kind));
                self.records.retain(|(of, number, _), row| (of, number) != (circle, generation) || stays(row));
            }
            Op::DropGeneration { circle, generation } => {
                self.records.retain(|(of, number, _), _| of != circle || number != generation);
            }
            _ => {}
        }
        Ok(())
    }

    fn drop_below(&mut self, circle: CircleId, generation: u32, id: RecordId) {
        let mut falling = vec![id];
        while let Some(id) = falling.pop() {
            self.records.remove(&(circle, generation, id));
            let below = self.generation(circle, generation).filter(|(_, row)| row.parent == Some(id));
            falling.extend(below.map(|(below, _)| below));
        }
    }

    fn keep_blob(&mut self, op: &Op) -> Result<(), StoreError> {
        match op {
            Op::PutBlob { blob, bytes } => {
                let key = (blob.circle, blob.blob.hash);
                self.blobs.insert(key, blob.to_stored());
                self.bytes.insert(key, bytes.clone());
            }
            Op::WantBlob { circle, blob } => {
                let wanted = HeldBlob { circle: *circle, blob: *blob, state: BlobState::Wanted };
                self.blobs.entry((*circle, blob.hash)).or_insert_with(|| wanted.to_stored());
            }
            Op::MarkBlob { circle, hash, state } => {
                let key = (*circle, *hash);
                if let (true, Some(held)) = (self.bytes.contains_key(&key), self.blobs.get_mut(&key)) {
                    *held = HeldBlob { state: *state, ..HeldBlob::from_stored(held)? }.to_stored();
                }
            }
            Op::DropBlob { circle, hash } => {
                self.blobs.remove(&(*circle, *hash));
                self.bytes.remove(&(*circle, *hash));
            }
            _ => {}
        }
        Ok(())
    }
}
