//! Law: a record that an edit made, and that nothing has touched since, is the one told here, on the device as on the server. So it need
//! not go over the wire: who sent the edit has it, as soon as it knows stamp and number.

use std::collections::BTreeMap;

use crate::edit::{Change, Edit};
use crate::id::RecordId;
use crate::record::{Cell, Record};
use crate::stamp::Stamp;

/// The records an edit makes when it is accepted under this stamp and number; those it touches more than once are left out.
#[must_use]
pub fn made(edit: &Edit, stamp: Stamp, number: u64) -> Vec<Record> {
    let mut touched: BTreeMap<RecordId, usize> = BTreeMap::new();
    for change in &edit.changes {
        *touched.entry(change.record()).or_default() += 1;
    }
    let made = edit.changes.iter().filter_map(|change| match change {
        Change::Make { id, kind, parent, cells } if touched.get(id) == Some(&1) => {
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
