//! Rows of cells, written by column: the changes of edits and the records of an answer are both such rows.

use super::WireError;
use super::column::{wide, write_numbers};
use super::ids::{Id, write_ids};
use super::reader::{Read, Reader, entry};
use super::tables::{Form, Shape, Tables, TablesWriter};
use super::values::{read_values, write_values};
use crate::record::Kind;
use crate::value::{CellName, Value};

/// The most cells in one body.
const MOST_CELLS: usize = 1 << 20;

/// Collects rows, to be written by column.
#[derive(Default)]
pub(super) struct RowsWriter<'a> {
    shapes: Vec<u64>,
    parents: Vec<u64>,
    ids: Vec<Id>,
    /// The values of all rows, one after another.
    values: Vec<&'a Value>,
    /// Where the values of each row begin.
    begins: Vec<usize>,
    /// The names of the cells of the row that is being added.
    names: Vec<u64>,
}

impl<'a> RowsWriter<'a> {
    /// Adds a cell to the row that [`Self::end`] will add.
    pub(super) fn cell(&mut self, tables: &mut TablesWriter, name: &str, value: &'a Value) {
        self.names.push(tables.name(name));
        self.values.push(value);
    }

    /// Adds a row of the cells since the last. A row without a kind sets cells and has no parent.
    pub(super) fn end(&mut self, tables: &mut TablesWriter, id: Id, kind: Option<Kind>, parent: Option<Id>) {
        let form = match (kind, parent) {
            (None, _) => Form::Set,
            (Some(kind), None) => Form::Top(kind),
            (Some(kind), Some(parent)) => {
                self.parents.push(tables.id(parent));
                Form::Below(kind)
            }
        };
        self.shapes.push(tables.shape(form, &self.names));
        self.begins.push(self.values.len().saturating_sub(self.names.len()));
        self.names.clear();
        self.ids.push(id);
    }

    pub(super) fn write_shapes(&self, out: &mut Vec<u8>) {
        write_numbers(out, &self.shapes, &[]);
        write_numbers(out, &self.parents, &[]);
    }

    /// The cells: for each shape in order, for each of its cells, the values of all its rows.
    pub(super) fn write_values(&self, out: &mut Vec<u8>, tables: &mut TablesWriter, bases: &[u64]) {
        for rows in by_shape(&self.shapes, tables.shapes()) {
            let row_bases = picked(bases, &rows);
            let cells = rows.first().map_or(0, |row| self.length(*row));
            for cell in 0..cells {
                let mut column = Vec::with_capacity(rows.len());
                for row in &rows {
                    let begin = self.begins.get(*row).copied().unwrap_or(0);
                    column.extend(self.values.get(begin.saturating_add(cell)).copied());
                }
                write_values(out, tables, &column, &row_bases);
            }
        }
    }

    fn length(&self, row: usize) -> usize {
        let begin = |row| self.begins.get(row).copied().unwrap_or(self.values.len());
        begin(row.saturating_add(1)).saturating_sub(begin(row))
    }

    /// The rows' own ids. They come last, when the table has every id that something refers to.
    pub(super) fn write_ids(&self, out: &mut Vec<u8>, tables: &TablesWriter, bases: &[u64]) {
        write_ids(out, &self.ids, bases, &|id| tables.place(id));
    }
}

/// The rows of each shape.
fn by_shape(of_rows: &[u64], shapes: usize) -> Vec<Vec<usize>> {
    let mut by_shape = vec![Vec::new(); shapes];
    for (row, shape) in of_rows.iter().enumerate() {
        if let Some(rows) = usize::try_from(*shape).ok().and_then(|shape| by_shape.get_mut(shape)) {
            rows.push(row);
        }
    }
    by_shape
}

fn picked(bases: &[u64], rows: &[usize]) -> Vec<u64> {
    rows.iter().map(|row| bases.get(*row).copied().unwrap_or(0)).collect()
}

/// Rows as they are read.
pub(super) struct Rows<'t> {
    tables: &'t Tables,
    shapes: Vec<u64>,
    parents: std::vec::IntoIter<u64>,
    values: Vec<std::vec::IntoIter<Value>>,
}

