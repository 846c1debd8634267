//! What can be set for import, export and report of a programme.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use opstap_core::Day;

use super::Data;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Exchanged {
    /// The registrations of travel training, one a line.
    TravelProgramme,
    /// All circles with their photos and recordings, in an open form (docs/export-format.md).
    Everything,
}

/// Whose programme it is.
#[derive(Debug, Clone, Args)]
pub struct Whose {
    /// The name of the organisation; it can be left out when the server has one.
    #[arg(long = "of", value_name = "ORGANISATION")]
    pub organisation: Option<String>,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub data: Data,
}

/// In whose name something is written.
#[derive(Debug, Clone, Args)]
pub struct Writing {
    /// Writes without asking first.
    #[arg(long)]
    pub yes: bool,
    /// The first name, or the id, of the administrator or coordinator in whose name it is written; the first administrator without it.
    #[arg(long = "by", value_name = "PERSON")]
    pub author: Option<String>,
}

/// A file to import.
#[derive(Debug, Args)]
pub struct Import {
    /// The file: text between commas, semicolons or tabs, or a spreadsheet (.xlsx), of which the first sheet is read.
    pub file: PathBuf,
    /// Under which name it can be taken back; the name of the file and the moment without it.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub writing: Writing,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub whose: Whose,
}

/// Which import is taken back.
#[derive(Debug, Args)]
pub struct UndoImport {
    /// Its name, as the import said.
    pub name: String,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub writing: Writing,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub whose: Whose,
}

/// What is exported.
#[derive(Debug, Args)]
pub struct Export {
    /// What goes in the file.
    pub what: Exchanged,
    /// The file, .csv or .xlsx, or .zip for everything; it must not be there yet.
    pub file: PathBuf,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub whose: Whose,
}

/// How the figures of the programme are told.
#[derive(Debug, Args)]
pub struct Report {
    /// How it is written, to standard output.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// In which language.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub language: Language,
    /// For somebody outside the organisation: nothing about one to four people, nor what tells of them, and no names of rows.
    #[arg(long)]
    pub outside: bool,
    /// The day on which it is told, YYYY-MM-DD, which says what follow-up is due; today without it.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub on: Option<Day>,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub whose: Whose,
}

/// The shape of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// Lines for people.
    Text,
    /// A line a figure, between commas.
    Csv,
    /// One JSON object, for programs.
    Json,
    /// A page to read in a browser and to print.
    Html,
}

/// A language people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Language {
    /// Its code (BCP 47).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a day such as 2026-11-29 was expected".to_owned())
}
