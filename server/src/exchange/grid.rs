//! A file as lines of cells: text between commas, semicolons or tabs, or the first sheet of a spreadsheet. Whatever the bytes are, it is one
//! of those or a sentence on why not.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

use super::parts;

/// A file of more than so many bytes is not read: a programme of 100,000 registrations is smaller.
pub const MOST_BYTES: u64 = 20_000_000;
/// More lines than this are not read.
pub const MOST_LINES: usize = 100_000;
/// A cell further to the right is not read: no form has so many columns.
const MOST_COLUMNS: usize = 100;
/// A spreadsheet that unpacks to more bytes than this is not read: [`MOST_LINES`] full lines are half of it.
const MOST_UNPACKED: u64 = 100_000_000;
/// A cell of more bytes than this is cut off; nothing that is expected is as long.
const LONGEST_CELL: usize = 500;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, as editors and spreadsheets count: from 1.
    pub number: u64,
    /// Its cells, without spaces around what is in them.
    pub cells: Vec<String>,
}

/// Why a file is no lines of cells.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Bytes that are no text.
    #[error("line {0} is not text in UTF-8; in a spreadsheet program choose “CSV UTF-8”, or .xlsx")]
    NotText(u64),
    /// A spreadsheet that cannot be read.
    #[error("the spreadsheet can't be read: {0}")]
    Spreadsheet(String),
    /// A spreadsheet that is small only as long as it is packed.
    #[error("unpacked it has more than {most} MB; import it in parts", most = MOST_UNPACKED / 1_000_000)]
    TooMuchUnpacked,
    /// More than is read.
    #[error("it has more than {MOST_LINES} lines; import it in parts")]
    TooLong,
}

/// The lines of a file that hold anything. What the file is follows from its bytes, not from its name.
///
/// # Errors
/// When it is neither text nor a spreadsheet, or too long.
pub fn lines(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let lines = if bytes.starts_with(b"PK") { of_spreadsheet(bytes)? } else { of_text(bytes)? };
    Ok(lines.into_iter().filter(|line| line.cells.iter().any(|cell| !cell.is_empty())).collect())
}

fn of_text(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|wrong| {
        let before = bytes.get(..wrong.valid_up_to()).unwrap_or_default();
        Unreadable::NotText(1 + before.iter().filter(|byte| **byte == b'\n').count() as u64)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // One sign at the end of every line, also of the last: by it the lines are counted.
    let text = format!("{}\n", text.replace("\r\n", "\n").replace('\r', "\n"));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(between(&text))
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let begins = reader.position().line();
        // What is in memory and is text cannot fail to be read.
        if !reader.read_record(&mut record).map_err(|_| Unreadable::NotText(begins))? {
            return Ok(lines);
        }
        if lines.len() == MOST_LINES {
            return Err(Unreadable::TooLong);
        }
        // Counted back from its end, as lines without anything before it are passed over.
        let inside = record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64;
        let number = reader.position().line().saturating_sub(1 + inside).max(begins);
        lines.push(Line { number, cells: record.iter().take(MOST_COLUMNS).map(tidy).collect() });
    }
}

/// The sign between cells: the one that stands most often in the first line that holds anything.
fn between(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let often = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    // Of as many the comma, which comes last.
    [b'\t', b';', b','].into_iter().max_by_key(often).unwrap_or(b',')
}

fn tidy(cell: &str) -> String {
    let cell = cell.trim();
    let end = (0..=cell.len().min(LONGEST_CELL)).rev().find(|end| cell.is_char_boundary(*end));
    end.and_then(|end| cell.get(..end)).unwrap_or_default().to_owned()
}

/// The rows of a spreadsheet. What reads it counts on what it says of itself: where that is wrong it may panic, and then it cannot be read.
fn of_spreadsheet(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    parts::within(bytes, MOST_UNPACKED)?;
    let read = std::panic::catch_unwind(|| first_sheet(bytes));
    read.unwrap_or_else(|_| Err(Unreadable::Spreadsheet("it is damaged".to_owned())))
}

/// The first sheet, cell by cell: a sheet as a whole would take room for every place up to the last cell, wherever that stands.
fn first_sheet(bytes: &[u8]) -> Result<Vec<Line>, Unreadable> {
    let unreadable = |cause: calamine::XlsxError| Unreadable::Spreadsheet(cause.to_string());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let Some(sheet) = book.sheet_names().first().cloned() else {
        return Err(Unreadable::Spreadsheet("it has no sheet".to_owned()));
    };
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let (column, text) = (column as usize, text_of(cell.get_value()));
        if column >= MOST_COLUMNS || text.is_empty() {
            continue;
        }
        if lines.len() == MOST_LINES && !lines.contains_key(&row) {
            return Err(Unreadable::TooLong);
        }
        let line = lines.entry(row).or_default();
        line.resize(line.len().max(column + 1), String::new());
        if let Some(place) = line.get_mut(column) {
            *place = tidy(&text);
        }
    }
    Ok(lines.into_iter().map(|(row, cells)| Line { number: u64::from(row) + 1, cells }).collect())
}

/// A cell as it would stand in text: days as in the form, yes and no as words.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "yes".to_owned(),
        DataRef::Bool(false) => "no".to_owned(),
        DataRef::DateTime(moment) => day_of(moment),
        DataRef::Error(error) => format!("{error:?}"),
    }
}

fn day_of(moment: &ExcelDateTime) -> String {
    // Further than a calendar goes it is a number: the arithmetic behind it is made for days.
    let days = moment.as_f64();
    if !moment.is_datetime() || !(0.0..3_000_000.0).contains(&days) {
        return days.to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

#[cfg(test)]
#[path = "grid_tests.rs"]
mod tests;