/// One row without its id.
pub(super) struct Row {
    pub(super) kind: Option<Kind>,
    pub(super) parent: Option<Id>,
    pub(super) cells: Vec<(CellName, Value)>,
}

impl<'t> Rows<'t> {
    /// Reads what so many rows are, without their values.
    pub(super) fn read(reader: &mut Reader<'_>, tables: &'t Tables, count: usize) -> Read<Self> {
        let shapes = reader.numbers(count, &[])?;
        let mut below = 0;
        let mut cells = 0_usize;
        for shape in &shapes {
            let shape = entry(reader, &tables.shapes, *shape)?;
            below += usize::from(matches!(shape.form, Form::Below(_)));
            cells = cells.saturating_add(shape.names.len());
        }
        if cells > MOST_CELLS {
            return Err(reader.stop(WireError::TooLarge { what: "cells", most: MOST_CELLS }));
        }
        // Each cell has at least the byte of its type further on.
        reader.counted(wide(cells), "the cells of all rows")?;
        let parents = reader.numbers(below, &[])?.into_iter();
        Ok(Self { tables, shapes, parents, values: Vec::new() })
    }

    fn shape(&self, row: usize) -> Option<&'t Shape> {
        let place = usize::try_from(*self.shapes.get(row)?).ok()?;
        self.tables.shapes.get(place)
    }

    /// How many cells a row has.
    pub(super) fn length(&self, row: usize) -> usize {
        self.shape(row).map_or(0, |shape| shape.names.len())
    }

    /// Reads the values of all rows.
    pub(super) fn read_values(&mut self, reader: &mut Reader<'_>, bases: &[u64]) -> Read<()> {
        let mut values: Vec<Vec<Value>> = Vec::with_capacity(self.shapes.len());
        values.resize_with(self.shapes.len(), Vec::new);
        for rows in by_shape(&self.shapes, self.tables.shapes.len()) {
            let cells = rows.first().map_or(0, |row| self.length(*row));
            let row_bases = picked(bases, &rows);
            for _ in 0..cells {
                let column = read_values(reader, self.tables, rows.len(), &row_bases)?;
                for (row, value) in rows.iter().zip(column) {
                    if let Some(values) = values.get_mut(*row) {
                        values.push(value);
                    }
                }
            }
        }
        self.values = values.into_iter().map(Vec::into_iter).collect();
        Ok(())
    }

    /// A row with its values; rows are asked for in order, each once.
    pub(super) fn row(&mut self, reader: &mut Reader<'_>, row: usize) -> Read<Row> {
        let Some(shape) = self.shape(row) else {
            return Err(reader.damaged("a row"));
        };
        let (kind, parent) = match shape.form {
            Form::Set => (None, None),
            Form::Top(kind) => (Some(kind), None),
            Form::Below(kind) => {
                let parent = self.parents.next().unwrap_or(u64::MAX);
                (Some(kind), Some(self.tables.id(reader, parent)?))
            }
        };
        let mut cells = Vec::with_capacity(shape.names.len());
        if let Some(values) = self.values.get_mut(row) {
            for (name, value) in shape.names.iter().zip(values) {
                cells.push((self.tables.name(reader, *name)?, value));
            }
        }
        Ok(Row { kind, parent, cells })
    }
}

/// Each base as often as `counts` says: that of an edit for each of its changes.
pub(super) fn spread(bases: &[u64], counts: &[u64]) -> Vec<u64> {
    let mut spread = Vec::new();
    for (base, count) in bases.iter().zip(counts) {
        for _ in 0..*count {
            spread.push(*base);
        }
    }
    spread
}

/// Reads a column of counts. Together they cannot be more than the bytes left.
pub(super) fn read_counts(reader: &mut Reader<'_>, count: usize) -> Read<(Vec<u64>, usize)> {
    let counts = reader.numbers(count, &[])?;
    let mut all = 0_u64;
    for count in &counts {
        all = all.saturating_add(*count);
    }
    let all = reader.counted(all, "counts of what follows")?;
    Ok((counts, all))
}
