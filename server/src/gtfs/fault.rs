//! What is wrong in a feed, by file, line and column.

use std::fmt;

/// So many faults are named one by one; a feed that is wrong throughout would be a line of output for each of its lines.
const MOST_NAMED: usize = 50;
/// So much of what stands there is shown.
const SHOWN: usize = 40;

/// One thing that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file in the feed.
    pub file: &'static str,
    /// The line, as editors count; 0 for the file as a whole.
    pub line: u64,
    /// The name of the column; empty for the line as a whole.
    pub column: &'static str,
    /// What was expected.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl Fault {
    /// A fault in a cell.
    #[must_use]
    pub fn new(file: &'static str, line: u64, column: &'static str, expected: &str, found: &[u8]) -> Self {
        let found = String::from_utf8_lossy(found).chars().filter(|sign| !sign.is_control()).take(SHOWN).collect();
        Self { file, line, column, expected: expected.to_owned(), found }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {} expected", self.expected)?;
        if !self.found.is_empty() {
            write!(f, ", “{}” found", self.found)?;
        }
        Ok(())
    }
}

/// All that is wrong in a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    named: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// Notes one.
    pub fn note(&mut self, fault: Fault) {
        if self.named.len() < MOST_NAMED {
            self.named.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// Those that are named one by one, in the order in which they were met.
    #[must_use]
    pub fn named(&self) -> &[Fault] {
        &self.named
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.named {
            write!(f, "\n  {fault}")?;
        }
        if self.more > 0 {
            write!(f, "\n  and {} more", self.more)?;
        }
        Ok(())
    }
}
