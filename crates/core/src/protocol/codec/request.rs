//! The body of a request.

use super::column::{write_count, write_number};
use super::edits::{read_edits, write_edits};
use super::reader::{Read, Reader};
use super::tables::{Tables, TablesWriter};
use super::{WireError, finish, read_body};
use crate::access::View;
use crate::age::{Day, Month};
use crate::edit::Epoch;
use crate::id::{CircleId, DeviceId, RecordId};
use crate::protocol::{AskedMonth, Cursor, CursorOf, LetGo, LoadPosition, Request, WIRE};
use crate::stamp::Millis;

/// The body of a request.
#[must_use]
pub fn encode_request(request: &Request) -> Vec<u8> {
    encode_request_as(request, WIRE)
}

/// The body of a request in an older version of the wire, as an app writes it that was not renewed. What that version cannot say is
/// left out.
#[must_use]
pub fn encode_request_as(request: &Request, version: u8) -> Vec<u8> {
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
        if version >= 2 {
            write_number(out, u64::from(cursor.since.0));
        }
        out.push(u8::from(cursor.load.is_some()));
        if let Some((view, position)) = &cursor.load {
            write_number(out, view.0);
            write_position(out, &mut tables, position, version);
        }
    }
    if version >= 2 {
        write_let_go(out, &mut tables, &request.let_go);
        write_asked(out, &mut tables, &request.asked);
    }
    write_edits(out, &mut tables, &request.edits);
    finish(version, &tables, out)
}

fn write_let_go(out: &mut Vec<u8>, tables: &mut TablesWriter, let_go: &[LetGo]) {
    write_count(out, let_go.len());
    for LetGo { circle, view, at } in let_go {
        write_number(out, tables.id(circle.0));
        write_number(out, view.0);
        write_number(out, at.0);
    }
}

fn write_asked(out: &mut Vec<u8>, tables: &mut TablesWriter, asked: &[AskedMonth]) {
    write_count(out, asked.len());
    for AskedMonth { circle, month, after } in asked {
        write_number(out, tables.id(circle.0));
        write_number(out, u64::from(month.0));
        write_place(out, tables, *after);
    }
}

/// A place in the order of (need, id), or none.
pub(super) fn write_place(out: &mut Vec<u8>, tables: &mut TablesWriter, place: Option<(u8, RecordId)>) {
    out.push(u8::from(place.is_some()));
    if let Some((need, id)) = place {
        out.push(need);
        write_number(out, tables.id(id.0));
    }
}

pub(super) fn read_place(reader: &mut Reader<'_>, tables: &Tables) -> Read<Option<(u8, RecordId)>> {
    if !reader.flag()? {
        return Ok(None);
    }
    let need = reader.byte("the need of a record")?;
    Ok(Some((need, RecordId(tables.next_id(reader)?))))
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
        let (mut let_go, mut asked) = (Vec::new(), Vec::new());
        if reader.is_since(2) {
            let most = Request::MOST_LET_GO;
            for _ in 0..reader.count_up_to(most, "words of what went", "how often something went")? {
                let circle = CircleId(tables.next_id(reader)?);
                let_go.push(LetGo { circle, view: View(reader.number()?), at: Millis(reader.number()?) });
            }
            for _ in 0..reader.count_up_to(Request::MOST_ASKED, "months", "the number of months asked for")? {
                let circle = CircleId(tables.next_id(reader)?);
                let month = Month(reader.small("a month")?);
                asked.push(AskedMonth { circle, month, after: read_place(reader, tables)? });
            }
        }
        let edits = read_edits(reader, tables)?;
        Ok(Request {
            wire: reader.version(),
            device,
            epoch: has_epoch.then_some(epoch),
            cursors,
            edits,
            waiting,
            refused,
            let_go,
            asked,
        })
    })
}

fn read_cursor(reader: &mut Reader<'_>, tables: &Tables) -> Read<Cursor> {
    let view = View(reader.number()?);
    let number = reader.number()?;
    let since = read_since(reader)?;
    let mut load = None;
    if reader.flag()? {
        load = Some((View(reader.number()?), read_position(reader, tables)?));
    }
    Ok(Cursor { view, number, since, load })
}

/// Version 1 has no such day: there everything came, however old.
fn read_since(reader: &mut Reader<'_>) -> Read<Day> {
    if reader.is_since(2) { reader.small("a day").map(Day) } else { Ok(Day(0)) }
}

pub(super) fn write_position(out: &mut Vec<u8>, tables: &mut TablesWriter, position: &LoadPosition, version: u8) {
    write_number(out, position.number);
    out.push(position.need);
    write_number(out, tables.id(position.id.0));
    if version >= 2 {
        write_number(out, u64::from(position.since.0));
    }
}

pub(super) fn read_position(reader: &mut Reader<'_>, tables: &Tables) -> Read<LoadPosition> {
    let number = reader.number()?;
    let need = reader.byte("the need of a record")?;
    let id = RecordId(tables.next_id(reader)?);
    Ok(LoadPosition { number, need, id, since: read_since(reader)? })
}
