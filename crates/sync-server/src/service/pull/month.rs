//! Old logs by the month, for whoever asks: what is too old to be on a device, with all that stands below it.

use opstap_core::age::Month;
use opstap_core::protocol::{AskedMonth, Delivery};
use opstap_core::{Record, RecordId};

use super::super::reader::{Reader, Sight};
use super::{Budget, CHUNK};
use crate::storage::{CircleRow, Snapshot, StorageError};

pub(super) fn page(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    asked: &AskedMonth,
    budget: &mut Budget,
) -> Result<Delivery, StorageError> {
    let AskedMonth { month, after, .. } = *asked;
    let days = month.begins().begins()..Month(month.0.saturating_add(1)).begins().begins();
    // The place before the first record, when nothing of it came yet.
    let before_all = Some((0, RecordId([0; 16])));
    if budget.is_spent() {
        return Ok(Delivery::Month { records: Vec::new(), month, next: after.or(before_all) });
    }
    let (mut records, mut place, mut next): (Vec<Record>, _, _) = (Vec::new(), after, after);
    loop {
        let chunk = snapshot.load_page(row.id, row.counter, place, CHUNK)?;
        let is_last = chunk.len() < CHUNK;
        for record in chunk {
            place = Some((record.kind.need(), record.id));
            if !reader.is_log_of(&record, &days)? || reader.sight(&record)? != Sight::Readable {
                continue;
            }
            if budget.is_spent() {
                return Ok(Delivery::Month { records, month, next: next.or(before_all) });
            }
            budget.take(&record);
            next = place;
            records.push(record);
        }
        if is_last {
            return Ok(Delivery::Month { records, month, next: None });
        }
    }
}
