//! Acts: the changes that belong to one row. How they go into edits, what they come to, and what became of them.

use std::collections::BTreeMap;

use opstap_core::judge::MOST_CHANGES;
use opstap_core::merge::overlay;
use opstap_core::protocol::digest_bytes;
use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Millis, Record, RecordId, Seen, Stamp, Value};

use super::plan::IMPORT;

/// An edit of more bytes than this is not begun: the service takes one of 256 KiB.
const MOST_BYTES: usize = 250_000;

/// The changes of whole acts put together in as few edits as may be. What belongs to one row stays together.
#[must_use]
pub fn packed(acts: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    let mut packed: Vec<Vec<Change>> = Vec::new();
    let mut bytes = 0;
    for act in acts {
        let more = content(&act).len();
        match packed.last_mut() {
            Some(last) if last.len() + act.len() <= MOST_CHANGES && bytes + more <= MOST_BYTES => {
                last.extend(act);
                bytes += more;
            }
            _ => {
                packed.push(act);
                bytes = more;
            }
        }
    }
    packed
}

/// What an act writes, as bytes, but for the name of the import.
#[must_use]
pub fn without_name(act: &[Change]) -> Vec<u8> {
    let mut act = act.to_vec();
    for change in &mut act {
        let (Change::Make { cells, .. } | Change::Set { cells, .. }) = change;
        cells.retain(|(name, _)| name != IMPORT);
    }
    content(&act)
}

fn content(act: &[Change]) -> Vec<u8> {
    digest_bytes(&edit(act.to_vec(), Stamp::next(Millis(0), None, NOBODY)))
}

/// The records as they would be after an act.
#[must_use]
pub fn after(records: &[&Record], act: &[Change]) -> Vec<Record> {
    let latest = records.iter().filter_map(|record| record.latest()).max();
    let edit = edit(act.to_vec(), Stamp::next(Millis(0), latest, NOBODY));
    let there: BTreeMap<RecordId, &Record> = records.iter().map(|record| (record.id, *record)).collect();
    let made = act.iter().map(Change::record).filter(|id| !there.contains_key(id));
    let ids: Vec<RecordId> = there.keys().copied().chain(made).collect();
    ids.into_iter().filter_map(|id| overlay(there.get(&id).copied().cloned(), id, [&edit])).collect()
}

const NOBODY: DeviceId = DeviceId([0; 16]);

/// An edit that nobody hands in.
fn edit(changes: Vec<Change>, stamp: Stamp) -> Edit {
    let (name, circle) = (EditName { device: NOBODY, n: 0 }, CircleId([0; 16]));
    Edit { name, stamp, circle, seen: Seen::default(), beside: None, changes }
}

/// What became of an act that was handed in with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is written.
    Written,
    /// It is not, and all is as it was when it was planned.
    Waits,
    /// It is not, and somebody else wrote in the same records.
    Overtaken,
}

/// What became of an act, given the records as it was planned and as they are now.
#[must_use]
pub fn fate(act: &[Change], planned: &BTreeMap<RecordId, &Record>, now: &BTreeMap<RecordId, &Record>) -> Fate {
    let holds = |change: &Change| {
        let record = now.get(&change.record());
        let held =
            |name: &str| record.and_then(|record| record.cells.get(name)).map_or(&Value::Nothing, |cell| &cell.value);
        record.is_some() && change.cells().iter().all(|(name, value)| held(name) == value)
    };
    if act.iter().all(holds) {
        return Fate::Written;
    }
    let same = |change: &Change| planned.get(&change.record()) == now.get(&change.record());
    if act.iter().all(same) { Fate::Waits } else { Fate::Overtaken }
}
