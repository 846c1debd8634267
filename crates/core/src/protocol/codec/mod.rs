//! The bytes of `docs/protocol.md`: requests and answers in columns, and the form in which one edit or one record is kept.
//!
//! A body is its version, the tables of what repeats, and columns: what is alike stands together, so that gzip or Brotli
//! outside this format find it. Reading takes time and memory in proportion to the body, whatever bytes it holds.

mod answer;
mod column;
mod edits;
mod error;
mod figures;
mod ids;
mod reader;
mod records;
mod request;
mod rows;
mod stored;
mod tables;
mod values;
mod verdicts;

pub use answer::{decode_answer, encode_answer, encode_answer_as};
pub use error::WireError;
pub use request::{decode_request, encode_request, encode_request_as};
pub use stored::{decode_edit, decode_record, digest_bytes, encode_edit, encode_record};

use super::WIRE;
use reader::{Read, Reader, read_all};
use tables::{Tables, TablesWriter};

/// The oldest version of the wire that is read.
pub const OLDEST_WIRE: u8 = 1;

/// The most bytes of a body, uncompressed. Whoever decompresses stops there too.
pub const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// Puts version and tables before what refers to them.
fn finish(version: u8, tables: &TablesWriter, rest: &[u8]) -> Vec<u8> {
    let mut body = vec![version];
    tables.write(&mut body);
    body.extend(rest);
    body
}

/// Reads a body: version, tables, and then what `rest` reads.
fn read_body<T>(body: &[u8], rest: impl FnOnce(&mut Reader<'_>, &Tables) -> Read<T>) -> Result<T, WireError> {
    if body.len() > LARGEST_BODY {
        return Err(WireError::TooLarge { what: "bytes", most: LARGEST_BODY });
    }
    read_all(body, OLDEST_WIRE..=WIRE, |reader| {
        let tables = Tables::read(reader)?;
        rest(reader, &tables)
    })
}
