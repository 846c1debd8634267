//! Records in columns: the points at which their cells were set (a stamp and the number it got), then the records as rows.

use super::column::{Columns, wide, write_count, write_numbers};
use super::ids::read_ids;
use super::reader::{Read, Reader, entry};
use super::rows::{Rows, RowsWriter, read_counts, spread};
use super::tables::{Places, Tables, TablesWriter};
use super::values::{read_values, write_values};
use crate::id::{DeviceId, RecordId};
use crate::record::{Cell, Kept, Record};
use crate::sorted::Sorted;
use crate::stamp::{Millis, Stamp};
use crate::value::Value;

/// When a cell was set: the stamp, and the number the edit got.
type Point = (Stamp, u64);

/// Each point once; most cells of a record have the same.
#[derive(Default)]
struct Points {
    places: Places,
    list: Vec<Point>,
}

impl Points {
    fn place(&mut self, stamp: Stamp, number: u64) -> u64 {
        // Most cells have the point of the cell before, which then is the newest.
        if self.list.last() == Some(&(stamp, number)) {
            return wide(self.list.len().saturating_sub(1));
        }
        let numbers = [stamp.millis.0, u64::from(stamp.counter), number].map(u64::to_be_bytes);
        let (place, new) = self.places.place(&[numbers.as_flattened(), &stamp.device.0].concat());
        if new {
            self.list.push((stamp, number));
        }
        place
    }

    fn write(&self, out: &mut Vec<u8>, tables: &mut TablesWriter) {
        let mut columns = Columns::new(4);
        for (stamp, number) in &self.list {
            columns.push(&[tables.id(stamp.device.0), stamp.millis.0, u64::from(stamp.counter), *number]);
        }
        write_count(out, self.list.len());
        columns.write(out);
    }
}

/// The moment a record counts from, and the number it probably has: its earliest stamp and highest number.
#[derive(Default)]
struct Bases {
    moments: Vec<u64>,
    numbers: Vec<u64>,
}

impl Bases {
    fn push(&mut self, points: &mut dyn Iterator<Item = Point>) {
        let mut bases = None;
        for (stamp, number) in points {
            let (moment, highest) = bases.unwrap_or((stamp.millis.0, number));
            bases = Some((moment.min(stamp.millis.0), highest.max(number)));
        }
        let (moment, number) = bases.unwrap_or_default();
        self.moments.push(moment);
        self.numbers.push(number);
    }
}

pub(super) fn write_records(out: &mut Vec<u8>, tables: &mut TablesWriter, records: &[&Record]) {
    let mut points = Points::default();
    let mut rows = RowsWriter::default();
    let mut bases = Bases::default();
    let mut of_cells = Vec::new();
    let mut numbers = Vec::new();
    let mut kept_counts = Vec::new();
    let mut kept_columns = Columns::new(2);
    let mut kept_values: Vec<&Value> = Vec::new();
    for record in records {
        for (name, cell) in record.cells.iter() {
            rows.cell(tables, name, &cell.value);
            of_cells.push(points.place(cell.stamp, cell.number));
        }
        rows.end(tables, record.id.0, Some(record.kind), record.parent.map(|parent| parent.0));
        bases.push(&mut record.cells.values().map(|cell| (cell.stamp, cell.number)));
        numbers.push(record.number);
        kept_counts.push(wide(record.kept.len()));
        for kept in &record.kept {
            kept_columns.push(&[tables.name(&kept.cell), points.place(kept.stamp, kept.number)]);
            kept_values.push(&kept.value);
        }
    }
    points.write(out, tables);
    rows.write_shapes(out);
    write_numbers(out, &of_cells, &[]);
    write_numbers(out, &numbers, &bases.numbers);
    rows.write_values(out, tables, &bases.moments);
    write_numbers(out, &kept_counts, &[]);
    kept_columns.write(out);
    write_values(out, tables, &kept_values, &spread(&bases.moments, &kept_counts));
    rows.write_ids(out, tables, &bases.moments);
}

fn read_points(reader: &mut Reader<'_>, tables: &Tables) -> Read<Vec<Point>> {
    let count = reader.count("the number of points")?;
    let columns = Columns::read(reader, 4, count)?;
    let mut points = Vec::with_capacity(count);
    for row in 0..count {
        let [device, millis, counter, number] = columns.row(row);
        let stamp = Stamp {
            millis: Millis(millis),
            counter: reader.narrow(counter, "the counter of a stamp")?,
            device: DeviceId(tables.id(reader, device)?),
        };
        points.push((stamp, number));
    }
    Ok(points)
}

/// Points by their places in the list.
fn picked(reader: &mut Reader<'_>, points: &[Point], places: &[u64]) -> Read<Vec<Point>> {
    let mut picked = Vec::with_capacity(places.len());
    for place in places {
        picked.push(*entry(reader, points, *place)?);
    }
    Ok(picked)
}

pub(super) fn read_records(reader: &mut Reader<'_>, tables: &Tables, count: usize) -> Read<Vec<Record>> {
    let points = read_points(reader, tables)?;
    let mut rows = Rows::read(reader, tables, count)?;
    let mut cells = 0;
    for row in 0..count {
        cells += rows.length(row);
    }
    let of_cells = reader.numbers(cells, &[])?;
    let of_cells = picked(reader, &points, &of_cells)?;
    let mut bases = Bases::default();
    let mut unread = of_cells.iter().copied();
    for row in 0..count {
        bases.push(&mut unread.by_ref().take(rows.length(row)));
    }
    let numbers = reader.numbers(count, &bases.numbers)?;
    rows.read_values(reader, &bases.moments)?;
    let (kept_counts, kept) = read_kept(reader, tables, &points, &bases.moments)?;
    let ids = read_ids(reader, count, &bases.moments, &tables.ids)?;

    let mut records = Vec::with_capacity(count);
    let mut kept = kept.into_iter();
    let mut of_cells = of_cells.into_iter();
    for (at, id) in ids.into_iter().enumerate() {
        let row = rows.row(reader, at)?;
        let Some(kind) = row.kind else {
            return Err(reader.damaged("a shape of a record"));
        };
        let number = numbers.get(at).copied().unwrap_or_default();
        let kept_count = kept_counts.get(at).and_then(|count| usize::try_from(*count).ok()).unwrap_or_default();
        let named = row.cells.into_iter().zip(of_cells.by_ref());
        let named: Vec<_> =
            named.map(|((name, value), (stamp, number))| (name, Cell { value, stamp, number })).collect();
        let count = named.len();
        let cells: Sorted<_, _> = named.into_iter().collect();
        if cells.len() != count {
            return Err(reader.damaged("each cell of a record once"));
        }
        let parent = row.parent.map(RecordId);
        let kept = kept.by_ref().take(kept_count).collect();
        records.push(Record { id: RecordId(id), kind, parent, number, cells, kept });
    }
    Ok(records)
}

fn read_kept(
    reader: &mut Reader<'_>,
    tables: &Tables,
    points: &[Point],
    moments: &[u64],
) -> Read<(Vec<u64>, Vec<Kept>)> {
    let (counts, all) = read_counts(reader, moments.len())?;
    let columns = Columns::read(reader, 2, all)?;
    let values = read_values(reader, tables, all, &spread(moments, &counts))?;
    let mut kept = Vec::with_capacity(all);
    for (row, value) in values.into_iter().enumerate() {
        let [name, point] = columns.row(row);
        let (stamp, number) = *entry(reader, points, point)?;
        kept.push(Kept { cell: tables.name(reader, name)?, value, stamp, number });
    }
    Ok((counts, kept))
}
