//! The body of an answer.

use super::column::{wide, write_count, write_number, write_numbers};
use super::figures::{read_figures, write_figures};
use super::reader::{Read, Reader};
use super::records::{read_records, write_records};
use super::request::{read_place, read_position, write_place, write_position};
use super::tables::{Tables, TablesWriter};
use super::values::read_hash;
use super::verdicts::{read_verdicts, write_verdicts};
use super::{WireError, finish, read_body};
use crate::access::View;
use crate::age::Month;
use crate::edit::Epoch;
use crate::id::{CircleId, DeviceId, PersonId, RecordId, ServerId};
use crate::model::{CircleKind, OrganisationRole, Person};
use crate::protocol::{Answer, CircleAnswer, Delivery, DeviceOwner, LackedBlob, LoadDigest, WIRE};
use crate::record::Record;
use crate::stamp::Millis;

/// The body of an answer.
#[must_use]
pub fn encode_answer(answer: &Answer) -> Vec<u8> {
    encode_answer_as(answer, WIRE)
}

/// The body of an answer in the version of the wire in which it was asked. What that version cannot say is left out.
#[must_use]
pub fn encode_answer_as(answer: &Answer, version: u8) -> Vec<u8> {
    let mut tables = TablesWriter::default();
    let out = &mut Vec::new();
    write_number(out, tables.id(answer.server.0));
    write_number(out, answer.epoch.0);
    write_number(out, answer.time.0);
    if version >= 2 {
        write_number(out, u64::from(answer.lease));
    }
    write_number(out, tables.id(answer.person.id.0));
    out.push(answer.person.role as u8);
    write_verdicts(out, &mut tables, &answer.verdicts);
    write_count(out, answer.left.len());
    for circle in &answer.left {
        write_number(out, tables.id(circle.0));
    }
    write_count(out, answer.owners.len());
    for owner in &answer.owners {
        write_number(out, tables.id(owner.device.0));
        write_number(out, tables.id(owner.person.0));
    }
    write_count(out, answer.lacking.len());
    for lacked in &answer.lacking {
        write_number(out, tables.id(lacked.circle.0));
        out.extend(lacked.hash.0);
    }
    // Nobody who asks in version 1 can ask for a month.
    let is_said = |circle: &&CircleAnswer| version >= 2 || !matches!(circle.delivery, Delivery::Month { .. });
    write_count(out, answer.circles.iter().filter(is_said).count());
    let mut records = Vec::new();
    for circle in answer.circles.iter().filter(is_said) {
        write_circle(out, &mut tables, circle, version);
        records.extend(circle.delivery.records());
    }
    write_records(out, &mut tables, &records);
    finish(version, &tables, out)
}

impl Delivery {
    /// The records it brings.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        match self {
            Self::Changes { records, .. } | Self::Load { records, .. } | Self::Month { records, .. } => records,
        }
    }

    /// The records it brings, to be changed.
    pub const fn records_mut(&mut self) -> &mut Vec<Record> {
        match self {
            Self::Changes { records, .. } | Self::Load { records, .. } | Self::Month { records, .. } => records,
        }
    }
}

fn write_circle(out: &mut Vec<u8>, tables: &mut TablesWriter, circle: &CircleAnswer, version: u8) {
    write_number(out, tables.id(circle.circle.0));
    out.push(circle.kind as u8);
    write_number(out, circle.view.0);
    match &circle.delivery {
        Delivery::Changes { records, gone, to, more } => {
            out.push(0);
            write_count(out, records.len());
            write_number(out, *to);
            out.push(u8::from(*more));
            write_count(out, gone.len());
            let gone: Vec<u64> = gone.iter().map(|id| tables.id(id.0)).collect();
            write_numbers(out, &gone, &[]);
        }
        Delivery::Load { records, next, number, count, digest, restored } => {
            out.push(1);
            write_count(out, records.len());
            write_number(out, *number);
            write_number(out, *count);
            if version >= 2 {
                write_number(out, digest.0);
                write_number(out, *restored);
            }
            out.push(u8::from(next.is_some()));
            if let Some(next) = next {
                write_position(out, tables, next, version);
            }
        }
        Delivery::Month { records, month, next } => {
            out.push(2);
            write_count(out, records.len());
            write_number(out, u64::from(month.0));
            write_place(out, tables, *next);
        }
    }
    if version >= 2 {
        write_figures(out, tables, circle.figures.as_ref());
    }
}

