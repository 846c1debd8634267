//! Edits in columns: their names, stamps and what their device had seen, then all their changes as rows.

use super::column::{Columns, wide, write_count};
use super::ids::read_ids;
use super::reader::{Read, Reader};
use super::rows::{Rows, RowsWriter, read_counts, spread};
use super::tables::{Tables, TablesWriter};
use crate::edit::{Change, Edit, EditName, Epoch, Seen};
use crate::id::{CircleId, DeviceId, PersonId, RecordId};
use crate::protocol::Request;
use crate::stamp::{Millis, Stamp};

/// How many numbers an edit has besides its changes.
const WIDTH: usize = 9;
/// Which of them is the moment of the stamp.
const MOMENT: usize = 3;

pub(super) fn write_edits(out: &mut Vec<u8>, tables: &mut TablesWriter, edits: &[Edit]) {
    write_count(out, edits.len());
    let mut columns = Columns::new(WIDTH + 1);
    let mut rows = RowsWriter::default();
    for edit in edits {
        columns.push(&[
            tables.id(edit.name.device.0),
            edit.name.n,
            tables.id(edit.stamp.device.0),
            edit.stamp.millis.0,
            u64::from(edit.stamp.counter),
            tables.id(edit.circle.0),
            edit.seen.epoch.0,
            edit.seen.number,
            edit.beside.map_or(0, |person| tables.id(person.0).saturating_add(1)),
            wide(edit.changes.len()),
        ]);
        for change in &edit.changes {
            for (name, value) in change.cells() {
                rows.cell(tables, name, value);
            }
            match change {
                Change::Make { id, kind, parent, .. } => {
                    rows.end(tables, id.0, Some(*kind), parent.map(|parent| parent.0));
                }
                Change::Set { id, .. } => rows.end(tables, id.0, None, None),
            }
        }
    }
    columns.write(out);
    let bases = spread(columns.column(MOMENT), columns.column(WIDTH));
    rows.write_shapes(out);
    rows.write_values(out, tables, &bases);
    rows.write_ids(out, tables, &bases);
}

pub(super) fn read_edits(reader: &mut Reader<'_>, tables: &Tables) -> Read<Vec<Edit>> {
    let count = reader.count_up_to(Request::MOST_EDITS, "edits", "the number of edits")?;
    let columns = Columns::read(reader, WIDTH, count)?;
    let (counts, changes) = read_counts(reader, count)?;
    let bases = spread(columns.column(MOMENT), &counts);
    let mut changes = read_changes(reader, tables, changes, &bases)?.into_iter();

    let mut edits = Vec::with_capacity(count);
    for (row, count) in counts.into_iter().enumerate() {
        let [device, n, maker, millis, counter, circle, epoch, number, beside] = columns.row(row);
        let count = usize::try_from(count).unwrap_or(0);
        edits.push(Edit {
            name: EditName { device: DeviceId(tables.id(reader, device)?), n },
            stamp: Stamp {
                millis: Millis(millis),
                counter: reader.narrow(counter, "the counter of a stamp")?,
                device: DeviceId(tables.id(reader, maker)?),
            },
            circle: CircleId(tables.id(reader, circle)?),
            seen: Seen { epoch: Epoch(epoch), number },
            beside: match beside.checked_sub(1) {
                Some(place) => Some(PersonId(tables.id(reader, place)?)),
                None => None,
            },
            changes: changes.by_ref().take(count).collect(),
        });
    }
    Ok(edits)
}

fn read_changes(reader: &mut Reader<'_>, tables: &Tables, count: usize, bases: &[u64]) -> Read<Vec<Change>> {
    let mut rows = Rows::read(reader, tables, count)?;
    rows.read_values(reader, bases)?;
    let ids = read_ids(reader, count, bases, &tables.ids)?;
    let mut changes = Vec::with_capacity(count);
    for (at, id) in ids.into_iter().enumerate() {
        let row = rows.row(reader, at)?;
        let id = RecordId(id);
        changes.push(match row.kind {
            Some(kind) => Change::Make { id, kind, parent: row.parent.map(RecordId), cells: row.cells },
            None => Change::Set { id, cells: row.cells },
        });
    }
    Ok(changes)
}
