//! A page of changes: the records above a cursor as they are now, in order of number; it ends between two numbers.

use opstap_core::Record;
use opstap_core::protocol::Delivery;

use super::super::reader::{Reader, Sight};
use super::{Budget, CHUNK};
use crate::storage::{CircleRow, Snapshot, StorageError};

pub(super) fn page(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    above: u64,
    budget: &mut Budget,
) -> Result<Delivery, StorageError> {
    let (mut records, mut gone, mut to) = (Vec::new(), Vec::new(), above);
    if !budget.has_room_for(1) {
        return Ok(Delivery::Changes { records, gone, to, more: true });
    }
    loop {
        let chunk = snapshot.changed_after(row.id, to, CHUNK)?;
        let Some(last) = chunk.last().map(|record| record.number) else {
            // Everything above the cursor was seen: what is not readable lies behind it too.
            return Ok(Delivery::Changes { records, gone, to: row.counter, more: false });
        };
        for of_one_number in chunk.chunk_by(|a, b| a.number == b.number) {
            if !budget.has_room_for(of_one_number.len()) {
                return Ok(Delivery::Changes { records, gone, to, more: true });
            }
            take(of_one_number, reader, budget, &mut records, &mut gone)?;
            to = of_one_number.first().map_or(last, |record| record.number);
        }
    }
}

fn take(
    changed: &[Record],
    reader: &mut Reader<'_>,
    budget: &mut Budget,
    records: &mut Vec<Record>,
    gone: &mut Vec<opstap_core::RecordId>,
) -> Result<(), StorageError> {
    for record in changed {
        match reader.sight(record)? {
            Sight::Readable => {
                budget.take(record);
                records.push(record.clone());
            }
            Sight::NotForThem => gone.push(record.id),
            Sight::Hidden => {}
        }
    }
    Ok(())
}
