//! The body of a request.

use super::column::{write_count, write_number};
use super::edits::{read_edits, write_edits};
use super::reader::{Read, Reader};
use super::tables::{Tables, TablesWriter};
use super::{WireError, finish, read_body};
use crate::access::View;
use crate::edit::Epoch;
use crate::id::{CircleId, DeviceId, RecordId};
use crate::protocol::{Cursor, CursorOf, LoadPosition, Request};

/// The body of a request.
#[must_use]
pub fn encode_request(request: &Request) -> Vec<u8> {
    let mut tables = TablesWriter::default();
    let out = &mut Vec::new();
    write_number(out, tables.id(request.device.0));
    out.push(u8::from(request.epoch.is_some()));
    write_number(out, request.epoch.unwrap_or_default().0);
    write_number(out, u64::from(request.waiting));
    write_number(out, u64::from(request.refused));
    write_count(out, request.cursors.len());
    for CursorOf { circle, cursor } in &request.cursors {
        write_number(out, tables.id(circle.0));
        write_number(out, cursor.view.0);
        write_number(out, cursor.number);
        out.push(u8::from(cursor.load.is_some()));
        if let Some((view, position)) = &cursor.load {
            write_number(out, view.0);
            write_position(out, &mut tables, position);
        }
    }
    write_edits(out, &mut tables, &request.edits);
    finish(&tables, out)
}

/// Reads the body of a request.
///
/// # Errors
/// The version is not one this program reads, the body is too large, or it is damaged.
pub fn decode_request(body: &[u8]) -> Result<Request, WireError> {
    read_body(body, |reader, tables| {
        let device = DeviceId(tables.next_id(reader)?);
        let has_epoch = reader.flag()?;
        let epoch = Epoch(reader.number()?);
        let waiting = reader.small("how many edits wait")?;
        let refused = reader.small("how many edits were refused")?;
        let mut cursors = Vec::new();
        for _ in 0..reader.count("the number of cursors")? {
            let circle = CircleId(tables.next_id(reader)?);
            cursors.push(CursorOf { circle, cursor: read_cursor(reader, tables)? });
        }
        let edits = read_edits(reader, tables)?;
        Ok(Request { device, epoch: has_epoch.then_some(epoch), cursors, edits, waiting, refused })
    })
}

fn read_cursor(reader: &mut Reader<'_>, tables: &Tables) -> Read<Cursor> {
    let view = View(reader.number()?);
    let number = reader.number()?;
    let mut load = None;
    if reader.flag()? {
        load = Some((View(reader.number()?), read_position(reader, tables)?));
    }
    Ok(Cursor { view, number, load })
}

pub(super) fn write_position(out: &mut Vec<u8>, tables: &mut TablesWriter, position: &LoadPosition) {
    write_number(out, position.number);
    out.push(position.need);
    write_number(out, tables.id(position.id.0));
}

pub(super) fn read_position(reader: &mut Reader<'_>, tables: &Tables) -> Read<LoadPosition> {
    let number = reader.number()?;
    let need = reader.byte("the need of a record")?;
    Ok(LoadPosition { number, need, id: RecordId(tables.next_id(reader)?) })
}
