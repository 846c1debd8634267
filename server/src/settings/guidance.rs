//! What can be set for import and report, of guidance too.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use opstap_core::Day;

use super::exchange::day;
use super::{Import, Language, Report, ReportFormat, Whose, Writing};

/// What is imported.
#[derive(Debug, Args)]
pub struct Imports {
    /// What the file holds.
    #[command(subcommand)]
    pub what: Importing,
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum Importing {
    /// The registrations of travel training, one a line.
    TravelProgramme(Import),
    /// The time of supervisors and support workers, one a line: client, date, worker, role, minutes, kind.
    Hours(Import),
    /// What clients are granted, one a line: client, from, to, and minutes a week of specialist and basic guidance.
    Grants(Import),
    /// Two measurements with the goal between them, a line a domain: client, domain, first, goal, second.
    Measurements(Measurements),
    /// Grants as a municipality sends them: allocations of iWmo, messages WMO301.
    Allocations(Allocations),
}

/// Which measurements.
#[derive(Debug, Args)]
pub struct Measurements {
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub import: Import,
    /// With which instrument: a name such as zrm or iroc, a version such as zrm.2017, or the file of one of your own (.json).
    #[arg(long, value_name = "INSTRUMENT")]
    pub instrument: String,
    /// The day of the first measurement, YYYY-MM-DD; without it the first day that is granted, else on which time was written down.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub first: Option<Day>,
    /// The day of the second; without it the last of those days.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub second: Option<Day>,
}

/// Which allocations.
#[derive(Debug, Args)]
pub struct Allocations {
    /// The messages, XML files of iWmo 3.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The products that are specialist guidance: codes between commas, of products or of whole categories.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub specialist: Vec<String>,
    /// The products that are basic guidance.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub basic: Vec<String>,
    /// The products that are no guidance and are passed over.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub other: Vec<String>,
    /// Until when an allocation without an end is read, YYYY-MM-DD; without it such an allocation is a fault.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<Day>,
    /// Who the clients are, a table with columns bsn and client; without it by the name in the message. Nothing of it is kept.
    #[arg(long, value_name = "FILE")]
    pub clients: Option<PathBuf>,
    /// Under which name it can be taken back; the name of the first file and the moment without it.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub writing: Writing,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub whose: Whose,
}

/// What is reported.
#[derive(Debug, Args)]
pub struct Reports {
    /// On what.
    #[command(subcommand)]
    pub what: Reporting,
}

/// On what there are reports.
#[derive(Debug, Subcommand)]
pub enum Reporting {
    /// The figures of the programme of travel training.
    TravelProgramme(Report),
    /// The time of supervisors and support workers against what is granted, a row a client.
    Hours(HoursReport),
    /// First and later measurements beside the goal, for each domain of each client.
    Effect(EffectReport),
    /// Whether following is used: who of the professionals looked at what asked for attention, week by week. It names no client.
    Following(Telling),
}

/// How a report of guidance is told.
#[derive(Debug, Args)]
pub struct Telling {
    /// How it is written, to standard output.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// In which language.
    #[arg(long, value_enum, default_value_t = Language::Nl)]
    pub language: Language,
    /// The first day, YYYY-MM-DD; without it the first of which there is anything to tell.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<Day>,
    /// The last day; without it the last of which there is anything to tell.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub to: Option<Day>,
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub whose: Whose,
}

/// How the report on hours is told.
#[derive(Debug, Args)]
pub struct HoursReport {
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub telling: Telling,
    /// Tells the weeks of each client too; as a table between commas (csv) these instead of the clients.
    #[arg(long)]
    pub weeks: bool,
}

/// How the report on effect is told.
#[derive(Debug, Args)]
pub struct EffectReport {
    #[expect(missing_docs, reason = "clap would show it as a heading")]
    #[command(flatten)]
    pub telling: Telling,
    /// With which instrument was measured, as for an import; all that ship and were measured with, without it.
    #[arg(long, value_name = "INSTRUMENT")]
    pub instrument: Option<String>,
}
