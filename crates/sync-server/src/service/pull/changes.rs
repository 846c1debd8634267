//! A page of changes: the records above a cursor as they are now, in order of number; it ends between two numbers.

use opstap_core::protocol::Delivery;

use super::super::reader::{Reader, Sight};
use super::own::Own;
use super::{Budget, CHUNK};
use crate::storage::{CircleRow, Snapshot, StorageError};

pub(super) fn page(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    (above, own): (u64, &Own),
    budget: &mut Budget,
) -> Result<Delivery, StorageError> {
    let (mut records, mut gone, mut to) = (Vec::new(), Vec::new(), above);
    if !budget.has_room_for(1) {
        return Ok(Delivery::Changes { records, gone, to, more: true });
    }
    loop {
        let mut chunk = snapshot.changed_after(row.id, to, CHUNK)?.into_iter().peekable();
        if chunk.peek().is_none() {
            // Everything above the cursor was seen: what is not readable lies behind it too.
            return Ok(Delivery::Changes { records, gone, to: row.counter, more: false });
        }
        while let Some(number) = chunk.peek().map(|record| record.number) {
            let of_one_number: Vec<_> =
                std::iter::from_fn(|| chunk.next_if(|record| record.number == number)).collect();
            let to_bring = of_one_number.iter().filter(|record| !own.has(row.id, record)).count();
            if to_bring > 0 && !budget.has_room_for(to_bring) {
                return Ok(Delivery::Changes { records, gone, to, more: true });
            }
            for record in of_one_number {
                match reader.sight(&record)? {
                    Sight::Readable if own.has(row.id, &record) => {}
                    Sight::Readable => {
                        budget.take(&record);
                        records.push(record);
                    }
                    Sight::NotForThem => gone.push(record.id),
                    Sight::Hidden => {}
                }
            }
            to = number;
        }
    }
}
