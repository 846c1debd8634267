//! Which records a store lets go of for their age, the same in every store.

use opstap_core::record::DELETED;
use opstap_core::{Day, Record, RecordId, Value};

/// Of the records of a generation those that are too old to stay: logs of runs, practices, messages and the book made before one day, and what
/// was deleted before another. All below them goes along. What was purged stays, bare.
#[must_use]
pub fn too_old(records: &[Record], logs: Day, deleted: Day) -> Vec<RecordId> {
    let is_old_log = |record: &Record| {
        // What stands below a run or practice goes with it, not by its own age.
        let is_top = record.kind.grows_old() && record.kind.parent().is_none();
        is_top && record.made().is_some_and(|made| made.millis < logs.begins())
    };
    let is_long_deleted = |record: &Record| {
        let cell = record.cells.get(DELETED).filter(|cell| cell.value == Value::Bool(true));
        cell.is_some_and(|cell| cell.stamp.millis < deleted.begins())
    };
    records.iter().filter(|record| is_old_log(record) || is_long_deleted(record)).map(|record| record.id).collect()
}
