//! A page of a load: the whole circle as the person may see it, most needed first, resumable at (need, id).

use opstap_core::age::Day;
use opstap_core::protocol::{Delivery, LoadDigest, LoadPosition};
use opstap_core::{Record, RecordId};

use super::super::reader::{Reader, Sight};
use super::{Budget, CHUNK};
use crate::storage::{CircleRow, Snapshot, StorageError};

/// What a load brings, and of the old logs that stay behind what they are counted from.
pub(super) struct Page {
    pub(super) delivery: Delivery,
    /// With the last page: the day from which on logs are in the load, and the readable logs from before it.
    pub(super) behind: Option<(Day, Vec<Record>)>,
}

impl Page {
    fn more(records: Vec<Record>, next: LoadPosition, restored: u64) -> Self {
        let (next, number) = (Some(next), next.number);
        let digest = LoadDigest::default();
        Self { delivery: Delivery::Load { records, next, number, count: 0, digest, restored }, behind: None }
    }
}

/// All of a load: how many records, which, and what stays behind.
#[derive(Default)]
struct Whole {
    count: u64,
    digest: LoadDigest,
    behind: Vec<Record>,
}

/// Whether a record comes along.
enum Part {
    In,
    /// A log too old for a device.
    Behind,
    Out,
}

impl Whole {
    fn note(&mut self, record: &Record, part: &Part) {
        match part {
            Part::In => {
                self.count += 1;
                self.digest = self.digest.with(record.id);
            }
            Part::Behind => self.behind.push(record.clone()),
            Part::Out => {}
        }
    }
}

/// Which records of a circle are in a load that leaves out logs from before a day; before the first day there are none.
fn part_of(reader: &mut Reader<'_>, record: &Record, since: Day) -> Result<Part, StorageError> {
    if reader.sight(record)? != Sight::Readable {
        return Ok(Part::Out);
    }
    if since == Day(0) {
        return Ok(Part::In);
    }
    if reader.is_log_from_before(record, since.begins())? {
        return Ok(Part::Behind);
    }
    // Also this day was fixed when the load began.
    let deleted = Day(since.0.saturating_add(Day::LOGS_STAY)).back(Day::DELETED_STAYS);
    Ok(if reader.is_deleted_before(record, deleted.begins())? { Part::Out } else { Part::In })
}

/// A page from a position, or the first page of a load of logs from a day on.
pub(super) fn page(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    from: Result<LoadPosition, Day>,
    restored: u64,
    budget: &mut Budget,
) -> Result<Page, StorageError> {
    let begin = |since| LoadPosition { number: row.counter, need: 0, id: RecordId([0; 16]), since };
    let mut next = from.unwrap_or_else(begin);
    let LoadPosition { number, since, .. } = next;
    let mut records = Vec::new();
    let mut whole = Whole::default();
    let mut place = from.ok().map(|position| (position.need, position.id));
    if budget.is_spent() {
        return Ok(Page::more(records, next, restored));
    }
    loop {
        let chunk = snapshot.load_page(row.id, number, place, CHUNK)?;
        let is_last = chunk.len() < CHUNK;
        for record in chunk {
            place = Some((record.kind.need(), record.id));
            let part = part_of(reader, &record, since)?;
            if matches!(part, Part::In) {
                if budget.is_spent() {
                    // The place is that of the last record delivered: the id of one that may not be read is not told.
                    return Ok(Page::more(records, next, restored));
                }
                budget.take(&record);
                next = LoadPosition { need: record.kind.need(), id: record.id, ..next };
            }
            whole.note(&record, &part);
            if matches!(part, Part::In) {
                records.push(record);
            }
        }
        if is_last {
            break;
        }
    }
    if from.is_ok() {
        whole = look_through(snapshot, row, reader, number, since)?;
    }
    let Whole { count, digest, behind } = whole;
    let delivery = Delivery::Load { records, next: None, number, count, digest, restored };
    Ok(Page { delivery, behind: Some((since, behind)) })
}

/// The whole load, of which the last page is one of several.
fn look_through(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    number: u64,
    since: Day,
) -> Result<Whole, StorageError> {
    let mut whole = Whole::default();
    let mut place = None;
    loop {
        let chunk = snapshot.load_page(row.id, number, place, CHUNK)?;
        for record in &chunk {
            place = Some((record.kind.need(), record.id));
            let part = part_of(reader, record, since)?;
            whole.note(record, &part);
        }
        if chunk.len() < CHUNK {
            return Ok(whole);
        }
    }
}

/// The readable logs of a circle from before a day.
pub(super) fn logs_before(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    reader: &mut Reader<'_>,
    since: Day,
) -> Result<Vec<Record>, StorageError> {
    Ok(look_through(snapshot, row, reader, row.counter, since)?.behind)
}
