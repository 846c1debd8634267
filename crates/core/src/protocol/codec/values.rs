//! A column of values: their types, then for each type what its values are made of.

use std::collections::BTreeMap;

use super::WireError;
use super::column::{wide, write_numbers};
use super::reader::Reader;
use super::tables::{Tables, TablesWriter};
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
                ids.extend(set.iter().map(|id| tables.id(*id)));
            }
            Value::Blob(blob) => blobs.push(*blob),
        }
    }
    write_numbers(out, &numbers, &number_bases);
    write_texts(out, &texts);
    write_numbers(out, &set_lengths, &[]);
    write_numbers(out, &ids, &[]);
    for blob in &blobs {
        out.extend(blob.hash.0);
        out.push(blob.media as u8);
    }
    let sizes: Vec<u64> = blobs.iter().map(|blob| u64::from(blob.size)).collect();
    write_numbers(out, &sizes, &[]);
}

/// Per text zero for one that follows, or the place of the same text among those; then the lengths; then the bytes.
fn write_texts(out: &mut Vec<u8>, texts: &[&str]) {
    let mut known = BTreeMap::new();
    let mut which = Vec::with_capacity(texts.len());
    let mut lengths = Vec::new();
    let mut bytes: Vec<u8> = Vec::new();
    for text in texts {
        if let Some(place) = known.get(text) {
            which.push(*place);
            continue;
        }
        which.push(0);
        lengths.push(wide(text.len()));
        bytes.extend(text.as_bytes());
        if text.len() <= SHORT_TEXT {
            known.insert(text, wide(lengths.len()));
        }
    }
    write_numbers(out, &which, &[]);
    write_numbers(out, &lengths, &[]);
    out.extend(bytes);
}

fn read_texts(reader: &mut Reader<'_>, count: usize) -> Result<Vec<String>, WireError> {
    let which = reader.numbers(count, &[])?;
    let fresh = which.iter().filter(|place| **place == 0).count();
    let lengths = reader.numbers(fresh, &[])?;
    let mut known: Vec<&str> = Vec::with_capacity(fresh);
    for length in lengths {
        let error = reader.damaged("the length of a text");
        known.push(reader.text(usize::try_from(length).map_err(|_| error)?)?);
    }
    let mut fresh = known.iter();
    which
        .into_iter()
        .map(|place| {
            let text = if place == 0 {
                fresh.next()
            } else {
                let place = usize::try_from(place.wrapping_sub(1)).ok();
                place.and_then(|place| known.get(place))
            };
            let text = *text.ok_or(reader.damaged("a text, or the place of one before it"))?;
            if place != 0 {
                reader.repeat(text.len())?;
            }
            Ok(text.to_owned())
        })
        .collect()
}

fn read_blobs(reader: &mut Reader<'_>, count: usize) -> Result<Vec<BlobRef>, WireError> {
    let mut blobs = Vec::new();
    for _ in 0..count {
        let hash = BlobHash(reader.array("the SHA-256 of a blob")?);
        let error = reader.damaged("the medium of a blob");
        let media = Media::from_code(reader.byte("the medium of a blob")?).ok_or(error)?;
        blobs.push(BlobRef { hash, media, size: 0 });
    }
    let error = reader.damaged("the size of a blob");
    for (blob, size) in blobs.iter_mut().zip(reader.numbers(count, &[])?) {
        blob.size = u32::try_from(size).map_err(|_| error)?;
    }
    Ok(blobs)
}

/// Reads a column of so many values.
pub(super) fn read_values(
    reader: &mut Reader<'_>,
    tables: &Tables,
    count: usize,
    bases: &[u64],
) -> Result<Vec<Value>, WireError> {
    let tags = reader.take(count, "the types of a column of values")?;
    let of = |tag: u8| tags.iter().filter(|other| **other == tag).count();
    let number_bases: Vec<u64> = tags
        .iter()
        .enumerate()
        .filter_map(|(at, tag)| match tag {
            1 => Some(0),
            2 => Some(bases.get(at).copied().unwrap_or(0)),
            _ => None,
        })
        .collect();
    let mut numbers = reader.numbers(number_bases.len(), &number_bases)?.into_iter();
    let mut texts = read_texts(reader, of(3))?.into_iter();
    let set_lengths = reader.numbers(of(5), &[])?;
    let in_sets = set_lengths.iter().try_fold(0_u64, |sum, n| sum.checked_add(*n));
    let id_count = in_sets.and_then(|sum| sum.checked_add(wide(of(4))));
    let id_count = id_count.and_then(|count| usize::try_from(count).ok());
    let id_count = id_count.ok_or(reader.damaged("the lengths of sets"))?;
    let ids = reader.numbers(id_count, &[])?;
    let mut ids = ids.into_iter().map(|place| tables.id(reader, place)).collect::<Result<Vec<_>, _>>()?.into_iter();
    let mut set_lengths = set_lengths.into_iter();
    let mut blobs = read_blobs(reader, of(6))?.into_iter();

    let mut values = Vec::with_capacity(count);
    for tag in tags {
        let value = match tag {
            0 => Some(Value::Nothing),
            1 => numbers.next().and_then(|number| match number {
                0 => Some(Value::Bool(false)),
                1 => Some(Value::Bool(true)),
                _ => None,
            }),
            2 => numbers.next().map(|number| Value::Int(number.cast_signed())),
            3 => texts.next().map(Value::Text),
            4 => ids.next().map(Value::Id),
            5 => set_lengths.next().map(|length| {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                Value::Ids(ids.by_ref().take(length).collect())
            }),
            6 => blobs.next().map(Value::Blob),
            _ => None,
        };
        values.push(value.ok_or(reader.damaged("a value of a known type"))?);
    }
    Ok(values)
}
