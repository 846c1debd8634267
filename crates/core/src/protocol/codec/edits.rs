//! Edits in columns: their names, stamps and what their device had seen, then all their changes as rows.

use super::WireError;
use super::column::{write_count, write_numbers};
use super::reader::Reader;
use super::rows::{RowsWriter, named, read_counts, read_row_ids, read_row_values, read_rows, spread, widen};
use super::tables::{Tables, TablesWriter};
use crate::edit::{Change, Edit, EditName, Epoch, Seen};
use crate::id::{CircleId, DeviceId, PersonId, RecordId};
use crate::protocol::Request;
use crate::stamp::{Millis, Stamp};

pub(super) fn write_edits(out: &mut Vec<u8>, tables: &mut TablesWriter, edits: &[Edit]) {
    write_count(out, edits.len());
    let mut column = |number: &mut dyn FnMut(&mut TablesWriter, &Edit) -> u64| {
        let numbers: Vec<u64> = edits.iter().map(|edit| number(tables, edit)).collect();
        write_numbers(out, &numbers, &[]);
        numbers
    };
    column(&mut |tables, edit| tables.id(edit.name.device.0));
    column(&mut |_, edit| edit.name.n);
    column(&mut |tables, edit| tables.id(edit.stamp.device.0));
    let moments = column(&mut |_, edit| edit.stamp.millis.0);
    column(&mut |_, edit| u64::from(edit.stamp.counter));
    column(&mut |tables, edit| tables.id(edit.circle.0));
    column(&mut |_, edit| edit.seen.epoch.0);
    column(&mut |_, edit| edit.seen.number);
    column(&mut |tables, edit| edit.beside.map_or(0, |person| tables.id(person.0) + 1));
    write_numbers(out, &widen(edits.iter().map(|edit| edit.changes.len())), &[]);

    let counts: Vec<usize> = edits.iter().map(|edit| edit.changes.len()).collect();
    let bases = spread(&moments, &counts);
    let mut rows = RowsWriter::default();
    for change in edits.iter().flat_map(|edit| &edit.changes) {
        let cells = change.cells().iter().map(|(name, value)| (name, value));
        match change {
            Change::Make { id, kind, parent, .. } => {
                rows.push(tables, id.0, Some(*kind), parent.map(|parent| parent.0), cells);
            }
            Change::Set { id, .. } => rows.push(tables, id.0, None, None, cells),
        }
    }
    rows.write_shapes(out);
    rows.write_values(out, tables, &bases);
    rows.write_ids(out, tables, &bases);
}

pub(super) fn read_edits(reader: &mut Reader<'_>, tables: &Tables) -> Result<Vec<Edit>, WireError> {
    let count = reader.count("the number of edits")?;
    if count > Request::MOST_EDITS {
        return Err(WireError::TooLarge { what: "edits", most: Request::MOST_EDITS });
    }
    let mut columns = [const { Vec::new() }; 9];
    for column in &mut columns {
        *column = reader.numbers(count, &[])?;
    }
    let (counts, changes) = read_counts(reader, count)?;
    let [devices, ns, makers, moments, counters, circles, epochs, seen, beside] = columns;
    let bases = spread(&moments, &counts);
    let mut changes = read_changes(reader, tables, changes, &bases)?.into_iter();

    let mut edits = Vec::with_capacity(count);
    let columns = devices.into_iter().zip(ns).zip(makers).zip(moments).zip(counters).zip(circles);
    let columns = columns.zip(epochs).zip(seen).zip(beside).zip(counts);
    for (((((((((device, n), maker), millis), counter), circle), epoch), number), beside), count) in columns {
        let error = reader.damaged("the counter of a stamp");
        edits.push(Edit {
            name: EditName { device: DeviceId(tables.id(reader, device)?), n },
            stamp: Stamp {
                millis: Millis(millis),
                counter: u32::try_from(counter).map_err(|_| error)?,
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

fn read_changes(
    reader: &mut Reader<'_>,
    tables: &Tables,
    count: usize,
    bases: &[u64],
) -> Result<Vec<Change>, WireError> {
    let mut rows = read_rows(reader, tables, count)?;
    read_row_values(reader, tables, &mut rows, bases)?;
    let ids = read_row_ids(reader, tables, count, bases)?;
    let mut changes = Vec::with_capacity(count);
    for (row, id) in rows.iter_mut().zip(ids) {
        let id = RecordId(id);
        let cells = named(reader, tables, row)?;
        changes.push(match row.kind {
            Some(kind) => Change::Make { id, kind, parent: row.parent.map(RecordId), cells },
            None => Change::Set { id, cells },
        });
    }
    Ok(changes)
}
