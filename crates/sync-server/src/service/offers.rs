//! What devices bring to a server that came back from a backup: cells of others that it lacks or has older. They come as edits under the
//! stamps with which they counted in the life before. What whoever brings them might write themselves counts at once; the rest waits in
//! quarantine. Both are marked with who brought them until the author's own edit comes.

use std::cmp::Ordering;

use opstap_core::merge::{CircleRecords, ReadRecords, higher};
use opstap_core::record::BROUGHT;
use opstap_core::{Cell, Change, Edit, Epoch, Millis, PersonId, Record, Value};

use super::desk::Desk;
use crate::storage::{ServerRow, StorageError};

/// Whether an edit was made by a device that had pulled in a life of the server's data before the present one.
pub(super) fn is_of_earlier_life(server: &ServerRow, edit: &Edit) -> bool {
    edit.seen.epoch > Epoch(0) && edit.seen.epoch < server.epoch && server.before > Epoch(0)
}

/// Whether a device may bring this edit, which another made: the server came back from a backup since the device held it, and it was
/// made before that. Nothing else is believed about a stamp of another.
pub(super) fn may_be_brought(server: &ServerRow, edit: &Edit) -> bool {
    // A restore begins the epoch of its moment.
    is_of_earlier_life(server, edit) && !edit.stamp.is_ahead_of(Millis(server.epoch.0))
}

/// What the server lacks of an edit that comes again, or that somebody brings: part of it may be here, brought by others who held it.
/// Of what is brought only what is newer than here; of its author's own edit all that is not here as it is.
pub(super) fn lacking(desk: &mut Desk<'_>, edit: &Edit) -> Result<Edit, StorageError> {
    let is_brought = is_brought(edit);
    let mut changes = Vec::with_capacity(edit.changes.len());
    for change in &edit.changes {
        // To what was erased nothing is added: the rules refuse the edit.
        let here = desk.record(change.record())?.filter(|record| !record.is_purged());
        let Some(record) = here.filter(|record| is_brought || record.brought_by().is_some()) else {
            changes.push(change.clone());
            continue;
        };
        let lacks = |(name, value): &&(_, Value)| {
            let incoming = Cell { value: value.clone(), stamp: edit.stamp, number: 0 };
            record.cells.get(name).is_none_or(|present| match higher(&incoming, present) {
                Ordering::Greater => true,
                Ordering::Equal => false,
                Ordering::Less => !is_brought,
            })
        };
        let cells: Vec<_> = change.cells().iter().filter(lacks).cloned().collect();
        if !cells.is_empty() {
            changes.push(Change::Set { id: record.id, cells });
        }
    }
    Ok(Edit { changes, ..edit.clone() })
}

/// Whether somebody brings an edit of another's device.
pub(super) fn is_brought(edit: &Edit) -> bool {
    edit.stamp.device != edit.name.device
}

/// Marks the records of an edit that somebody brings, also on another phone of its author, or takes that mark away when the device that
/// made it sends it. Says whether any mark changed.
pub(super) fn mark(desk: &mut Desk<'_>, edit: &Edit, sender: PersonId, number: u64) -> Result<bool, StorageError> {
    let mut any = false;
    for change in &edit.changes {
        let Some(record) = desk.record(change.record())?.filter(|record| !record.is_purged()) else { continue };
        let marked = if is_brought(edit) { Some(with_mark(record, edit, sender)) } else { without_mark(record, edit) };
        if let Some(record) = marked {
            any = true;
            desk.put(Record { number, ..record })?;
        }
    }
    Ok(any)
}

fn with_mark(mut record: Record, edit: &Edit, bringer: PersonId) -> Record {
    let latest = record.cells.get(BROUGHT).is_none_or(|mark| mark.stamp <= edit.stamp);
    if latest {
        let mark = Cell { value: Value::Id(bringer.0), stamp: edit.stamp, number: record.number };
        record.cells.insert(BROUGHT.into(), mark);
    }
    record
}

/// The mark goes with the author's own edit of that stamp.
fn without_mark(mut record: Record, edit: &Edit) -> Option<Record> {
    record.cells.get(BROUGHT).filter(|mark| mark.stamp == edit.stamp)?;
    record.cells.remove(BROUGHT);
    Some(record)
}
