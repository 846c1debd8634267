//! Ids in columns. An id made by a device (UUIDv7) is its moment and ten bytes that hold the randomness; any other stands as it is.

use super::column::write_numbers;
use super::reader::{Read, Reader, entry};

/// The sixteen bytes of any id.
pub(super) type Id = [u8; 16];

/// The moment and the other bytes of an id that was made from a moment.
fn split(id: Id) -> Option<(u64, [u8; 10])> {
    let [a, b, c, d, e, f, rest @ ..] = id;
    let made_from_a_moment = rest[0] >> 4 == 7 && rest[2] >> 6 == 0b10;
    made_from_a_moment.then_some((u64::from_be_bytes([0, 0, a, b, c, d, e, f]), rest))
}

/// The id with this moment and these other bytes; `None` if the moment does not fit in six bytes.
fn join(millis: u64, rest: [u8; 10]) -> Option<Id> {
    let [0, 0, a, b, c, d, e, f] = millis.to_be_bytes() else {
        return None;
    };
    let [g, h, i, j, k, l, m, n, o, p] = rest;
    Some([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
}

/// What stands for an id whose moment and other bytes follow.
const MADE: u64 = 0;
/// What stands for an id of which all bytes follow.
const OTHER: u64 = 1;
/// What stands for the first id of the table of ids.
const FROM_TABLE: u64 = 2;

/// Writes a column of ids. `place` says where an id stands in the table of ids, if it does.
pub(super) fn write_ids(out: &mut Vec<u8>, ids: &[Id], bases: &[u64], place: &dyn Fn(&Id) -> Option<u64>) {
    let mut how = Vec::with_capacity(ids.len());
    let mut moments = Vec::new();
    let mut moment_bases = Vec::new();
    let mut rest = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        if let Some(place) = place(id) {
            how.push(FROM_TABLE.saturating_add(place));
        } else if let Some((millis, tail)) = split(*id) {
            how.push(MADE);
            moments.push(millis);
            moment_bases.push(bases.get(at).copied().unwrap_or(0));
            rest.extend_from_slice(&tail);
        } else {
            how.push(OTHER);
            rest.extend_from_slice(id);
        }
    }
    write_numbers(out, &how, &[]);
    write_numbers(out, &moments, &moment_bases);
    out.extend_from_slice(&rest);
}

/// Reads a column of so many ids.
pub(super) fn read_ids(reader: &mut Reader<'_>, count: usize, bases: &[u64], table: &[Id]) -> Read<Vec<Id>> {
    const EXPECTED: &str = "an id";
    let how = reader.numbers(count, &[])?;
    let mut moment_bases = Vec::new();
    for (at, how) in how.iter().enumerate() {
        if *how == MADE {
            moment_bases.push(bases.get(at).copied().unwrap_or(0));
        }
    }
    let mut moments = reader.numbers(moment_bases.len(), &moment_bases)?.into_iter();
    let mut ids = Vec::with_capacity(how.len());
    for how in how {
        ids.push(match how {
            MADE => {
                let rest = reader.array(EXPECTED)?;
                match moments.next().and_then(|millis| join(millis, rest)) {
                    Some(id) => id,
                    None => return Err(reader.damaged(EXPECTED)),
                }
            }
            OTHER => reader.array(EXPECTED)?,
            place => *entry(reader, table, place.wrapping_sub(FROM_TABLE))?,
        });
    }
    Ok(ids)
}
