//! Rows of cells, written by column: the changes of edits and the records of an answer are both such rows.

use super::WireError;
use super::column::{wide, write_numbers};
use super::ids::{Id, read_ids, write_ids};
use super::reader::Reader;
use super::tables::{Form, Tables, TablesWriter};
use super::values::{read_values, write_values};
use crate::record::Kind;
use crate::value::{CellName, Value};

/// The most cells in one body.
pub(super) const MOST_CELLS: usize = 1 << 20;

/// Collects rows, to be written by column.
#[derive(Default)]
pub(super) struct RowsWriter<'a> {
    shapes: Vec<u64>,
    parents: Vec<u64>,
    ids: Vec<Id>,
    values: Vec<Vec<&'a Value>>,
}

impl<'a> RowsWriter<'a> {
    /// Adds a row. A row without a kind sets cells and has no parent.
    pub(super) fn push(
        &mut self,
        tables: &mut TablesWriter,
        id: Id,
        kind: Option<Kind>,
        parent: Option<Id>,
        cells: impl Iterator<Item = (&'a CellName, &'a Value)>,
    ) {
        let form = match (kind, parent) {
            (None, _) => Form::Set,
            (Some(kind), None) => Form::Top(kind),
            (Some(kind), Some(parent)) => {
                self.parents.push(tables.id(parent));
                Form::Below(kind)
            }
        };
        let (names, values): (Vec<_>, Vec<_>) = cells.unzip();
        self.shapes.push(tables.shape(form, names.into_iter()));
        self.ids.push(id);
        self.values.push(values);
    }

    pub(super) fn write_shapes(&self, out: &mut Vec<u8>) {
        write_numbers(out, &self.shapes, &[]);
        write_numbers(out, &self.parents, &[]);
    }

    /// The cells: for each shape in order, for each of its cells, the values of all its rows.
    pub(super) fn write_values(&self, out: &mut Vec<u8>, tables: &mut TablesWriter, bases: &[u64]) {
        let mut of_shape: Vec<Vec<usize>> = vec![Vec::new(); tables.shapes().len()];
        for (row, shape) in self.shapes.iter().enumerate() {
            let shape = usize::try_from(*shape).ok();
            if let Some(rows) = shape.and_then(|shape| of_shape.get_mut(shape)) {
                rows.push(row);
            }
        }
        for rows in of_shape {
            let base_of = |row: &usize| bases.get(*row).copied().unwrap_or(0);
            let bases: Vec<u64> = rows.iter().map(base_of).collect();
            let rows: Vec<_> = rows.iter().filter_map(|row| self.values.get(*row)).collect();
            let cells = rows.first().map_or(0, |cells| cells.len());
            for cell in 0..cells {
                let column: Vec<&Value> = rows.iter().filter_map(|cells| cells.get(cell).copied()).collect();
                write_values(out, tables, &column, &bases);
            }
        }
    }

    /// The rows' own ids. They come last, when the table has every id that something refers to.
    pub(super) fn write_ids(&self, out: &mut Vec<u8>, tables: &TablesWriter, bases: &[u64]) {
        write_ids(out, &self.ids, bases, &|id| tables.place(id));
    }
}

/// One row as it is read, before its id.
pub(super) struct Row {
    shape: usize,
    pub(super) kind: Option<Kind>,
    pub(super) parent: Option<Id>,
    pub(super) values: Vec<Value>,
}

