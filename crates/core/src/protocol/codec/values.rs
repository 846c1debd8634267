//! A column of values: their types, then for each type what its values are made of.

use super::column::{wide, write_numbers};
use super::reader::{Read, Reader, entry};
use super::tables::{Places, Tables, TablesWriter};
use crate::value::{BlobHash, BlobRef, Media, Value};

/// A text of at most so many bytes stands once in its column. Longer ones stand as often as they occur: a reader then
/// never has to make much of little.
const SHORT_TEXT: usize = 32;

/// Writes a column of values. `bases` are the moments of the rows they belong to.
pub(super) fn write_values(out: &mut Vec<u8>, tables: &mut TablesWriter, values: &[&Value], bases: &[u64]) {
    let mut numbers = Vec::new();
    let mut number_bases = Vec::new();
    let mut texts = Vec::new();
    let mut ids = Vec::new();
    let mut set_lengths = Vec::new();
    let mut blobs = Vec::new();
    let mut sizes = Vec::new();
    for (at, value) in values.iter().enumerate() {
        out.push(value.tag());
        match value {
            Value::Nothing => {}
            Value::Bool(yes) => {
                numbers.push(u64::from(*yes));
                number_bases.push(0);
            }
            Value::Int(number) => {
                numbers.push(number.cast_unsigned());
                number_bases.push(bases.get(at).copied().unwrap_or(0));
            }
            Value::Text(text) => texts.push(text.as_str()),
            Value::Id(id) => ids.push(tables.id(*id)),
            Value::Ids(set) => {
                set_lengths.push(wide(set.len()));
                for id in set {
                    ids.push(tables.id(*id));
                }
            }
            Value::Blob(blob) => {
                blobs.extend_from_slice(&blob.hash.0);
                blobs.push(blob.media as u8);
                sizes.push(u64::from(blob.size));
            }
        }
    }
    write_numbers(out, &numbers, &number_bases);
    write_texts(out, &texts);
    write_numbers(out, &set_lengths, &[]);
    write_numbers(out, &ids, &[]);
    out.extend_from_slice(&blobs);
    write_numbers(out, &sizes, &[]);
}

/// Per text zero for one that follows, or the place of the same text among those; then the lengths; then the bytes.
fn write_texts(out: &mut Vec<u8>, texts: &[&str]) {
    let mut places = Places::default();
    // Which of the texts written here the n-th short one is.
    let mut written = Vec::new();
    let mut which = Vec::with_capacity(texts.len());
    let mut lengths = Vec::new();
    let mut bytes: Vec<u8> = Vec::new();
    for text in texts {
        if text.len() <= SHORT_TEXT {
            let (place, new) = places.place(text.as_bytes());
            if let Some(known) = usize::try_from(place).ok().and_then(|place| written.get(place)).filter(|_| !new) {
                which.push(*known);
                continue;
            }
            written.push(wide(lengths.len()).saturating_add(1));
        }
        which.push(0);
        lengths.push(wide(text.len()));
        bytes.extend_from_slice(text.as_bytes());
    }
    write_numbers(out, &which, &[]);
    write_numbers(out, &lengths, &[]);
    out.extend_from_slice(&bytes);
}

fn read_texts(reader: &mut Reader<'_>, count: usize) -> Read<Vec<String>> {
    let which = reader.numbers(count, &[])?;
    let fresh = which.iter().filter(|place| **place == 0).count();
    let mut known: Vec<&str> = Vec::with_capacity(fresh);
    for length in reader.numbers(fresh, &[])? {
        let length = reader.counted(length, "the length of a text")?;
        known.push(reader.text(length)?);
    }
    let mut texts = Vec::with_capacity(which.len());
    let mut next = 0;
    for place in which {
        // Places are counted from one; the next fresh one is the one after those before.
        let place = match place.checked_sub(1) {
            Some(place) => {
                let length = entry(reader, &known, place)?.len();
                reader.repeat(length)?;
                place
            }
            None => {
                next += 1;
                next - 1
            }
        };
        texts.push((*entry(reader, &known, place)?).to_owned());
    }
    Ok(texts)
}

fn read_blobs(reader: &mut Reader<'_>, count: usize) -> Read<Vec<BlobRef>> {
    let mut blobs = Vec::new();
    for _ in 0..count {
        blobs.push(BlobRef { hash: read_hash(reader)?, media: read_media(reader)?, size: 0 });
    }
    for (blob, size) in blobs.iter_mut().zip(reader.numbers(count, &[])?) {
        blob.size = reader.narrow(size, "the size of a blob")?;
    }
    Ok(blobs)
}

pub(super) fn read_hash(reader: &mut Reader<'_>) -> Read<BlobHash> {
    reader.array("the SHA-256 of a blob").map(BlobHash)
}

pub(super) fn read_media(reader: &mut Reader<'_>) -> Read<Media> {
    let code = reader.byte("the medium of a blob")?;
    Media::from_code(code).ok_or_else(|| reader.damaged("the medium of a blob"))
}

/// Reads a column of so many values.
pub(super) fn read_values(reader: &mut Reader<'_>, tables: &Tables, count: usize, bases: &[u64]) -> Read<Vec<Value>> {
    let tags = reader.take(count, "the types of a column of values")?;
    let mut of = [0_usize; 7];
    let mut number_bases = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let Some(of) = of.get_mut(usize::from(*tag)) else {
            return Err(reader.damaged("types that are known"));
        };
        *of += 1;
        match tag {
            1 => number_bases.push(0),
            2 => number_bases.push(bases.get(at).copied().unwrap_or(0)),
            _ => {}
        }
    }
    let [_, _, _, texts, single_ids, sets, blobs] = of;
    let mut numbers = reader.numbers(number_bases.len(), &number_bases)?.into_iter();
    let mut texts = read_texts(reader, texts)?.into_iter();
    let set_lengths = reader.numbers(sets, &[])?;
    let mut id_count = wide(single_ids);
    for length in &set_lengths {
        id_count = id_count.saturating_add(*length);
    }
    let id_count = reader.counted(id_count, "the lengths of lists")?;
    let mut ids = reader.numbers(id_count, &[])?.into_iter();
    let mut set_lengths = set_lengths.into_iter();
    let mut blobs = read_blobs(reader, blobs)?.into_iter();

    let mut values = Vec::with_capacity(count);
    for tag in tags {
        // What was counted above is there; the defaults are never used.
        values.push(match tag {
            1 => match numbers.next() {
                Some(0) => Value::Bool(false),
                Some(1) => Value::Bool(true),
                _ => return Err(reader.damaged("yes or no")),
            },
            2 => Value::Int(numbers.next().unwrap_or_default().cast_signed()),
            3 => Value::Text(texts.next().unwrap_or_default()),
            4 => Value::Id(tables.id(reader, ids.next().unwrap_or_default())?),
            5 => {
                let mut set = Vec::new();
                for _ in 0..set_lengths.next().unwrap_or_default() {
                    set.push(tables.id(reader, ids.next().unwrap_or_default())?);
                }
                Value::Ids(set)
            }
            6 => blobs.next().map_or(Value::Nothing, Value::Blob),
            _ => Value::Nothing,
        });
    }
    Ok(values)
}
