//! Law: an accepted edit ends with each of its values in a cell, kept, or displaced into the history; a deletion that had not seen
//! another's work below it brings the record back, marked, in whichever order the two arrive.

use crate::edit::{Change, Edit};
use crate::id::{DeviceId, PersonId, RecordId};
use crate::merge::cell::{Outcome, set_cell};
use crate::record::{AUDIENCE, Cell, DELETED, Kept, Record};
use crate::stamp::{Millis, Stamp};
use crate::value::{CellName, Value};

/// Reading the records of one circle.
pub trait ReadRecords {
    /// What can go wrong with the reading.
    type Error;

    /// A record, also a deleted one.
    ///
    /// # Errors
    /// When the store fails.
    fn record(&mut self, id: RecordId) -> Result<Option<Record>, Self::Error>;

    /// The person whose device this is, if known.
    ///
    /// # Errors
    /// When the store fails.
    fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, Self::Error>;
}

/// Reading and writing the records of one circle, within one transaction: later reads see earlier writes.
pub trait CircleRecords: ReadRecords {
    /// The records right below a record, also deleted ones.
    ///
    /// # Errors
    /// When the store fails.
    fn children(&mut self, id: RecordId) -> Result<Vec<RecordId>, Self::Error>;

    /// Writes a record over what it was.
    ///
    /// # Errors
    /// When the store fails.
    fn put(&mut self, record: Record) -> Result<(), Self::Error>;

    /// Keeps a value that is no longer in its cell, or never came there, for the history.
    ///
    /// # Errors
    /// When the store fails.
    fn displaced(&mut self, record: RecordId, cell: &CellName, value: Cell) -> Result<(), Self::Error>;

    /// The number of a value in the history: of the edit that set it, as it was displaced.
    ///
    /// # Errors
    /// When the store fails.
    fn number_of(&mut self, record: RecordId, cell: &CellName, stamp: Stamp) -> Result<Option<u64>, Self::Error>;

    /// Writes what is left of a record that is purged, and lets go of everything else that is kept of it, its history too.
    ///
    /// # Errors
    /// When the store fails.
    fn purge(&mut self, left: Record) -> Result<(), Self::Error>;
}

/// On whose behalf cells are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By {
    /// The edit's stamp.
    pub stamp: Stamp,
    /// The number the circle gave it.
    pub number: u64,
    /// The number its author had seen, as it counts in the server's present epoch.
    pub seen: u64,
}

impl By {
    /// Whether the author had not seen what this cell holds, and somebody else's device had set it.
    pub(super) fn is_blind_to(self, cell: &Cell) -> bool {
        self.is_blind(cell.number, cell.stamp)
    }

    fn is_blind(self, number: u64, stamp: Stamp) -> bool {
        number > self.seen && stamp.device != self.stamp.device
    }
}

/// What an applied edit did besides setting cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Records that came back because a deletion and a change had not seen each other.
    pub came_back: Vec<RecordId>,
}

/// Applies an edit that was judged allowed: sets its cells, keeps what loses a conflict, brings back what was deleted blindly, and gives
/// everything below a record whose audience changed or that is back the new number, so that it is delivered or taken back.
///
/// # Errors
/// When the store fails; the transaction is then not to be committed.
pub fn apply<R: CircleRecords>(records: &mut R, edit: &Edit, by: By) -> Result<Applied, R::Error> {
    let mut applied = Applied::default();
    for change in &edit.changes {
        let mut record = match change {
            Change::Make { id, kind, parent, .. } => Record::new(*id, *kind, *parent),
            // Judged before: a change of an unknown or erased record does not come here.
            Change::Set { id, .. } => match records.record(*id)? {
                Some(record) if !record.is_purged() => record,
                _ => continue,
            },
        };
        if change.erases() {
            purge(records, &record, by)?;
            continue;
        }
        record.number = by.number;
        let making = record.making();
        let parent = record.parent;
        let was_deleted = record.is_deleted();
        let mut deletes = false;
        let mut works = true;
        for (name, value) in change.cells() {
            if is_deletion(name, value) {
                // Whoever deletes what is deleted already does not want it back.
                works = false;
            }
            if is_deletion(name, value) && !record.is_deleted() {
                deletes = true;
            } else if let Outcome::Displaced(cell) = set_cell(&mut record, name, value.clone(), by) {
                records.displaced(record.id, name, cell)?;
            }
        }
        if deletes {
            delete(records, &mut record, by, &mut applied)?;
        } else if works {
            bring_back(records, &mut record, by, &mut applied)?;
        }
        record.keep_maker(making);
        let names_audience = change.cells().iter().any(|(name, _)| name == AUDIENCE);
        // Phones let go of what was deleted long ago: whoever lacks what is below a record that is back gets it all.
        let is_back = was_deleted && !record.is_deleted();
        let renumber = is_back || (names_audience && matches!(change, Change::Set { .. }));
        let id = record.id;
        records.put(record)?;
        if renumber {
            renumber_below(records, id, by)?;
        }
        if works {
            bring_back_above(records, parent, by, &mut applied)?;
        }
    }
    Ok(applied)
}

