//! Records in columns: the points at which their cells were set (a stamp and the number it got), then the records as rows.

use std::collections::BTreeMap;

use super::WireError;
use super::column::{wide, write_count, write_numbers};
use super::reader::Reader;
use super::rows::{RowsWriter, lengths, named, read_counts, read_row_ids, read_row_values, read_rows, spread, widen};
use super::tables::{Tables, TablesWriter};
use super::values::{read_values, write_values};
use crate::id::{DeviceId, RecordId};
use crate::record::{Cell, Kept, Record};
use crate::stamp::{Millis, Stamp};
use crate::value::Value;

/// When a cell was set: the stamp, and the number the edit got.
type Point = (Stamp, u64);

#[derive(Default)]
struct Points {
    list: Vec<Point>,
    places: BTreeMap<Point, u64>,
}

impl Points {
    fn place(&mut self, stamp: Stamp, number: u64) -> u64 {
        let list = &mut self.list;
        *self.places.entry((stamp, number)).or_insert_with(|| {
            list.push((stamp, number));
            wide(list.len().saturating_sub(1))
        })
    }
}

/// The moment a record counts from, and the number it probably has: its earliest stamp and highest number.
fn bases(points: impl Iterator<Item = Point>) -> (u64, u64) {
    points
        .map(|(stamp, number)| (stamp.millis.0, number))
        .reduce(|(moment, number), other| (moment.min(other.0), number.max(other.1)))
        .unwrap_or_default()
}

pub(super) fn write_records(out: &mut Vec<u8>, tables: &mut TablesWriter, records: &[&Record]) {
    let mut points = Points::default();
    let mut rows = RowsWriter::default();
    let mut of_cells = Vec::new();
    let mut of_kept = Vec::new();
    let mut kept_names = Vec::new();
    for record in records {
        let cells = record.cells.iter().map(|(name, cell)| (name, &cell.value));
        let parent = record.parent.map(|parent| parent.0);
        rows.push(tables, record.id.0, Some(record.kind), parent, cells);
        of_cells.extend(record.cells.values().map(|cell| points.place(cell.stamp, cell.number)));
        for kept in &record.kept {
            of_kept.push(points.place(kept.stamp, kept.number));
            kept_names.push(tables.name(&kept.cell));
        }
    }
    write_points(out, tables, &points.list);
    rows.write_shapes(out);
    write_numbers(out, &of_cells, &[]);
    let (moments, highest): (Vec<u64>, Vec<u64>) =
        records.iter().map(|record| bases(record.cells.values().map(|cell| (cell.stamp, cell.number)))).unzip();
    let numbers: Vec<u64> = records.iter().map(|record| record.number).collect();
    write_numbers(out, &numbers, &highest);
    rows.write_values(out, tables, &moments);

    write_numbers(out, &widen(records.iter().map(|record| record.kept.len())), &[]);
    write_numbers(out, &kept_names, &[]);
    write_numbers(out, &of_kept, &[]);
    let kept: Vec<&Value> = records.iter().flat_map(|record| &record.kept).map(|kept| &kept.value).collect();
    let counts: Vec<usize> = records.iter().map(|record| record.kept.len()).collect();
    write_values(out, tables, &kept, &spread(&moments, &counts));
    rows.write_ids(out, tables, &moments);
}

fn write_points(out: &mut Vec<u8>, tables: &mut TablesWriter, points: &[Point]) {
    write_count(out, points.len());
    let mut column = |number: &mut dyn FnMut(&Point) -> u64| {
        let numbers: Vec<u64> = points.iter().map(number).collect();
        write_numbers(out, &numbers, &[]);
    };
    column(&mut |(stamp, _)| tables.id(stamp.device.0));
    column(&mut |(stamp, _)| stamp.millis.0);
    column(&mut |(stamp, _)| u64::from(stamp.counter));
    column(&mut |(_, number)| *number);
}

fn read_points(reader: &mut Reader<'_>, tables: &Tables) -> Result<Vec<Point>, WireError> {
    let count = reader.count("the number of points")?;
    let devices = reader.numbers(count, &[])?;
    let moments = reader.numbers(count, &[])?;
    let counters = reader.numbers(count, &[])?;
    let numbers = reader.numbers(count, &[])?;
    let mut points = Vec::with_capacity(count);
    for (((device, millis), counter), number) in devices.into_iter().zip(moments).zip(counters).zip(numbers) {
        let error = reader.damaged("the counter of a stamp");
        let stamp = Stamp {
            millis: Millis(millis),
            counter: u32::try_from(counter).map_err(|_| error)?,
            device: DeviceId(tables.id(reader, device)?),
        };
        points.push((stamp, number));
    }
    Ok(points)
}

/// Reads a column of places in the list of points.
fn read_places(reader: &mut Reader<'_>, points: &[Point], count: usize) -> Result<Vec<Point>, WireError> {
    let places = reader.numbers(count, &[])?;
    places
        .into_iter()
        .map(|place| {
            let point = usize::try_from(place).ok().and_then(|place| points.get(place));
            point.copied().ok_or(reader.damaged("a place in the list of points"))
        })
        .collect()
}

pub(super) fn read_records(reader: &mut Reader<'_>, tables: &Tables, count: usize) -> Result<Vec<Record>, WireError> {
    let points = read_points(reader, tables)?;
    let mut rows = read_rows(reader, tables, count)?;
    let lengths = lengths(reader, tables, &rows)?;
    let of_cells = read_places(reader, &points, lengths.iter().sum())?;
    let mut moments = Vec::with_capacity(rows.len());
    let mut highest = Vec::with_capacity(rows.len());
    let mut unread = of_cells.iter();
    for length in lengths {
        let (moment, number) = bases(unread.by_ref().take(length).copied());
        moments.push(moment);
        highest.push(number);
    }
    let numbers = reader.numbers(count, &highest)?;
    read_row_values(reader, tables, &mut rows, &moments)?;
    let (kept_counts, mut kept) = read_kept(reader, tables, &points, &moments)?;
    let ids = read_row_ids(reader, tables, count, &moments)?;

    let mut records = Vec::with_capacity(rows.len());
    let mut of_cells = of_cells.into_iter();
    for (((mut row, id), number), kept_count) in rows.into_iter().zip(ids).zip(numbers).zip(kept_counts) {
        let mut record = Record {
            id: RecordId(id),
            kind: row.kind.ok_or(reader.damaged("a shape of a record"))?,
            parent: row.parent.map(RecordId),
            number,
            cells: BTreeMap::new(),
            kept: kept.by_ref().take(kept_count).collect(),
        };
        for ((name, value), (stamp, number)) in named(reader, tables, &mut row)?.into_iter().zip(of_cells.by_ref()) {
            let cell = Cell { value, stamp, number };
            if record.cells.insert(name, cell).is_some() {
                return Err(reader.damaged("each cell of a record once"));
            }
        }
        records.push(record);
    }
    Ok(records)
}

fn read_kept(
    reader: &mut Reader<'_>,
    tables: &Tables,
    points: &[Point],
    moments: &[u64],
) -> Result<(Vec<usize>, std::vec::IntoIter<Kept>), WireError> {
    let (counts, all) = read_counts(reader, moments.len())?;
    let names = reader.numbers(all, &[])?;
    let at = read_places(reader, points, all)?;
    let values = read_values(reader, tables, all, &spread(moments, &counts))?;
    let mut kept = Vec::with_capacity(all);
    for ((name, (stamp, number)), value) in names.into_iter().zip(at).zip(values) {
        kept.push(Kept { cell: tables.name(reader, name)?, value, stamp, number });
    }
    Ok((counts, kept.into_iter()))
}
