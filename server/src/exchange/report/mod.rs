//! The figures of a programme as a report: for people, as a table, or for programs; each with its definition.

mod json;
mod page;
mod table;
mod text;
mod words;

use std::collections::BTreeMap;

use opstap_core::{Day, Record, RecordId};
use opstap_insight::{Amounts, Programme, ProgrammeRow, programme_rows, programme_settings};

use super::ExchangeError;
use super::holdings::number_of;
use crate::settings::{Language, ReportFormat};

pub use words::{Said, Words};

/// For whom a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The organisation itself: everything, with the rows behind it.
    Organisation,
    /// Anybody else: nothing about one to four people, and no rows.
    Outside,
}

/// The report on the programme of an organisation on a day, from its records, for a reader and in a language.
///
/// # Errors
/// When the words that are shipped cannot be read.
pub fn report(
    (organisation, day): (&str, Day),
    records: &[Record],
    for_whom: (Reader, Language),
    format: ReportFormat,
) -> Result<String, ExchangeError> {
    let rows = programme_rows(records);
    let programme = Programme::of(&rows, programme_settings(records).as_ref(), day);
    Ok(Told::of((organisation, day), &programme, &rows, for_whom)?.written(format))
}

/// A report to be written.
pub struct Told<'a> {
    programme: &'a Programme,
    amounts: Amounts,
    /// The names of the rows, for a reader who may see them.
    numbers: Option<BTreeMap<RecordId, String>>,
    words: Words,
    language: Language,
    organisation: &'a str,
    day: Day,
}

impl<'a> Told<'a> {
    /// The figures of an organisation's programme on a day, in a language.
    ///
    /// # Errors
    /// When the words that are shipped cannot be read.
    pub fn of(
        (organisation, day): (&'a str, Day),
        programme: &'a Programme,
        rows: &[ProgrammeRow],
        (reader, language): (Reader, Language),
    ) -> Result<Self, ExchangeError> {
        let (amounts, numbers) = match reader {
            Reader::Organisation => {
                (programme.amounts(), Some(rows.iter().map(|row| (row.id, number_of(row))).collect()))
            }
            Reader::Outside => (programme.masked(), None),
        };
        Ok(Self { programme, amounts, numbers, words: Words::of(language)?, language, organisation, day })
    }

    /// The report.
    #[must_use]
    pub fn written(&self, format: ReportFormat) -> String {
        match format {
            ReportFormat::Text => text::written(self),
            ReportFormat::Csv => table::written(self),
            ReportFormat::Json => json::written(self),
            ReportFormat::Html => page::written(self),
        }
    }

    /// The names of the rows behind a figure.
    fn rows_behind(&self, key: opstap_insight::FigureKey) -> Option<Vec<&str>> {
        let numbers = self.numbers.as_ref()?;
        let rows = self.programme.figure(key).rows;
        Some(rows.iter().filter_map(|row| numbers.get(row)).map(String::as_str).collect())
    }
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