/// Erases a record and all below it for good: whoever had it is told by the record that is left.
fn purge<R: CircleRecords>(records: &mut R, record: &Record, by: By) -> Result<(), R::Error> {
    let cell = Cell { value: Value::Bool(true), stamp: by.stamp, number: by.number };
    for below in below(records, record.id)? {
        if !below.is_purged() {
            records.purge(below.purged(cell.clone()))?;
        }
    }
    records.purge(record.purged(cell))
}

/// Deletes a record, unless its author was blind to something in it or below: then it stays, marked.
fn delete<R: CircleRecords>(
    records: &mut R,
    record: &mut Record,
    by: By,
    applied: &mut Applied,
) -> Result<(), R::Error> {
    record.kept.retain(|kept| kept.cell != DELETED || kept.number > by.seen);
    let mut blind = is_blind_to_work(records, record, by)?;
    for below in below(records, record.id)? {
        blind = blind || is_blind_to_work(records, &below, by)?;
    }
    let deletion = Cell { value: Value::Bool(true), stamp: by.stamp, number: by.number };
    if blind {
        records.displaced(record.id, &DELETED.into(), deletion)?;
        mark(records, record, by.stamp, by, applied)?;
    } else if let Some(before) = record.cells.insert(DELETED.into(), deletion) {
        records.displaced(record.id, &DELETED.into(), before)?;
    }
    Ok(())
}

/// Whether somebody else did something in a record that the author had not seen, also what lost to another's value. That they
/// deleted it is nothing another deletion could hide.
fn is_blind_to_work<R: CircleRecords>(records: &mut R, record: &Record, by: By) -> Result<bool, R::Error> {
    let mut cells = record.cells.iter().filter(|(name, cell)| !is_deletion(name, &cell.value));
    if cells.any(|(_, cell)| by.is_blind_to(cell)) {
        return Ok(true);
    }
    let kept = record.kept.iter().filter(|kept| !is_deletion(&kept.cell, &kept.value));
    for kept in kept.filter(|kept| by.is_blind(kept.number, kept.stamp)) {
        // That number is of the conflict, which may be the author's own doing; what lost may be older, and seen.
        let number = records.number_of(record.id, &kept.cell, kept.stamp)?;
        if number.is_none_or(|number| number > by.seen) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Brings a record back that somebody deleted while the author of this edit, unaware, changed it or something below.
fn bring_back<R: CircleRecords>(
    records: &mut R,
    record: &mut Record,
    by: By,
    applied: &mut Applied,
) -> Result<bool, R::Error> {
    let Some(deletion) =
        record.cells.get(DELETED).filter(|cell| cell.value == Value::Bool(true) && by.is_blind_to(cell)).cloned()
    else {
        return Ok(false);
    };
    mark(records, record, deletion.stamp, by, applied)?;
    Ok(true)
}

fn is_deletion(name: &CellName, value: &Value) -> bool {
    name == DELETED && *value == Value::Bool(true)
}

fn bring_back_above<R: CircleRecords>(
    records: &mut R,
    parent: Option<RecordId>,
    by: By,
    applied: &mut Applied,
) -> Result<(), R::Error> {
    let mut above = parent;
    while let Some(id) = above {
        let Some(mut record) = records.record(id)? else {
            return Ok(());
        };
        above = record.parent;
        let making = record.making();
        if bring_back(records, &mut record, by, applied)? {
            record.keep_maker(making);
            record.number = by.number;
            records.put(record)?;
            renumber_below(records, id, by)?;
        }
    }
    Ok(())
}

/// Gives everything below a record the edit's number, so that it is delivered once more.
fn renumber_below<R: CircleRecords>(records: &mut R, id: RecordId, by: By) -> Result<(), R::Error> {
    for below in below(records, id)? {
        records.put(Record { number: by.number, ..below })?;
    }
    Ok(())
}

/// Marks a record as deleted by one and brought back by another's work, with a stamp above both so that copies agree.
fn mark<R: CircleRecords>(
    records: &mut R,
    record: &mut Record,
    deletion: Stamp,
    by: By,
    applied: &mut Applied,
) -> Result<(), R::Error> {
    let stamp = Stamp::next(Millis(0), Some(deletion.max(by.stamp)), by.stamp.device);
    let stays = Cell { value: Value::Bool(false), stamp, number: by.number };
    if let Some(before) = record.cells.insert(DELETED.into(), stays) {
        records.displaced(record.id, &DELETED.into(), before)?;
    }
    record.kept.push(Kept { cell: DELETED.into(), value: Value::Bool(true), stamp: deletion, number: by.number });
    applied.came_back.push(record.id);
    Ok(())
}

fn below<R: CircleRecords>(records: &mut R, id: RecordId) -> Result<Vec<Record>, R::Error> {
    let mut found = Vec::new();
    let mut to_visit = records.children(id)?;
    while let Some(next) = to_visit.pop() {
        to_visit.extend(records.children(next)?);
        found.extend(records.record(next)?);
    }
    Ok(found)
}

#[cfg(test)]
#[path = "apply_tests.rs"]
pub(super) mod tests;
