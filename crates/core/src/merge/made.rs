//! Law: a record that an edit made, and that nothing has touched since, is the one told here, on the device as on the server. So it need
//! not go over the wire: who sent the edit has it, as soon as it knows stamp and number.

use crate::edit::{Change, Edit, Epoch};
use crate::id::RecordId;
use crate::record::{Cell, Record};
use crate::stamp::Stamp;

/// Whether an edit was made in a life of the server's data before this one. Part of such an edit may be there already, brought by others.
#[must_use]
pub fn is_of_earlier_life(edit: &Edit, epoch: Epoch) -> bool {
    edit.seen.epoch > Epoch(0) && edit.seen.epoch < epoch
}

/// The records an edit makes when it is accepted under this stamp and number; those it touches more than once are left out.
#[must_use]
pub fn made(edit: &Edit, stamp: Stamp, number: u64) -> Vec<Record> {
    let once = |id: RecordId| edit.changes.iter().filter(|change| change.record() == id).count() == 1;
    let made = edit.changes.iter().filter_map(|change| match change {
        Change::Make { id, kind, parent, cells } if once(*id) => {
            let mut record = Record::new(*id, *kind, *parent);
            record.number = number;
            let cells = cells.iter().map(|(name, value)| (name.clone(), Cell { value: value.clone(), stamp, number }));
            record.cells.extend(cells);
            Some(record)
        }
        Change::Make { .. } | Change::Set { .. } => None,
    });
    made.collect()
}

#[cfg(test)]
#[path = "made_tests.rs"]
mod tests;
