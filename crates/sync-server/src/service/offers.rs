//! What devices bring to a server that came back from a backup: cells of others that it lacks or has older. They come as edits under the
//! stamps with which they counted in the life before. What whoever brings them might write themselves counts at once; the rest waits in
//! quarantine. Both are marked with who brought them until the author's own edit comes.

use std::cmp::Ordering;

use opstap_core::merge::{CircleRecords, ReadRecords, higher, is_of_earlier_life};
use opstap_core::record::{BROUGHT, DELETED, Kept};
use opstap_core::{Cell, CellName, Change, Edit, Epoch, Millis, PersonId, Record, Stamp, Value};

use super::desk::Desk;
use crate::storage::{ServerRow, StorageError};

/// Whether a device may bring this edit, which another made: the server came back from a backup since the device held it, and it was
/// made before that. Nothing else is believed about a stamp of another.
pub(super) fn may_be_brought(server: &ServerRow, edit: &Edit) -> bool {
    // A restore begins the epoch of its moment.
    is_of_earlier_life(edit, server.epoch)
        && server.before > Epoch(0)
        && !edit.stamp.is_ahead_of(Millis(server.epoch.0))
}

/// What the server lacks of an edit that comes again, or that somebody brings: part of it may be here, brought by others who held it.
/// Of what is brought only what is newer than here, or what lost a conflict that is not known here; of its author's own edit all that is
/// not here as it is.
pub(super) fn lacking(desk: &mut Desk<'_>, edit: &Edit) -> Result<Edit, StorageError> {
    let is_brought = edit.is_brought();
    let mut changes = Vec::with_capacity(edit.changes.len());
    for change in &edit.changes {
        // To what was erased nothing is added: the rules refuse the edit.
        let here = desk.record(change.record())?.filter(|record| !record.is_purged());
        // That it was brought can be forgotten by now: the mark goes with the latest edit that somebody brought.
        let is_the_same = |record: &Record| {
            let makes = matches!(change, Change::Make { .. });
            makes && record.made() == Some(edit.stamp)
        };
        let knows = |record: &Record| is_brought || record.brought_by().is_some() || is_the_same(record);
        let Some(record) = here.filter(knows) else {
            changes.push(change.clone());
            continue;
        };
        let lacks = |(name, value): &&(_, Value)| {
            let incoming = Cell { value: value.clone(), stamp: edit.stamp, number: 0 };
            if edit.brings_what_lost() {
                return lacks_lost(&record, name, &incoming);
            }
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

/// The stamp under which an author's own edit counted in the life before, if the server had replaced it then: what it makes is here under
/// that stamp.
pub(super) fn stamp_of_before(desk: &mut Desk<'_>, edit: &Edit) -> Result<Option<Stamp>, StorageError> {
    for change in &edit.changes {
        let Change::Make { id, .. } = change else { continue };
        let made = desk.record(*id)?.filter(|record| !record.is_purged()).and_then(|record| record.made());
        if let Some(made) = made.filter(|made| made.device == edit.stamp.device) {
            return Ok(Some(made));
        }
    }
    Ok(None)
}

fn lacks_lost(record: &Record, name: &CellName, lost: &Cell) -> bool {
    let is_same = |value: &Value, stamp: Stamp| *value == lost.value && stamp == lost.stamp;
    let stands = record.cells.get(name).is_some_and(|cell| is_same(&cell.value, cell.stamp));
    let is_kept = record.kept.iter().any(|kept| kept.cell == *name && is_same(&kept.value, kept.stamp));
    // That somebody deleted it is nothing to choose from once it is deleted.
    let is_gone = name == DELETED && record.is_deleted();
    !stands && !is_kept && !is_gone
}

/// Keeps values that had lost a conflict beside what stands here: which won is known already, and nothing comes back by it.
pub(super) fn keep(desk: &mut Desk<'_>, edit: &Edit, number: u64) -> Result<(), StorageError> {
    for change in &edit.changes {
        let Some(mut record) = desk.record(change.record())?.filter(|record| !record.is_purged()) else { continue };
        for (name, value) in change.cells() {
            let lost = Cell { value: value.clone(), stamp: edit.stamp, number };
            if desk.number_of(record.id, name, edit.stamp)?.is_none() {
                desk.displaced(record.id, name, lost.clone())?;
            }
            record.kept.push(Kept { cell: name.clone(), value: lost.value, stamp: lost.stamp, number });
        }
        desk.put(Record { number, ..record })?;
    }
    Ok(())
}

/// Marks the records of an edit that somebody brings, also on another phone of its author, or takes that mark away when the device that
/// made it sends it. Says whether any mark changed.
pub(super) fn mark(desk: &mut Desk<'_>, edit: &Edit, sender: PersonId, number: u64) -> Result<bool, StorageError> {
    let mut any = false;
    for change in &edit.changes {
        let Some(record) = desk.record(change.record())?.filter(|record| !record.is_purged()) else { continue };
        let marked = if edit.is_brought() { Some(with_mark(record, edit, sender)) } else { without_mark(record, edit) };
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
