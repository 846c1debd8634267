//! One edit or one record alone, as it is kept on a device and in quarantine. What was written once is read for ever, so
//! this form shares nothing with the wire but the smallest parts, and each value has one way of being written.

use super::WireError;
use super::column::{wide, write_count, write_number};
use super::reader::{Read, Reader, entry, read_all};
use super::tables::{read_kind, read_name};
use super::values::{read_hash, read_media};
use crate::edit::{Change, Edit, EditName, Epoch, Seen};
use crate::id::{CircleId, DeviceId, PersonId, RecordId};
use crate::record::{Cell, Kept, Kind, Record};
use crate::stamp::{Millis, Stamp};
use crate::value::{BlobRef, CellName, Value};

/// The version of the form of an edit.
const EDIT: u8 = 1;
/// The version of the form of a record.
const RECORD: u8 = 1;

/// One edit, to be kept.
#[must_use]
pub fn encode_edit(edit: &Edit) -> Vec<u8> {
    let mut out = vec![EDIT];
    out.extend_from_slice(&digest_bytes(edit));
    out
}

/// The content of an edit in the one way it can be written: what is hashed to tell whether two edits of the same name are
/// the same. It never changes for an edit that has once been made.
#[must_use]
pub fn digest_bytes(edit: &Edit) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(&edit.name.device.0);
    write_number(&mut out, edit.name.n);
    write_stamp(&mut out, edit.stamp);
    out.extend_from_slice(&edit.circle.0);
    write_number(&mut out, edit.seen.epoch.0);
    write_number(&mut out, edit.seen.number);
    write_optional(&mut out, edit.beside.map(|person| person.0));
    write_count(&mut out, edit.changes.len());
    for change in &edit.changes {
        match change {
            Change::Set { id, .. } => {
                out.push(0);
                out.extend_from_slice(&id.0);
            }
            Change::Make { id, kind, parent, .. } => {
                out.push(1);
                out.extend_from_slice(&id.0);
                write_kind(&mut out, *kind);
                write_optional(&mut out, parent.map(|parent| parent.0));
            }
        }
        write_count(&mut out, change.cells().len());
        for (name, value) in change.cells() {
            write_text(&mut out, name);
            write_value(&mut out, value);
        }
    }
    out
}

/// Reads an edit that was kept.
///
/// # Errors
/// It was kept by a newer version, or it is damaged.
pub fn decode_edit(bytes: &[u8]) -> Result<Edit, WireError> {
    read_all(bytes, 1..=EDIT, read_edit)
}

fn read_edit(reader: &mut Reader<'_>) -> Read<Edit> {
    let name = EditName { device: DeviceId(read_id(reader)?), n: reader.number()? };
    let stamp = read_stamp(reader)?;
    let circle = CircleId(read_id(reader)?);
    let seen = Seen { epoch: Epoch(reader.number()?), number: reader.number()? };
    let beside = read_optional(reader)?.map(PersonId);
    let count = reader.count("the number of changes")?;
    let mut changes = Vec::new();
    for _ in 0..count {
        changes.push(read_change(reader)?);
    }
    Ok(Edit { name, stamp, circle, seen, beside, changes })
}

fn read_change(reader: &mut Reader<'_>) -> Read<Change> {
    if reader.flag()? {
        Ok(Change::Make {
            id: RecordId(read_id(reader)?),
            kind: read_kind(reader)?,
            parent: read_optional(reader)?.map(RecordId),
            cells: read_cells(reader)?,
        })
    } else {
        Ok(Change::Set { id: RecordId(read_id(reader)?), cells: read_cells(reader)? })
    }
}

fn read_cells(reader: &mut Reader<'_>) -> Read<Vec<(CellName, Value)>> {
    let count = reader.count("the number of cells")?;
    let mut cells = Vec::new();
    for _ in 0..count {
        cells.push((read_name(reader)?, read_value(reader)?));
    }
    Ok(cells)
}

/// One record, to be kept.
#[must_use]
pub fn encode_record(record: &Record) -> Vec<u8> {
    let mut out = vec![RECORD];
    out.extend_from_slice(&record.id.0);
    write_kind(&mut out, record.kind);
    write_optional(&mut out, record.parent.map(|parent| parent.0));
    write_number(&mut out, record.number);
    let mut points = Vec::new();
    write_count(&mut out, record.cells.len());
    for (name, cell) in record.cells.iter() {
        write_text(&mut out, name);
        write_value(&mut out, &cell.value);
        write_point(&mut out, &mut points, (cell.stamp, cell.number));
    }
    write_count(&mut out, record.kept.len());
    for kept in &record.kept {
        write_text(&mut out, &kept.cell);
        write_value(&mut out, &kept.value);
        write_point(&mut out, &mut points, (kept.stamp, kept.number));
    }
    out
}

