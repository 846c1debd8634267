//! What a cell can hold. A value has one byte form, which decides between equal stamps and feeds the digest of an edit.

use std::borrow::Cow;
use std::fmt;

use crate::id::{PersonId, RecordId};

/// The name of a cell, as in `docs/protocol.md`.
pub type CellName = Cow<'static, str>;

/// The SHA-256 of a blob's bytes; it is also the blob's name within its circle.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(pub [u8; 32]);

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobHash({self})")
    }
}

impl std::str::FromStr for BlobHash {
    type Err = crate::id::NotAnId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut hash = [0; 32];
        // Reading a byte would also take a sign for a digit.
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(crate::id::NotAnId);
        }
        for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(pair).map_err(|_| crate::id::NotAnId)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| crate::id::NotAnId)?;
        }
        Ok(Self(hash))
    }
}

/// What a blob is: decides how it is shown and which checks it must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Media {
    /// A picture, JPEG or WebP, its long side at most 1,600 pixels, without location data.
    Photo = 1,
    /// A recording: a voice, or a short film.
    Recording = 2,
}

impl Media {
    /// The medium with this code on the wire, if there is one.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Photo),
            2 => Some(Self::Recording),
            _ => None,
        }
    }
}

/// A reference from a record to a blob of the same circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobRef {
    /// The name of the blob.
    pub hash: BlobHash,
    /// What it is.
    pub media: Media,
    /// Its length in bytes.
    pub size: u32,
}

/// The value of one cell.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub enum Value {
    /// Nothing (any more): how a cell is emptied.
    #[default]
    Nothing,
    /// Yes or no.
    Bool(bool),
    /// A whole number: a count, minutes, milliseconds since 1970.
    Int(i64),
    /// Text of a person, a code, the name of a pictogram.
    Text(String),
    /// Another record of the same circle, or a person.
    Id([u8; 16]),
    /// A set of persons or records, in order.
    Ids(Vec<[u8; 16]>),
    /// A blob of the circle.
    Blob(BlobRef),
}

impl Value {
    /// The one byte form of the value.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.tag()];
        match self {
            Self::Nothing => {}
            Self::Bool(yes) => bytes.push(u8::from(*yes)),
            Self::Int(number) => bytes.extend(number.to_be_bytes()),
            Self::Text(text) => bytes.extend(text.as_bytes()),
            Self::Id(id) => bytes.extend(id),
            Self::Ids(ids) => bytes.extend(ids.iter().flatten()),
            Self::Blob(blob) => {
                bytes.extend(blob.hash.0);
                bytes.push(blob.media as u8);
                bytes.extend(blob.size.to_be_bytes());
            }
        }
        bytes
    }

    /// The code of the value's type on the wire.
    #[must_use]
    pub const fn tag(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Bool(_) => 1,
            Self::Int(_) => 2,
            Self::Text(_) => 3,
            Self::Id(_) => 4,
            Self::Ids(_) => 5,
            Self::Blob(_) => 6,
        }
    }

    /// Whether the cell is empty.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// The blob the value refers to, if it is one.
    #[must_use]
    pub const fn blob(&self) -> Option<BlobRef> {
        match self {
            Self::Blob(blob) => Some(*blob),
            _ => None,
        }
    }
}

/// Only the type is shown: values are what people wrote, and that stays out of logs.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Bool(_) => "Bool",
            Self::Int(_) => "Int",
            Self::Text(_) => "Text",
            Self::Id(_) => "Id",
            Self::Ids(_) => "Ids",
            Self::Blob(_) => "Blob",
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<RecordId> for Value {
    fn from(id: RecordId) -> Self {
        Self::Id(id.0)
    }
}

impl From<PersonId> for Value {
    fn from(id: PersonId) -> Self {
        Self::Id(id.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_hash_survives_being_written_and_read() {
        let hash = BlobHash([0xa7; 32]);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!("a7".parse::<BlobHash>().is_err());
        assert!("é".repeat(32).parse::<BlobHash>().is_err());
        assert!("+7".repeat(32).parse::<BlobHash>().is_err(), "a sign is no digit");
    }

    #[test]
    fn what_a_person_wrote_is_not_shown_in_debug_output() {
        assert_eq!(format!("{:?}", Value::from("Sem is verdrietig")), "Text");
    }
}
