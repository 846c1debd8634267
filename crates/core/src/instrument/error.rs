//! Why a file is no instrument, for whoever writes one: where it is, and what was expected there.

use std::fmt;

use super::{MOST_BYTES, VERSION};

/// The part of an instrument that an error is about. Levels, domains and rules count from 0 here and from 1 in sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The instrument as a whole.
    Instrument,
    /// The level with this index.
    Level(usize),
    /// The domain with this index.
    Domain(usize),
    /// The rule with this index.
    Rule(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instrument => f.write_str("The instrument"),
            Self::Level(index) => write!(f, "Level {}", index + 1),
            Self::Domain(index) => write!(f, "Domain {}", index + 1),
            Self::Rule(index) => write!(f, "Rule {}", index + 1),
        }
    }
}

/// Why a file could not be read or written as an instrument. Its words are for programs, logs and whoever writes such files, and hold
/// nothing from the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InstrumentFileError {
    /// The file is larger than [`MOST_BYTES`].
    #[error("The file has {bytes} bytes and an instrument has at most {MOST_BYTES}.")]
    TooLarge {
        /// The size of the file.
        bytes: usize,
    },
    /// The file is no JSON: cut off, damaged or something else altogether.
    #[error("The file is damaged at line {line}, column {column}.")]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 at the very start of a line.
        column: usize,
    },
    /// It is JSON, but it does not say that it is an instrument.
    #[error("The file is not an instrument: it does not begin with an opstap-instrument version.")]
    NotAnInstrument,
    /// The file was written by a newer Opstap.
    #[error(
        "The instrument has format version {version} and this Opstap reads up to {VERSION}: Opstap needs an update."
    )]
    TooNew {
        /// The version that the file names.
        version: u64,
    },
    /// Something that has to be there is not.
    #[error("{place} has no “{field}”: expected {expected}.")]
    Missing {
        /// Where.
        place: Place,
        /// The name of the field.
        field: &'static str,
        /// What should stand there.
        expected: &'static str,
    },
    /// Something is there, but not in the shape that the format gives it, or it does not fit the rest.
    #[error("{place} has “{field}” that can't be used: expected {expected}.")]
    Unusable {
        /// Where.
        place: Place,
        /// The name of the field.
        field: &'static str,
        /// What should stand there.
        expected: &'static str,
    },
    /// There is a field of another name. It is refused, since a rule that is spelt wrong would be no rule.
    #[error("{place} has a field that the format does not know: expected {expected}.")]
    Unknown {
        /// Where.
        place: Place,
        /// The fields that may stand there.
        expected: &'static str,
    },
    /// A list is too short or too long.
    #[error("{place} has {found} in “{field}”: expected {least} to {most}.")]
    Count {
        /// Where.
        place: Place,
        /// The name of the list.
        field: &'static str,
        /// How many there are.
        found: usize,
        /// How many there are at least.
        least: usize,
        /// How many there are at most.
        most: usize,
    },
    /// Two things have one name or code, so that nobody could tell them apart.
    #[error("{place} has the “{field}” of an earlier one: expected another.")]
    Twice {
        /// The later one.
        place: Place,
        /// The name of the field.
        field: &'static str,
    },
}
