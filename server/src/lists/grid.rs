//! A list as rows of cells, and as the files that a spreadsheet program opens. What people wrote is text there, whatever it begins with: no
//! cell is ever a formula.

use opstap_core::{Day, Millis};
use opstap_insight::Tenths;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::clock::Local;
use crate::exchange::write::between_commas;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Nothing,
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Tenths, such as of hours.
    Tenths(Tenths),
    /// A day.
    Day(Day),
    /// A moment.
    Moment(Millis),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Tenths> for Cell {
    fn from(tenths: Tenths) -> Self {
        Self::Tenths(tenths)
    }
}

impl From<Day> for Cell {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<Millis> for Cell {
    fn from(moment: Millis) -> Self {
        Self::Moment(moment)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(one: Option<T>) -> Self {
        one.map_or(Self::Nothing, Into::into)
    }
}

impl Cell {
    /// As text in a file between commas: days and moments by ISO 8601, numbers with a point.
    fn written(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => harmless(text),
            Self::Number(number) => number.to_string(),
            Self::Tenths(tenths) => tenths.written('.'),
            Self::Day(day) => day.written(),
            Self::Moment(at) => Local::of(*at).written(),
        }
    }
}

/// A text that a spreadsheet program takes for words: what it would take for a formula gets an apostrophe before it. Also further on: where
/// cells are kept apart by semicolons or tabs, as in the Netherlands, one begins behind each of these and behind a line.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut begins = true;
    for sign in text.chars() {
        let is_first = safe.is_empty() && sign == '\n';
        if is_first || begins && matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r') {
            safe.push('\'');
        }
        safe.push(sign);
        begins = matches!(sign, ';' | '\t' | '\r' | '\n');
    }
    safe
}

/// As much of a text as a cell of a spreadsheet holds.
fn that_fits(text: &str) -> &str {
    const MOST: usize = 32_767;
    let mut units = 0;
    let end = text.char_indices().find(|(_, sign)| {
        units += sign.len_utf16();
        units > MOST
    });
    end.and_then(|(place, _)| text.get(..place)).unwrap_or(text)
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// What it is called.
    pub title: String,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows, each with as many cells.
    pub rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// As text between commas (RFC 4180), in UTF-8.
    #[must_use]
    pub fn as_csv(&self) -> String {
        let lines = self.rows.iter().map(|row| row.iter().map(Cell::written).collect());
        between_commas(std::iter::once(self.head.clone()).chain(lines))
    }

    /// As a spreadsheet, in which days are days and numbers are numbers.
    ///
    /// # Errors
    /// When there is more than a sheet holds.
    pub fn as_spreadsheet(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(&self.title)?.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (name, place) in self.head.iter().zip(0_u16..) {
            sheet.write_with_format(0, place, name, &bold)?;
            sheet.set_column_width(place, 20)?;
        }
        let formats = Formats {
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            tenths: Format::new().set_num_format("0.0"),
        };
        for (row, line) in self.rows.iter().zip(1_u32..) {
            for (cell, place) in row.iter().zip(0_u16..) {
                formats.put(sheet, (line, place), cell)?;
            }
        }
        book.save_to_buffer()
    }
}

/// How numbers are shown.
struct Formats {
    day: Format,
    moment: Format,
    tenths: Format,
}

impl Formats {
    fn put(&self, sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
        let (date, format) = match cell {
            Cell::Nothing => return Ok(()),
            Cell::Text(text) => return sheet.write_string(row, column, that_fits(text)).map(|_| ()),
            Cell::Number(number) => return sheet.write_number(row, column, exactly(*number)).map(|_| ()),
            Cell::Tenths(tenths) => {
                let number = exactly(tenths.0) / 10.0;
                return sheet.write_number_with_format(row, column, number, &self.tenths).map(|_| ());
            }
            Cell::Day(day) => (date(*day, 0), &self.day),
            Cell::Moment(at) => {
                let local = Local::of(*at);
                (date(local.day, local.minutes), &self.moment)
            }
        };
        match date {
            Ok(date) => sheet.write_datetime_with_format(row, column, date, format).map(|_| ()),
            // Further than a spreadsheet's calendar goes it stands there as it is written.
            Err(_) => sheet.write_string(row, column, cell.written()).map(|_| ()),
        }
    }
}

/// A day and minutes as a spreadsheet has them.
fn date(day: Day, minutes: u32) -> Result<ExcelDateTime, XlsxError> {
    let clock = format!("{}T{:02}:{:02}:00", day.written(), minutes / 60, minutes % 60);
    ExcelDateTime::parse_from_str(&clock)
}

/// A number as a spreadsheet has it. Of what a person counts every digit is kept.
#[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
const fn exactly(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
#[path = "grid_tests.rs"]
mod tests;
