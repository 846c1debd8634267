//! Circles and their blobs in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use opstap_core::access::{Section, View};
use opstap_core::model::CircleKind;
use opstap_core::protocol::Verdict;
use opstap_core::{
    BlobHash, CellName, CircleId, DeviceId, EditName, Kind, Millis, OrganisationId, PersonId, Record, RecordId, Stamp,
};

use super::State;
use crate::storage::{
    BlobRow, CircleRow, Delivered, Displaced, EditRow, Fate, LetGoRow, QuarantinedEdit, ReadBlobs, ReadCircle,
    StorageError, Unmade, WriteBlobs, WriteCircle,
};

#[derive(Clone, Default)]
pub(super) struct Circles {
    rows: BTreeMap<CircleId, CircleRow>,
    contents: BTreeMap<CircleId, Arc<Contents>>,
    to_erase: BTreeSet<(CircleId, BlobHash)>,
}

/// One circle's rows.
#[derive(Clone, Default)]
struct Contents {
    records: BTreeMap<RecordId, Arc<Stored>>,
    edits: BTreeMap<EditName, EditRow>,
    unmade: BTreeMap<(RecordId, DeviceId), Fate>,
    history: BTreeMap<RecordId, BTreeMap<(CellName, Stamp), Displaced>>,
    quarantine: BTreeMap<EditName, QuarantinedEdit>,
    deliveries: BTreeMap<(u32, PersonId, Section), (u64, u64)>,
    blobs: BTreeMap<BlobHash, BlobRow>,
    mentions: BTreeSet<(BlobHash, RecordId)>,
    let_go: BTreeMap<(Millis, DeviceId, View), LetGoRow>,
}

struct Stored {
    born: u64,
    record: Record,
}

impl Circles {
    fn of(&self, circle: CircleId) -> Option<&Contents> {
        self.contents.get(&circle).map(Arc::as_ref)
    }

    fn of_mut(&mut self, circle: CircleId) -> &mut Contents {
        Arc::make_mut(self.contents.entry(circle).or_default())
    }

    fn records(&self, circle: CircleId) -> impl Iterator<Item = &Stored> {
        self.of(circle).into_iter().flat_map(|contents| contents.records.values().map(Arc::as_ref))
    }
}

fn copies<'a>(stored: impl IntoIterator<Item = &'a Stored>) -> Vec<Record> {
    stored.into_iter().map(|stored| stored.record.clone()).collect()
}

impl ReadCircle for State {
    fn circle(&self, circle: CircleId) -> Result<Option<CircleRow>, StorageError> {
        Ok(self.circles.rows.get(&circle).copied())
    }

    fn circles_of_organisation(
        &self,
        organisation: OrganisationId,
        kind: CircleKind,
    ) -> Result<Vec<CircleId>, StorageError> {
        let rows = self.circles.rows.values();
        Ok(rows.filter(|row| row.organisation == organisation && row.kind == kind).map(|row| row.id).collect())
    }

    fn record(&self, circle: CircleId, id: RecordId) -> Result<Option<Record>, StorageError> {
        let contents = self.circles.of(circle);
        Ok(contents.and_then(|contents| contents.records.get(&id)).map(|stored| stored.record.clone()))
    }

    fn children(&self, circle: CircleId, parent: RecordId) -> Result<Vec<RecordId>, StorageError> {
        let records = self.circles.records(circle);
        Ok(records.filter(|stored| stored.record.parent == Some(parent)).map(|stored| stored.record.id).collect())
    }

    fn records_of_kind(&self, circle: CircleId, kind: Kind) -> Result<Vec<Record>, StorageError> {
        let records = self.circles.records(circle);
        Ok(copies(records.filter(|stored| stored.record.kind == kind)))
    }

    fn changed_after(&self, circle: CircleId, number: u64, at_most: usize) -> Result<Vec<Record>, StorageError> {
        let mut changed: Vec<&Stored> =
            self.circles.records(circle).filter(|stored| stored.record.number > number).collect();
        changed.sort_by_key(|stored| (stored.record.number, stored.record.id));
        let last = at_most.checked_sub(1).and_then(|last| changed.get(last));
        if let Some(last) = last.map(|stored| stored.record.number) {
            changed.retain(|stored| stored.record.number <= last);
        }
        Ok(copies(changed))
    }