/// Reads the body of an answer.
///
/// # Errors
/// The version is not one this program reads, the body is too large, or it is damaged.
pub fn decode_answer(body: &[u8]) -> Result<Answer, WireError> {
    read_body(body, |reader, tables| {
        let server = ServerId(tables.next_id(reader)?);
        let epoch = Epoch(reader.number()?);
        let time = Millis(reader.number()?);
        let lease = if reader.is_since(2) { reader.small("a number of days")? } else { 0 };
        let id = PersonId(tables.next_id(reader)?);
        let role = OrganisationRole::from_code(reader.byte("a role")?).ok_or_else(|| reader.damaged("a role"))?;
        let verdicts = read_verdicts(reader, tables)?;
        let mut left = Vec::new();
        for _ in 0..reader.count("the number of circles left")? {
            left.push(CircleId(tables.next_id(reader)?));
        }
        let mut owners = Vec::new();
        for _ in 0..reader.count("the number of owners")? {
            let device = DeviceId(tables.next_id(reader)?);
            owners.push(DeviceOwner { device, person: PersonId(tables.next_id(reader)?) });
        }
        let mut lacking = Vec::new();
        for _ in 0..reader.count("the number of blobs lacking")? {
            let circle = CircleId(tables.next_id(reader)?);
            lacking.push(LackedBlob { circle, hash: read_hash(reader)? });
        }
        let circles = read_circles(reader, tables)?;
        let person = Person { id, role };
        Ok(Answer { server, epoch, time, lease, person, verdicts, circles, left, owners, lacking })
    })
}

fn read_circles(reader: &mut Reader<'_>, tables: &Tables) -> Read<Vec<CircleAnswer>> {
    let mut circles = Vec::new();
    let mut counts = Vec::new();
    let mut all = 0_u64;
    for _ in 0..reader.count("the number of circles")? {
        let (circle, count) = read_circle(reader, tables)?;
        circles.push(circle);
        counts.push(count);
        all = all.saturating_add(wide(count));
    }
    let all = reader.counted(all, "the number of records")?;
    let mut records = read_records(reader, tables, all)?.into_iter();
    for (circle, count) in circles.iter_mut().zip(counts) {
        circle.delivery.records_mut().extend(records.by_ref().take(count));
    }
    Ok(circles)
}

/// A circle without its records, and how many those are: the records of all circles follow together.
fn read_circle(reader: &mut Reader<'_>, tables: &Tables) -> Read<(CircleAnswer, usize)> {
    const EXPECTED: &str = "the kind of a circle";
    let circle = CircleId(tables.next_id(reader)?);
    let kind = CircleKind::from_code(reader.byte(EXPECTED)?).ok_or_else(|| reader.damaged(EXPECTED))?;
    let view = View(reader.number()?);
    let is_v2 = reader.is_since(2);
    let delivery = match reader.byte(DELIVERY)? {
        0 => read_changes,
        1 => read_load,
        2 if is_v2 => read_month,
        _ => return Err(reader.damaged(DELIVERY)),
    };
    let count = reader.count("the number of records")?;
    let delivery = delivery(reader, tables)?;
    let figures = if is_v2 { read_figures(reader, tables)? } else { None };
    Ok((CircleAnswer { circle, kind, view, delivery, figures }, count))
}

const DELIVERY: &str = "what a circle brings";

fn read_changes(reader: &mut Reader<'_>, tables: &Tables) -> Read<Delivery> {
    let to = reader.number()?;
    let more = reader.flag()?;
    let places = reader.count("how many records are gone")?;
    let mut gone = Vec::new();
    for place in reader.numbers(places, &[])? {
        gone.push(RecordId(tables.id(reader, place)?));
    }
    Ok(Delivery::Changes { records: Vec::new(), gone, to, more })
}

fn read_load(reader: &mut Reader<'_>, tables: &Tables) -> Read<Delivery> {
    let number = reader.number()?;
    let count = reader.number()?;
    let (mut digest, mut restored) = (LoadDigest::default(), 0);
    if reader.is_since(2) {
        digest = LoadDigest(reader.number()?);
        restored = reader.number()?;
    }
    let mut next = None;
    if reader.flag()? {
        next = Some(read_position(reader, tables)?);
    }
    Ok(Delivery::Load { records: Vec::new(), next, number, count, digest, restored })
}

fn read_month(reader: &mut Reader<'_>, tables: &Tables) -> Read<Delivery> {
    let month = Month(reader.small("a month")?);
    Ok(Delivery::Month { records: Vec::new(), month, next: read_place(reader, tables)? })
}
