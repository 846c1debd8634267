//! One circle's records within a transaction, as `core` reads and writes them when it judges and merges.

use opstap_core::access::CircleAccess;
use opstap_core::merge::{CircleRecords, ReadRecords};
use opstap_core::model::CircleKind;
use opstap_core::{BlobRef, Cell, CellName, CircleId, DeviceId, Kind, PersonId, Record, RecordId, Stamp};

use super::purge;
use crate::storage::{BlobRow, Displaced, Snapshot, StorageError, Txn};

/// A circle on the desk.
pub(super) struct Desk<'a> {
    pub(super) txn: &'a mut dyn Txn,
    pub(super) circle: CircleId,
}

/// Who is in a circle and which consents stand.
pub(super) fn access_of(
    snapshot: &dyn Snapshot,
    circle: CircleId,
    kind: CircleKind,
) -> Result<CircleAccess, StorageError> {
    let mut records = snapshot.records_of_kind(circle, Kind::Member)?;
    records.extend(snapshot.records_of_kind(circle, Kind::Consent)?);
    Ok(CircleAccess::new(kind, &records))
}

/// Every blob a record refers to, those of values that lost a conflict too: somebody may put them back.
fn blobs_of(record: &Record) -> impl Iterator<Item = BlobRef> + '_ {
    let kept = record.kept.iter().filter_map(|kept| kept.value.blob());
    record.blobs().chain(kept)
}

impl ReadRecords for Desk<'_> {
    type Error = StorageError;

    fn record(&mut self, id: RecordId) -> Result<Option<Record>, StorageError> {
        self.txn.record(self.circle, id)
    }

    fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, StorageError> {
        Ok(self.txn.device(device)?.map(|row| row.person))
    }
}

impl CircleRecords for Desk<'_> {
    fn children(&mut self, id: RecordId) -> Result<Vec<RecordId>, StorageError> {
        self.txn.children(self.circle, id)
    }

    fn put(&mut self, record: Record) -> Result<(), StorageError> {
        for blob in blobs_of(&record) {
            if self.txn.blob(self.circle, &blob.hash)?.is_none() {
                self.txn.put_blob(&BlobRow {
                    circle: self.circle,
                    hash: blob.hash,
                    size: blob.size,
                    uploader: None,
                    held_in: None,
                })?;
            }
            self.txn.add_mention(self.circle, &blob.hash, record.id)?;
        }
        self.txn.put_record(self.circle, &record)
    }

    fn displaced(&mut self, record: RecordId, cell: &CellName, value: Cell) -> Result<(), StorageError> {
        let displaced = Displaced { cell: cell.clone(), value };
        self.txn.add_displaced(self.circle, record, &displaced)
    }

    fn number_of(&mut self, record: RecordId, cell: &CellName, stamp: Stamp) -> Result<Option<u64>, StorageError> {
        let history = self.txn.history(self.circle, record)?;
        let found = history.into_iter().find(|was| was.cell == *cell && was.value.stamp == stamp);
        Ok(found.map(|was| was.value.number))
    }

    fn purge(&mut self, left: Record) -> Result<(), StorageError> {
        purge::forget(self.txn, self.circle, left.id)?;
        self.txn.put_record(self.circle, &left)
    }
}