    fn load_page(
        &self,
        circle: CircleId,
        born_up_to: u64,
        after: Option<(u8, RecordId)>,
        at_most: usize,
    ) -> Result<Vec<Record>, StorageError> {
        let place = |stored: &Stored| (stored.record.kind.need(), stored.record.id);
        let mut page: Vec<&Stored> = self
            .circles
            .records(circle)
            .filter(|stored| stored.born <= born_up_to)
            .filter(|stored| after.is_none_or(|after| place(stored) > after))
            .collect();
        page.sort_by_key(|stored| place(stored));
        page.truncate(at_most);
        Ok(copies(page))
    }

    fn edit(&self, circle: CircleId, name: EditName) -> Result<Option<EditRow>, StorageError> {
        let contents = self.circles.of(circle);
        Ok(contents.and_then(|contents| contents.edits.get(&name).cloned()))
    }

    fn stamp_before(&self, circle: CircleId, name: EditName) -> Result<Option<Stamp>, StorageError> {
        let first = EditName { n: 0, ..name };
        Ok(self.circles.of(circle).and_then(|contents| {
            contents
                .edits
                .range(first..name)
                .rev()
                .find(|(_, row)| matches!(row.verdict, Verdict::Accepted { .. }))
                .map(|(_, row)| row.stamp)
        }))
    }

    fn unmade(&self, circle: CircleId, id: RecordId) -> Result<Vec<Unmade>, StorageError> {
        let first = (id, DeviceId([0; 16]));
        let last = (id, DeviceId([u8::MAX; 16]));
        Ok(self.circles.of(circle).map_or_else(Vec::new, |contents| {
            contents
                .unmade
                .range(first..=last)
                .map(|((id, device), fate)| Unmade { id: *id, device: *device, fate: *fate })
                .collect()
        }))
    }

    fn history(&self, circle: CircleId, record: RecordId) -> Result<Vec<Displaced>, StorageError> {
        let contents = self.circles.of(circle);
        Ok(contents
            .and_then(|contents| contents.history.get(&record))
            .map_or_else(Vec::new, |kept| kept.values().cloned().collect()))
    }

    fn quarantine(&self, circle: CircleId) -> Result<Vec<QuarantinedEdit>, StorageError> {
        let contents = self.circles.of(circle);
        Ok(contents.map_or_else(Vec::new, |contents| contents.quarantine.values().cloned().collect()))
    }

    fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivered>, StorageError> {
        Ok(self.circles.of(circle).map_or_else(Vec::new, |contents| {
            contents
                .deliveries
                .iter()
                .map(|((day, person, section), (records, live))| Delivered {
                    person: *person,
                    section: *section,
                    day: *day,
                    records: *records,
                    live: *live,
                })
                .collect()
        }))
    }

    fn let_go(&self, circle: CircleId) -> Result<Vec<LetGoRow>, StorageError> {
        let contents = self.circles.of(circle);
        Ok(contents.map_or_else(Vec::new, |contents| contents.let_go.values().copied().collect()))
    }
}

impl WriteCircle for State {
    fn add_let_go(&mut self, circle: CircleId, row: &LetGoRow) -> Result<(), StorageError> {
        let place = (row.at, row.device, row.view);
        self.circles.of_mut(circle).let_go.entry(place).or_insert(*row);
        Ok(())
    }

    fn drop_quarantined(&mut self, circle: CircleId, name: EditName) -> Result<(), StorageError> {
        self.circles.of_mut(circle).quarantine.remove(&name);
        Ok(())
    }

    fn forget(&mut self, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
        self.circles.of_mut(circle).history.remove(&record);
        Ok(())
    }

    fn add_circle(&mut self, row: &CircleRow) -> Result<(), StorageError> {
        self.circles.rows.insert(row.id, *row);
        Ok(())
    }

    fn lock_circle(&mut self, circle: CircleId) -> Result<Option<CircleRow>, StorageError> {
        self.circle(circle)
    }

    fn move_counter(&mut self, circle: CircleId, to: u64) -> Result<(), StorageError> {
        if let Some(row) = self.circles.rows.get_mut(&circle) {
            row.counter = to;
        }
        Ok(())
    }

    fn mark_restored(&mut self) -> Result<(), StorageError> {
        self.circles.rows.values_mut().for_each(|row| row.restored = row.counter);
        Ok(())
    }

    fn put_record(&mut self, circle: CircleId, record: &Record) -> Result<(), StorageError> {
        let records = &mut self.circles.of_mut(circle).records;
        let born = records.get(&record.id).map_or(record.number, |stored| stored.born);
        let record = record.clone();
        records.insert(record.id, Arc::new(Stored { born, record }));
        Ok(())
    }

