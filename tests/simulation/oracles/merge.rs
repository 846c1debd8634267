//! What the records must say, worked out from the edits that count: who saw what stands above, and both values of a conflict can be had.

use std::collections::BTreeMap;

use opstap_core::{Record, RecordId, Value};

use super::accepted::Counted;

/// The cells that hold words.
const CELLS: [&str; 3] = ["text", "hint", "title"];

/// One setting of one cell.
struct Set<'a> {
    by: &'a Counted,
    value: &'a Value,
}

impl Set<'_> {
    /// Whether whoever set this had seen the other.
    fn saw(&self, other: &Set<'_>) -> bool {
        let (one, two) = (self.by, other.by);
        let own = one.edit.name.device == two.edit.name.device && one.number > two.number;
        one.number > two.number && (own || one.edit.seen.number >= two.number)
    }
}

fn sets<'a>(counted: &[&'a Counted], cell: &str) -> BTreeMap<RecordId, Vec<Set<'a>>> {
    let mut sets: BTreeMap<RecordId, Vec<Set<'a>>> = BTreeMap::new();
    for by in counted {
        for change in &by.edit.changes {
            for (_, value) in change.cells().iter().filter(|(name, _)| name == cell) {
                sets.entry(change.record()).or_default().push(Set { by, value });
            }
        }
    }
    sets
}

/// Checks the records of a circle against the edits that count in it.
pub fn check(records: &[Record], counted: &[&Counted]) -> Result<(), String> {
    for cell in CELLS {
        for (id, sets) in sets(counted, cell) {
            let record = records.iter().find(|record| record.id == id).ok_or(format!("{id:?} is not there"))?;
            // Of what was erased no word is to be had.
            if !record.is_purged() {
                check_cell(record, cell, &sets)?;
            }
        }
    }
    counted.iter().flat_map(|by| by.edit.changes.iter()).try_for_each(|change| {
        let there = records.iter().any(|record| record.id == change.record());
        if there { Ok(()) } else { Err(format!("what counts is not there: {change:?}")) }
    })?;
    records.iter().filter(|record| !record.is_deleted()).try_for_each(|record| stays_deleted(records, record, counted))
}

fn check_cell(record: &Record, cell: &str, sets: &[Set<'_>]) -> Result<(), String> {
    let now = record.value(cell);
    for set in sets {
        let overtaken = sets.iter().any(|later| later.saw(set));
        let others = || record.others(cell).any(|kept| kept.value == *set.value);
        let stands = now == Some(set.value);
        let told_apart = sets.iter().filter(|other| other.value == set.value).count() == 1;
        if overtaken && stands && told_apart {
            return Err(format!(
                "{:?} stands in {cell} although somebody who saw it wrote over it: {record:?}",
                set.value
            ));
        }
        if !overtaken && !stands && !others() {
            return Err(format!("{:?} lost in {cell} and cannot be had: {record:?}", set.value));
        }
    }
    Ok(())
}

/// A record that somebody deleted is only back when somebody brought it back, or somebody who had not seen one another worked on it.
fn stays_deleted(records: &[Record], record: &Record, counted: &[&Counted]) -> Result<(), String> {
    let sets_deleted = |by: &Counted, to: bool| {
        let mut changes = by.edit.changes.iter().filter(|change| change.record() == record.id);
        changes.any(|change| change.cells().iter().any(|(name, value)| name == "deleted" && *value == Value::Bool(to)))
    };
    let below = |id: RecordId| {
        let parent = |id| records.iter().find(|record: &&Record| record.id == id).and_then(|record| record.parent);
        std::iter::successors(Some(id), |id| parent(*id)).take(8).any(|id| id == record.id)
    };
    let Some(deletion) = counted.iter().rev().find(|by| sets_deleted(by, true)) else { return Ok(()) };
    let explained = counted.iter().any(|by| {
        let touches = by.edit.changes.iter().any(|change| below(change.record()));
        let apart = by.edit.name.device != deletion.edit.name.device
            && (by.number > deletion.number && by.edit.seen.number < deletion.number
                || by.number < deletion.number && deletion.edit.seen.number < by.number);
        let put_back = by.number > deletion.number && sets_deleted(by, false);
        put_back || (touches && apart)
    });
    if explained { Ok(()) } else { Err(format!("a deleted record came back by itself: {record:?}")) }
}
