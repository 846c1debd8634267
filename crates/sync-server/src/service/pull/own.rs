//! What a device need not be brought: records that the edits of its request made and nothing has touched since. It makes them itself.

use std::collections::BTreeMap;

use opstap_core::merge::{is_of_earlier_life, made};
use opstap_core::protocol::{Request, Verdict};
use opstap_core::{CircleId, Epoch, Record, RecordId};

/// Those records, as the device makes them.
#[derive(Clone, Default)]
pub(crate) struct Own(BTreeMap<(CircleId, RecordId), Record>);

impl Own {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the device has a record exactly as it is here.
    pub(super) fn has(&self, circle: CircleId, record: &Record) -> bool {
        self.0.get(&(circle, record.id)) == Some(record)
    }
}

/// What the device makes of the verdicts on its edits. Devices that speak version 1 are brought everything.
pub(crate) fn made_by(request: &Request, verdicts: &[(u64, Verdict)], epoch: Epoch) -> Own {
    if request.wire < 2 {
        return Own::default();
    }
    let numbers: BTreeMap<u64, &Verdict> = verdicts.iter().map(|(n, verdict)| (*n, verdict)).collect();
    let mut own = BTreeMap::new();
    for edit in request.edits.iter().filter(|edit| !is_of_earlier_life(edit, epoch)) {
        if let Some(Verdict::Accepted { number, restamped }) = numbers.get(&edit.name.n) {
            let records = made(edit, restamped.unwrap_or(edit.stamp), *number).into_iter();
            own.extend(records.map(|record| ((edit.circle, record.id), record)));
        }
    }
    Own(own)
}