    fn add_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError> {
        self.circles.of_mut(circle).edits.insert(row.name, row.clone());
        Ok(())
    }

    fn add_displaced(&mut self, circle: CircleId, record: RecordId, displaced: &Displaced) -> Result<(), StorageError> {
        let history = &mut self.circles.of_mut(circle).history;
        let place = (displaced.cell.clone(), displaced.value.stamp);
        history.entry(record).or_default().entry(place).or_insert_with(|| displaced.clone());
        Ok(())
    }

    fn put_unmade(&mut self, circle: CircleId, unmade: &Unmade) -> Result<(), StorageError> {
        let place = (unmade.id, unmade.device);
        self.circles.of_mut(circle).unmade.insert(place, unmade.fate);
        Ok(())
    }

    fn replace_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError> {
        self.circles.of_mut(circle).edits.insert(row.name, row.clone());
        Ok(())
    }

    fn put_quarantined(&mut self, quarantined: &QuarantinedEdit) -> Result<(), StorageError> {
        let edit = &quarantined.edit;
        self.circles.of_mut(edit.circle).quarantine.insert(edit.name, quarantined.clone());
        Ok(())
    }

    fn add_delivery(&mut self, circle: CircleId, delivered: &Delivered) -> Result<(), StorageError> {
        let place = (delivered.day, delivered.person, delivered.section);
        let (records, live) = self.circles.of_mut(circle).deliveries.entry(place).or_default();
        *records += delivered.records;
        *live += delivered.live;
        Ok(())
    }
}

impl ReadBlobs for State {
    fn blob(&self, circle: CircleId, hash: &BlobHash) -> Result<Option<BlobRow>, StorageError> {
        let contents = self.circles.of(circle);
        Ok(contents.and_then(|contents| contents.blobs.get(hash).copied()))
    }

    fn blob_everywhere(&self, hash: &BlobHash) -> Result<Vec<BlobRow>, StorageError> {
        let contents = self.circles.contents.values();
        Ok(contents.filter_map(|contents| contents.blobs.get(hash).copied()).collect())
    }

    fn mentions(&self, circle: CircleId, hash: &BlobHash) -> Result<Vec<RecordId>, StorageError> {
        let first = (*hash, RecordId([0; 16]));
        let last = (*hash, RecordId([u8::MAX; 16]));
        Ok(self.circles.of(circle).map_or_else(Vec::new, |contents| {
            contents.mentions.range(first..=last).map(|(_, record)| *record).collect()
        }))
    }

    fn lacking(&self, circle: CircleId) -> Result<Vec<BlobHash>, StorageError> {
        Ok(self.circles.of(circle).map_or_else(Vec::new, |contents| {
            contents.blobs.values().filter(|row| row.held_in.is_none()).map(|row| row.hash).collect()
        }))
    }

    fn to_erase(&self) -> Result<Vec<(CircleId, BlobHash)>, StorageError> {
        Ok(self.circles.to_erase.iter().copied().collect())
    }
}

impl WriteBlobs for State {
    fn put_blob(&mut self, row: &BlobRow) -> Result<(), StorageError> {
        self.circles.of_mut(row.circle).blobs.insert(row.hash, *row);
        Ok(())
    }

    fn add_mention(&mut self, circle: CircleId, hash: &BlobHash, record: RecordId) -> Result<(), StorageError> {
        self.circles.of_mut(circle).mentions.insert((*hash, record));
        Ok(())
    }

    fn drop_mentions(&mut self, circle: CircleId, record: RecordId) -> Result<Vec<BlobHash>, StorageError> {
        let mentions = &mut self.circles.of_mut(circle).mentions;
        let mut of_record: Vec<BlobHash> =
            mentions.iter().filter(|(_, of)| *of == record).map(|(hash, _)| *hash).collect();
        mentions.retain(|(_, of)| *of != record);
        of_record.retain(|hash| !mentions.iter().any(|(other, _)| other == hash));
        Ok(of_record)
    }

    fn drop_blob(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError> {
        self.circles.of_mut(circle).blobs.remove(hash);
        Ok(())
    }

    fn put_to_erase(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError> {
        self.circles.to_erase.insert((circle, *hash));
        Ok(())
    }

    fn drop_to_erase(&mut self, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError> {
        self.circles.to_erase.remove(&(circle, *hash));
        Ok(())
    }
}