/// Reads a record that was kept.
///
/// # Errors
/// It was kept by a newer version, or it is damaged.
pub fn decode_record(bytes: &[u8]) -> Result<Record, WireError> {
    read_all(bytes, 1..=RECORD, read_record)
}

fn read_record(reader: &mut Reader<'_>) -> Read<Record> {
    let id = RecordId(read_id(reader)?);
    let kind = read_kind(reader)?;
    let parent = read_optional(reader)?.map(RecordId);
    let mut record = Record::new(id, kind, parent);
    record.number = reader.number()?;
    let mut points = Vec::new();
    for _ in 0..reader.count("the number of cells")? {
        let name = read_name(reader)?;
        let value = read_value(reader)?;
        let (stamp, number) = read_point(reader, &mut points)?;
        let cell = Cell { value, stamp, number };
        if record.cells.insert(name, cell).is_some() {
            return Err(reader.damaged("each cell of a record once"));
        }
    }
    for _ in 0..reader.count("the number of kept values")? {
        let cell = read_name(reader)?;
        let value = read_value(reader)?;
        let (stamp, number) = read_point(reader, &mut points)?;
        record.kept.push(Kept { cell, value, stamp, number });
    }
    Ok(record)
}

/// A stamp and the number it got: zero and both when they are new, else the place of the same ones, counted from one. Most
/// cells of a record were set at once.
fn write_point(out: &mut Vec<u8>, points: &mut Vec<(Stamp, u64)>, point: (Stamp, u64)) {
    // Newest first: most cells have the point of the one before, which also keeps this quick for records of many points.
    match points.iter().rposition(|known| *known == point) {
        Some(place) => write_number(out, wide(place).saturating_add(1)),
        None => {
            out.push(0);
            write_stamp(out, point.0);
            write_number(out, point.1);
            points.push(point);
        }
    }
}

fn read_point(reader: &mut Reader<'_>, points: &mut Vec<(Stamp, u64)>) -> Read<(Stamp, u64)> {
    match reader.number()?.checked_sub(1) {
        Some(place) => entry(reader, points, place).copied(),
        None => {
            let point = (read_stamp(reader)?, reader.number()?);
            points.push(point);
            Ok(point)
        }
    }
}

fn write_stamp(out: &mut Vec<u8>, stamp: Stamp) {
    write_number(out, stamp.millis.0);
    write_number(out, u64::from(stamp.counter));
    out.extend_from_slice(&stamp.device.0);
}

fn read_stamp(reader: &mut Reader<'_>) -> Read<Stamp> {
    Ok(Stamp {
        millis: Millis(reader.number()?),
        counter: reader.small("the counter of a stamp")?,
        device: DeviceId(read_id(reader)?),
    })
}

fn write_kind(out: &mut Vec<u8>, kind: Kind) {
    write_number(out, u64::from(kind.code()));
}

fn write_optional(out: &mut Vec<u8>, id: Option<[u8; 16]>) {
    out.push(u8::from(id.is_some()));
    out.extend(id.iter().flatten());
}

fn read_optional(reader: &mut Reader<'_>) -> Read<Option<[u8; 16]>> {
    if reader.flag()? { read_id(reader).map(Some) } else { Ok(None) }
}

fn read_id(reader: &mut Reader<'_>) -> Read<[u8; 16]> {
    reader.array("an id")
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    write_count(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
    out.push(value.tag());
    match value {
        Value::Nothing => {}
        Value::Bool(yes) => out.push(u8::from(*yes)),
        Value::Int(number) => out.extend_from_slice(&number.to_be_bytes()),
        Value::Text(text) => write_text(out, text),
        Value::Id(id) => out.extend_from_slice(id),
        Value::Ids(ids) => {
            write_count(out, ids.len());
            out.extend(ids.iter().flatten());
        }
        Value::Blob(blob) => {
            out.extend_from_slice(&blob.hash.0);
            out.push(blob.media as u8);
            write_number(out, u64::from(blob.size));
        }
    }
}

fn read_value(reader: &mut Reader<'_>) -> Read<Value> {
    Ok(match reader.byte("the type of a value")? {
        0 => Value::Nothing,
        1 => Value::Bool(reader.flag()?),
        2 => Value::Int(i64::from_be_bytes(reader.array("a whole number")?)),
        3 => {
            let length = reader.count("the length of a text")?;
            Value::Text(reader.text(length)?.to_owned())
        }
        4 => Value::Id(read_id(reader)?),
        5 => {
            let mut ids = Vec::new();
            for _ in 0..reader.count("the number of ids")? {
                ids.push(read_id(reader)?);
            }
            Value::Ids(ids)
        }
        6 => Value::Blob(BlobRef {
            hash: read_hash(reader)?,
            media: read_media(reader)?,
            size: reader.small("the size of a blob")?,
        }),
        _ => return Err(reader.damaged("the type of a value")),
    })
}
