//! The body of an answer.

use super::column::{write_count, write_number, write_numbers};
use super::reader::Reader;
use super::records::{read_records, write_records};
use super::request::{read_position, write_position};
use super::tables::{Tables, TablesWriter};
use super::verdicts::{read_verdicts, write_verdicts};
use super::{WireError, finish, start};
use crate::access::View;
use crate::edit::Epoch;
use crate::id::{CircleId, DeviceId, PersonId, RecordId, ServerId};
use crate::model::{CircleKind, OrganisationRole, Person};
use crate::protocol::{Answer, CircleAnswer, Delivery, DeviceOwner, LackedBlob};
use crate::record::Record;
use crate::stamp::Millis;
use crate::value::BlobHash;

/// The body of an answer.
#[must_use]
pub fn encode_answer(answer: &Answer) -> Vec<u8> {
    let mut tables = TablesWriter::default();
    let out = &mut Vec::new();
    write_number(out, tables.id(answer.server.0));
    write_number(out, answer.epoch.0);
    write_number(out, answer.time.0);
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
    write_count(out, answer.circles.len());
    let mut records = Vec::new();
    for circle in &answer.circles {
        write_circle(out, &mut tables, circle);
        records.extend(circle.delivery.records());
    }
    write_records(out, &mut tables, &records);
    finish(&tables, out)
}

impl Delivery {
    /// The records it brings.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        match self {
            Self::Changes { records, .. } | Self::Load { records, .. } => records,
        }
    }
}

fn write_circle(out: &mut Vec<u8>, tables: &mut TablesWriter, circle: &CircleAnswer) {
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
        Delivery::Load { records, next, number, count } => {
            out.push(1);
            write_count(out, records.len());
            write_number(out, *number);
            write_number(out, *count);
            out.push(u8::from(next.is_some()));
            if let Some(next) = next {
                write_position(out, tables, next);
            }
        }
    }
}

/// Reads the body of an answer.
///
/// # Errors
/// The version is not one this program reads, the body is too large, or it is damaged.
pub fn decode_answer(body: &[u8]) -> Result<Answer, WireError> {
    let (mut reader, tables) = start(body)?;
    let reader = &mut reader;
    let server = ServerId(read_id(reader, &tables)?);
    let epoch = Epoch(reader.number()?);
    let time = Millis(reader.number()?);
    let person = PersonId(read_id(reader, &tables)?);
    let error = reader.damaged("a role");
    let role = OrganisationRole::from_code(reader.byte("a role")?).ok_or(error)?;
    let verdicts = read_verdicts(reader, &tables)?;
    let left = read_list(reader, |reader| Ok(CircleId(read_id(reader, &tables)?)))?;
    let owners = read_list(reader, |reader| {
        Ok(DeviceOwner { device: DeviceId(read_id(reader, &tables)?), person: PersonId(read_id(reader, &tables)?) })
    })?;
    let lacking = read_list(reader, |reader| {
        Ok(LackedBlob {
            circle: CircleId(read_id(reader, &tables)?),
            hash: BlobHash(reader.array("the SHA-256 of a blob")?),
        })
    })?;
    let circles = read_list(reader, |reader| read_circle(reader, &tables))?;
    let error = reader.damaged("the number of records");
    let all = circles.iter().try_fold(0_usize, |sum, (_, count)| sum.checked_add(*count));
    let all = all.filter(|all| *all <= reader.left()).ok_or(error)?;
    let mut records = read_records(reader, &tables, all)?.into_iter();
    reader.end()?;
    let circles = circles
        .into_iter()
        .map(|(mut circle, count)| {
            match &mut circle.delivery {
                Delivery::Changes { records: into, .. } | Delivery::Load { records: into, .. } => {
                    into.extend(records.by_ref().take(count));
                }
            }
            circle
        })
        .collect();
    Ok(Answer { server, epoch, time, person: Person { id: person, role }, verdicts, circles, left, owners, lacking })
}

fn read_id(reader: &mut Reader<'_>, tables: &Tables) -> Result<[u8; 16], WireError> {
    let place = reader.number()?;
    tables.id(reader, place)
}

fn read_list<'a, T>(
    reader: &mut Reader<'a>,
    mut item: impl FnMut(&mut Reader<'a>) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let count = reader.count("the length of a list")?;
    (0..count).map(|_| item(reader)).collect()
}

/// A circle without its records, and how many those are: the records of all circles follow together.
fn read_circle(reader: &mut Reader<'_>, tables: &Tables) -> Result<(CircleAnswer, usize), WireError> {
    let circle = CircleId(read_id(reader, tables)?);
    let error = reader.damaged("the kind of a circle");
    let kind = CircleKind::from_code(reader.byte("the kind of a circle")?).ok_or(error)?;
    let view = View(reader.number()?);
    let error = reader.damaged("changes or a load");
    let what = reader.byte("changes or a load")?;
    let count = reader.count("the number of records")?;
    let records = Vec::new();
    let delivery = match what {
        0 => {
            let to = reader.number()?;
            let more = reader.flag()?;
            let gone = reader.count("how many records are gone")?;
            let gone = reader.numbers(gone, &[])?;
            let gone = gone.into_iter().map(|place| Ok(RecordId(tables.id(reader, place)?)));
            Delivery::Changes { records, gone: gone.collect::<Result<_, _>>()?, to, more }
        }
        1 => {
            let number = reader.number()?;
            let all = reader.number()?;
            let next = if reader.flag()? { Some(read_position(reader, tables)?) } else { None };
            Delivery::Load { records, next, number, count: all }
        }
        _ => return Err(error),
    };
    let circle = CircleAnswer { circle, kind, view, delivery };
    Ok((circle, count))
}
