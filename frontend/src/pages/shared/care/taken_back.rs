//! Answers to a proposal that were taken back in this window. Undoing is a fresh stamp like any decision, from which runs would be counted
//! anew; here it is remembered that nothing was decided after all, so that the proposal stands again.

use std::sync::LazyLock;

use opstap_core::{Millis, Record, RecordId, Stamp};
use opstap_view::prelude::*;

static TAKEN_BACK: LazyLock<ArcRwSignal<Vec<TakenBack>>> = LazyLock::new(|| ArcRwSignal::new(Vec::new()));

/// A cell whose last decision was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TakenBack {
    record: RecordId,
    cell: &'static str,
    /// The stamp with which it was taken back: who decides after that has decided.
    by: Stamp,
    /// Since when runs counted before.
    since: Option<Millis>,
}

/// Remembers that a cell, as it stands now, is as if runs still counted from `since`.
pub(super) fn note(record: &Record, cell: &'static str, since: Option<Millis>) {
    let Some(by) = record.cells.get(cell).map(|cell| cell.stamp) else { return };
    TAKEN_BACK.update(|all| {
        all.retain(|one| (one.record, one.cell) != (record.id, cell));
        all.push(TakenBack { record: record.id, cell, by, since });
    });
}

/// Follows what is taken back.
pub(super) fn follow() {
    TAKEN_BACK.track();
}

/// When somebody last decided on this.
pub(super) fn decided(record: &Record, cell: &str) -> Option<Millis> {
    let stamp = record.cells.get(cell)?.stamp;
    let is = |one: &&TakenBack| one.record == record.id && one.cell == cell && one.by == stamp;
    let taken_back = TAKEN_BACK.with_untracked(|all| all.iter().find(is).copied());
    taken_back.map_or(Some(stamp.millis), |one| one.since)
}

#[cfg(test)]
mod tests {
    use opstap_core::{Cell, DeviceId, Kind, Value};

    use super::*;

    fn decided_at(millis: u64) -> Record {
        let mut record = Record::new(RecordId([7; 16]), Kind::Step, None);
        let stamp = Stamp { millis: Millis(millis), counter: 0, device: DeviceId([1; 16]) };
        record.cells.insert("prompt".into(), Cell { value: Value::from("full"), stamp, number: 0 });
        record
    }

    #[test]
    fn an_answer_that_was_taken_back_leaves_the_runs_counted_from_before_it() {
        assert_eq!(decided(&decided_at(50), "prompt"), Some(Millis(50)));
        note(&decided_at(50), "prompt", Some(Millis(10)));
        assert_eq!(decided(&decided_at(50), "prompt"), Some(Millis(10)));
        assert_eq!(decided(&decided_at(60), "prompt"), Some(Millis(60)), "somebody decided after that");
    }
}
