//! Erasing for good: of a purged record nothing stays in the database but its bare row, nothing in quarantine, and no bytes of a photo or
//! sound that only it referred to.

use std::collections::BTreeSet;

use opstap_core::record::PURGED;
use opstap_core::{BlobHash, Change, CircleId, Edit, RecordId};

use super::{Service, ServiceError};
use crate::journal::Purged;
use crate::storage::{Fate, Snapshot, Storage, StorageError, Txn, Unmade};

/// The records an edit purges, with all below them, as they are before it.
pub(super) fn purged_by(snapshot: &dyn Snapshot, edit: &Edit) -> Result<Vec<Purged>, StorageError> {
    let purges = |change: &&Change| change.cells().iter().any(|(name, _)| name == PURGED);
    let mut to_visit: Vec<RecordId> = edit.changes.iter().filter(purges).map(Change::record).collect();
    let mut found = Vec::new();
    while let Some(id) = to_visit.pop() {
        let Some(record) = snapshot.record(edit.circle, id)? else { continue };
        found.push(Purged { id, kind: record.kind, parent: record.parent });
        to_visit.extend(snapshot.children(edit.circle, id)?);
    }
    Ok(found)
}

/// Lets go of what is kept of a record besides its row.
pub(super) fn forget(txn: &mut dyn Txn, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
    txn.forget(circle, record)?;
    for hash in txn.drop_mentions(circle, record)? {
        forget_blob(txn, circle, &hash)?;
    }
    forget_waiting(txn, circle, record)
}

/// Lets go of what waits about a record that was erased, and about what it was to make below it, however far down.
fn forget_waiting(txn: &mut dyn Txn, circle: CircleId, record: RecordId) -> Result<(), StorageError> {
    let mut erased = BTreeSet::from([record]);
    loop {
        let found = erased.len();
        for mut kept in txn.quarantine(circle)? {
            let all = kept.edit.changes.len();
            let mut left = Vec::with_capacity(all);
            for change in std::mem::take(&mut kept.edit.changes) {
                if !needs(&change).any(|id| erased.contains(&id)) {
                    left.push(change);
                    continue;
                }
                let id = change.record();
                if matches!(change, Change::Make { .. }) && txn.record(circle, id)?.is_none() {
                    txn.put_unmade(circle, &Unmade { id, device: kept.edit.name.device, fate: Fate::Purged })?;
                    erased.insert(id);
                }
            }
            if left.len() < all {
                txn.drop_quarantined(circle, kept.edit.name)?;
                kept.edit.changes = left;
                // What else the edit was about still waits.
                if !kept.edit.changes.is_empty() {
                    txn.put_quarantined(&kept)?;
                }
            }
        }
        // What one look found may be what another edit, seen before it, stands below.
        if erased.len() == found {
            return Ok(());
        }
    }
}

/// The records a change is about: the one it makes or sets, and the one it makes it below.
pub(super) fn needs(change: &Change) -> impl Iterator<Item = RecordId> {
    let parent = match change {
        Change::Make { parent, .. } => *parent,
        Change::Set { .. } => None,
    };
    parent.into_iter().chain([change.record()])
}

/// Whether a record was erased, or was to be made below one that was.
pub(super) fn is_erased(snapshot: &dyn Snapshot, circle: CircleId, id: RecordId) -> Result<bool, StorageError> {
    if let Some(record) = snapshot.record(circle, id)? {
        return Ok(record.is_purged());
    }
    Ok(snapshot.unmade(circle, id)?.iter().any(|one| one.fate == Fate::Purged))
}

/// A blob to which no record of the circle refers any more. Its bytes go unless another circle, to which they were copied from a
/// library, still has them here.
fn forget_blob(txn: &mut dyn Txn, circle: CircleId, hash: &BlobHash) -> Result<(), StorageError> {
    let Some(row) = txn.blob(circle, hash)? else { return Ok(()) };
    txn.drop_blob(circle, hash)?;
    let Some(store) = row.held_in else { return Ok(()) };
    let mut others = txn.blob_everywhere(hash)?.into_iter();
    // In a library that has the bytes itself they stay; in a store that nobody refers to any more they go.
    if !others.any(|other| other.held_in == Some(store)) {
        txn.put_to_erase(store, hash)?;
    }
    Ok(())
}

impl<S: Storage> Service<S> {
    /// The blobs whose bytes are to be erased, by the circle in whose store they lie. Whoever keeps the bytes erases them and says so.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    pub async fn blobs_to_erase(&self) -> Result<Vec<(CircleId, BlobHash)>, ServiceError> {
        Ok(self.storage.read(|snapshot| snapshot.to_erase()).await?)
    }

    /// Says that the bytes of a blob are gone. If somebody brought the same bytes again meanwhile, they are lacking now and asked for.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn blob_erased(&self, store: CircleId, hash: BlobHash) -> Result<(), ServiceError> {
        self.storage
            .write(move |txn| {
                txn.drop_to_erase(store, &hash)?;
                for row in txn.blob_everywhere(&hash)? {
                    if row.held_in == Some(store) {
                        txn.put_blob(&crate::storage::BlobRow { held_in: None, ..row })?;
                    }
                }
                Ok(())
            })
            .await?;
        Ok(())
    }
}
