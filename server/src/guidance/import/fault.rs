//! What in a file is not as it should be, for whoever can mend it.

use std::fmt;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file, where several are read at once.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: u64,
}

impl Spot {
    /// A line of the only file.
    #[must_use]
    pub const fn line(line: u64) -> Self {
        Self { file: None, line }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}, ")?;
        }
        write!(f, "line {}", self.line)
    }
}

/// Something in a file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub spot: Spot,
    /// The column or element; none for a fault of the line as a whole.
    pub place: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What stands there; none where it is nobody's to read, or says nothing.
    pub found: Option<String>,
}

impl Fault {
    /// Something else was expected on a line as a whole.
    #[must_use]
    pub fn of_line(spot: &Spot, expected: impl Into<String>) -> Self {
        Self { spot: spot.clone(), place: None, expected: expected.into(), found: None }
    }

    /// Something else was expected in a column.
    #[must_use]
    pub fn in_column(spot: &Spot, column: &str, expected: impl Into<String>, found: &str) -> Self {
        let place = Some(format!("column {column}"));
        Self { place, found: Some(found.to_owned()), ..Self::of_line(spot, expected) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.spot)?;
        if let Some(place) = &self.place {
            write!(f, ", {place}")?;
        }
        write!(f, ": {} was expected", self.expected)?;
        match self.found.as_deref() {
            None => Ok(()),
            Some("") => f.write_str(", and nothing is there"),
            // As it would stand in code: what is there may be anything.
            Some(found) => write!(f, ", and {found:?} is there"),
        }
    }
}
