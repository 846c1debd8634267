//! One file of a feed as a stream of rows, with its columns by name. Whatever the bytes are, no row takes more memory than a line may have.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use csv::ByteRecord;

use super::GtfsError;
use super::archive::Limits;
use super::fault::{Fault, Faults};

/// A column that is looked for.
#[derive(Debug, Clone, Copy)]
pub enum Column {
    /// It has to be there.
    Needed(&'static str),
    /// It may be left out; then all its cells are empty.
    Optional(&'static str),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Needed(name) | Self::Optional(name) => name,
        }
    }
}

/// Counts what is read, and stops where a line or the file as a whole has no end.
struct Measured<R> {
    source: R,
    limits: Limits,
    read: Rc<Cell<u64>>,
    /// How much was read when the row began.
    row_from: Rc<Cell<u64>>,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.read.get();
        if read - self.row_from.get() > self.limits.line {
            return Err(io::Error::other("a line of it has no end; a quotation mark may be missing"));
        }
        if read > self.limits.bytes {
            return Err(io::Error::other("it is larger than any timetable"));
        }
        let more = self.source.read(into)?;
        self.read.set(read.saturating_add(more as u64));
        Ok(more)
    }
}

/// A file that is read row by row.
pub struct Table<R> {
    file: &'static str,
    reader: csv::Reader<Measured<R>>,
    columns: Vec<(&'static str, Option<usize>)>,
    width: usize,
    row: ByteRecord,
    /// The line at which the reading of the row began.
    begins: u64,
    read: Rc<Cell<u64>>,
    row_from: Rc<Cell<u64>>,
}

impl<R: Read> Table<R> {
    /// Reads its first line. Nothing, with a fault for each, when columns are missing.
    pub fn open(
        file: &'static str,
        source: R,
        columns: &[Column],
        limits: Limits,
        faults: Option<&mut Faults>,
    ) -> Result<Option<Self>, GtfsError> {
        let (read, row_from) = (Rc::default(), Rc::default());
        let measured = Measured { source, limits, read: Rc::clone(&read), row_from: Rc::clone(&row_from) };
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(measured);
        let row = ByteRecord::new();
        let mut table = Self { file, reader, columns: Vec::new(), width: 0, row, begins: 1, read, row_from };
        table.read_row()?;
        table.width = table.row.len();
        let place = |name: &str| table.row.iter().position(|cell| cell.trim_ascii() == name.as_bytes());
        let found: Vec<_> = columns.iter().map(|column| (column.name(), place(column.name()))).collect();
        let missing =
            columns.iter().zip(&found).filter(|(column, (_, at))| matches!(column, Column::Needed(_)) && at.is_none());
        let missing: Vec<_> = missing.map(|(column, _)| column.name()).collect();
        if let Some(faults) = faults {
            for column in &missing {
                faults.note(Fault::new(file, 1, column, "a column of this name was", b""));
            }
        }
        table.columns = found;
        Ok(missing.is_empty().then_some(table))
    }

    fn read_row(&mut self) -> Result<bool, GtfsError> {
        // What the reader has read ahead belongs to this row or a later one.
        self.row_from.set(self.read.get());
        self.begins = self.reader.position().line();
        self.reader.read_byte_record(&mut self.row).map_err(|cause| {
            let cause = match cause.into_kind() {
                csv::ErrorKind::Io(cause) => cause.to_string(),
                other => format!("{other:?}"),
            };
            GtfsError::Unreadable { file: self.file, cause }
        })
    }

    /// Goes to the next row; says whether there is one. A row of another width than the first line is a fault, and passed over.
    pub fn next(&mut self, faults: &mut Faults) -> Result<bool, GtfsError> {
        while self.read_row()? {
            if self.row.len() == self.width {
                return Ok(true);
            }
            // A line of nothing but spaces is no row.
            if self.row.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                let (expected, found) =
                    (format!("{} cells, as in the first line, were", self.width), self.row.len().to_string());
                faults.note(Fault::new(self.file, self.line(), "", &expected, found.as_bytes()));
            }
        }
        Ok(false)
    }

    /// A cell of the row, without spaces around what is in it. `column` counts as they were asked for.
    pub fn cell(&self, column: usize) -> &[u8] {
        let at = self.columns.get(column).and_then(|(_, at)| *at);
        at.and_then(|at| self.row.get(at)).unwrap_or_default().trim_ascii()
    }

    /// The number of the row's line, as editors count.
    pub fn line(&self) -> u64 {
        // Counted back from its end, as lines without anything before it are passed over.
        let inside = self.row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        self.reader.position().line().saturating_sub(1 + inside).max(self.begins)
    }

    /// That something else was expected in a cell of this row.
    pub fn fault(&self, column: usize, expected: &str) -> Fault {
        let name = self.columns.get(column).map_or("", |(name, _)| *name);
        Fault::new(self.file, self.line(), name, expected, self.cell(column))
    }

    /// A cell as text; nothing, with a fault, where it is none.
    pub fn text(&self, column: usize, faults: &mut Faults) -> Option<String> {
        let text = std::str::from_utf8(self.cell(column)).ok().filter(|text| text.len() <= LONGEST_TEXT);
        if text.is_none() {
            faults.note(self.fault(column, "text in UTF-8 of at most 255 bytes was"));
        }
        text.map(opstap_core::stops::tidy)
    }

    /// A cell as the name of a row in one of the tables; nothing, with a fault, where there is none.
    pub fn id(&self, column: usize, faults: &mut Faults) -> Option<&[u8]> {
        let id = self.cell(column);
        let fits = !id.is_empty() && id.len() <= LONGEST_TEXT;
        if !fits {
            faults.note(self.fault(column, "an id of 1 to 255 bytes was"));
        }
        fits.then_some(id)
    }
}

/// The longest text that is kept, in bytes: no name or id is as long.
const LONGEST_TEXT: usize = 255;
