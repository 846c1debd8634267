//! Rows of the form as a file that can be imported again.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

use super::form::{Column, FileRow};

/// The rows as text between commas.
#[must_use]
pub fn as_text(rows: &[FileRow]) -> String {
    let header = Column::ALL.map(|column| column.name().to_owned());
    let lines = rows.iter().map(|row| Column::ALL.map(|column| row.text(column)));
    between_commas(std::iter::once(header).chain(lines))
}

/// Lines of cells as text between commas (RFC 4180).
pub fn between_commas<L: AsRef<[String]>>(lines: impl IntoIterator<Item = L>) -> String {
    let mut text = String::new();
    for line in lines {
        for (place, cell) in line.as_ref().iter().enumerate() {
            if place > 0 {
                text.push(',');
            }
            if cell.contains([',', '"', '\n', '\r']) {
                text.extend(['"'].into_iter().chain(cell.replace('"', "\"\"").chars()).chain(['"']));
            } else {
                text.push_str(cell);
            }
        }
        text.push_str("\r\n");
    }
    text
}

/// The rows as a spreadsheet, in which days are days.
///
/// # Errors
/// When there are more than a sheet holds.
pub fn as_spreadsheet(rows: &[FileRow]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    sheet.set_name("travel-programme")?.set_freeze_panes(1, 0)?;
    for (column, place) in Column::ALL.into_iter().zip(0_u16..) {
        sheet.write_with_format(0, place, column.name(), &bold)?;
        sheet.set_column_width(place, 20)?;
        for (row, line) in rows.iter().zip(1_u32..) {
            let text = row.text(column);
            if column.holds_days() && !text.is_empty() {
                sheet.write_with_format(line, place, &ExcelDateTime::parse_from_str(&text)?, &day)?;
            } else if !text.is_empty() {
                sheet.write_string(line, place, &text)?;
            }
        }
    }
    book.save_to_buffer()
}
