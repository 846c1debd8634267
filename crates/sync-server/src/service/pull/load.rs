//! A page of a load: the whole circle as the person may see it, most needed first, resumable at (need, id).

use opstap_core::RecordId;
use opstap_core::protocol::{Delivery, LoadPosition};

use super::super::reader::{Reader, Sight};
use super::{Budget, CHUNK};
use crate::storage::{CircleRow, Snapshot, StorageError};

pub(super) fn page(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    from: Option<LoadPosition>,
    budget: &mut Budget,
) -> Result<Delivery, StorageError> {
    let number = from.map_or(row.counter, |position| position.number);
    let mut records = Vec::new();
    let mut next = from;
    let mut place = from.map(|position| (position.need, position.id));
    let start = LoadPosition { number, need: 0, id: RecordId([0; 16]) };
    if budget.is_spent() {
        return Ok(Delivery::Load { records, next: Some(from.unwrap_or(start)), number, count: 0 });
    }
    loop {
        let chunk = snapshot.load_page(row.id, number, place, CHUNK)?;
        let is_last = chunk.len() < CHUNK;
        for record in chunk {
            place = Some((record.kind.need(), record.id));
            if reader.sight(&record)? != Sight::Readable {
                continue;
            }
            if budget.is_spent() {
                // The place is that of the last record delivered: the id of one that may not be read is not told.
                return Ok(Delivery::Load { records, next: Some(next.unwrap_or(start)), number, count: 0 });
            }
            budget.take(&record);
            next = Some(LoadPosition { number, need: record.kind.need(), id: record.id });
            records.push(record);
        }
        if is_last {
            break;
        }
    }
    let count = match from {
        None => records.len(),
        Some(_) => readable(snapshot, row, reader, number)?,
    };
    Ok(Delivery::Load { records, next: None, number, count: u64::try_from(count).unwrap_or(u64::MAX) })
}

/// How many records the whole load has.
fn readable(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    number: u64,
) -> Result<usize, StorageError> {
    let mut count = 0;
    let mut place = None;
    loop {
        let chunk = snapshot.load_page(row.id, number, place, CHUNK)?;
        for record in &chunk {
            place = Some((record.kind.need(), record.id));
            count += usize::from(reader.sight(record)? == Sight::Readable);
        }
        if chunk.len() < CHUNK {
            return Ok(count);
        }
    }
}