/// Reads what so many rows are, without their values.
pub(super) fn read_rows(reader: &mut Reader<'_>, tables: &Tables, count: usize) -> Result<Vec<Row>, WireError> {
    let error = reader.damaged("a place in the table of shapes");
    let mut rows = Vec::with_capacity(count.min(reader.left()));
    let mut below = 0_usize;
    let mut cells = 0_usize;
    for shape in reader.numbers(count, &[])? {
        let place = usize::try_from(shape).map_err(|_| error)?;
        let shape = tables.shape(reader, place)?;
        let kind = match shape.form {
            Form::Set => None,
            Form::Top(kind) => Some(kind),
            Form::Below(kind) => {
                below = below.saturating_add(1);
                Some(kind)
            }
        };
        cells = cells.saturating_add(shape.names.len());
        rows.push(Row { shape: place, kind, parent: None, values: Vec::new() });
    }
    if cells > MOST_CELLS {
        return Err(WireError::TooLarge { what: "cells", most: MOST_CELLS });
    }
    if cells > reader.left() {
        return Err(reader.damaged("the cells of all rows"));
    }
    let mut parents = reader.numbers(below, &[])?.into_iter();
    for row in &mut rows {
        if let Form::Below(_) = tables.shape(reader, row.shape)?.form {
            let parent = parents.next().unwrap_or(u64::MAX);
            row.parent = Some(tables.id(reader, parent)?);
        }
    }
    Ok(rows)
}

/// How many cells each row has.
pub(super) fn lengths(reader: &Reader<'_>, tables: &Tables, rows: &[Row]) -> Result<Vec<usize>, WireError> {
    rows.iter().map(|row| Ok(tables.shape(reader, row.shape)?.names.len())).collect()
}

/// Reads the values of the rows.
pub(super) fn read_row_values(
    reader: &mut Reader<'_>,
    tables: &Tables,
    rows: &mut [Row],
    bases: &[u64],
) -> Result<(), WireError> {
    let mut of_shape: Vec<Vec<usize>> = vec![Vec::new(); tables.shapes()];
    for (at, row) in rows.iter().enumerate() {
        if let Some(rows) = of_shape.get_mut(row.shape) {
            rows.push(at);
        }
    }
    for (place, of_shape) in of_shape.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
        let base_of = |row: &usize| bases.get(*row).copied().unwrap_or(0);
        let bases: Vec<u64> = of_shape.iter().map(base_of).collect();
        for _ in &tables.shape(reader, place)?.names {
            let column = read_values(reader, tables, of_shape.len(), &bases)?;
            for (row, value) in of_shape.iter().zip(column) {
                if let Some(row) = rows.get_mut(*row) {
                    row.values.push(value);
                }
            }
        }
    }
    Ok(())
}

/// Reads the rows' own ids.
pub(super) fn read_row_ids(
    reader: &mut Reader<'_>,
    tables: &Tables,
    count: usize,
    bases: &[u64],
) -> Result<Vec<Id>, WireError> {
    read_ids(reader, count, bases, &tables.ids)
}

/// The cells of a row under their names.
pub(super) fn named(
    reader: &mut Reader<'_>,
    tables: &Tables,
    row: &mut Row,
) -> Result<Vec<(CellName, Value)>, WireError> {
    let values = std::mem::take(&mut row.values);
    let names = &tables.shape(reader, row.shape)?.names;
    names.iter().zip(values).map(|(name, value)| Ok((tables.name(reader, *name)?, value))).collect()
}

/// A list as long as `counts` says, each number repeated that often: the base of an edit for each of its changes.
pub(super) fn spread(bases: &[u64], counts: &[usize]) -> Vec<u64> {
    bases.iter().zip(counts).flat_map(|(base, count)| std::iter::repeat_n(*base, *count)).collect()
}

/// Counts that were written as a column; together they cannot be more than the bytes left.
pub(super) fn read_counts(reader: &mut Reader<'_>, count: usize) -> Result<(Vec<usize>, usize), WireError> {
    let error = reader.damaged("counts of what follows");
    let counts = reader
        .numbers(count, &[])?
        .into_iter()
        .map(|count| usize::try_from(count).map_err(|_| error))
        .collect::<Result<Vec<_>, _>>()?;
    let all = counts.iter().try_fold(0_usize, |sum, count| sum.checked_add(*count));
    match all {
        Some(all) if all <= reader.left() => Ok((counts, all)),
        _ => Err(error),
    }
}

/// Lengths as numbers of the wire.
pub(super) fn widen(counts: impl Iterator<Item = usize>) -> Vec<u64> {
    counts.map(wide).collect()
}
