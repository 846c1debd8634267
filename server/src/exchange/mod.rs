//! A programme to and from files: registrations in, as one act that can be taken back, and out again; and the figures as a report.

pub mod acts;
pub mod expected;
pub mod form;
pub mod grid;
pub mod holdings;
pub mod ids;
mod office;
mod parts;
pub mod past;
pub mod plan;
pub mod read;
pub mod report;
pub mod shown;
pub mod undo;
pub mod write;

use std::io;

use opstap_sync_server::{ServiceError, StorageError};

use crate::first_start::FirstStartError;
use crate::guidance::instruments::NoInstrument;

use grid::Unreadable;
use read::Held;

pub use office::{Holdings, Office};

/// What a file holds: rows, and what in it is not as expected.
///
/// # Errors
/// When it is neither text nor a spreadsheet.
pub fn held(bytes: &[u8]) -> Result<Held, Unreadable> {
    Ok(read::held(&grid::lines(bytes)?))
}

/// Why a file could not be imported, exported or reported on. The sentence says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The file cannot be read or written.
    #[error("{file} can't be used: {cause}")]
    File {
        /// Which.
        file: String,
        /// Why.
        cause: io::Error,
    },
    /// The file is larger than any programme.
    #[error("{file} is larger than {most} MB; import it in parts")]
    TooLarge {
        /// Which.
        file: String,
        /// The largest that is read, in MB.
        most: u64,
    },
    /// The file is neither text nor a spreadsheet.
    #[error("{file} was not imported: {cause}")]
    Unreadable {
        /// Which.
        file: String,
        /// Why.
        cause: Unreadable,
    },
    /// Something in the file is not as expected; each fault was named.
    #[error("{file} was not imported, and nothing was written: {faults} faults, each with its line above")]
    Faults {
        /// Which.
        file: String,
        /// How many.
        faults: usize,
    },
    /// A file that is there would be written over.
    #[error("{0} is there already; choose another name")]
    IsThere(String),
    /// The name of a file does not say what it is to be.
    #[error("{0} should end in .csv or .xlsx")]
    WhichForm(String),
    /// The name of an export of everything does not say what it is.
    #[error("{0} should end in .zip")]
    NoZip(String),
    /// There was an import of that name.
    #[error("there was an import named {0} before; choose another name")]
    NameTaken(String),
    /// A name that nobody could type again.
    #[error("{0:?} can't be the name of an import: it begins with a letter or a digit and has at most 64 signs")]
    NoName(String),
    /// There was no import of that name.
    #[error("there is no import named {name}. There are: {known}")]
    NoSuchImport {
        /// The name.
        name: String,
        /// The names there are.
        known: String,
    },
    /// Nobody said yes.
    #[error("nothing was written. With --yes it is")]
    NotAgreed,
    /// The server has several organisations, or none of that name.
    #[error("say with --of which organisation it is: {0}")]
    WhichOrganisation(String),
    /// Nobody of that name may write in a programme.
    #[error("nobody called {0} is an administrator or a coordinator there; say with --by in whose name it is written")]
    NotTheirs(String),
    /// Somebody wrote in the programme at the same moment.
    #[error("nothing was written: {0}. Run it again")]
    NotWritten(#[from] FirstStartError),
    /// Somebody wrote in some of the rows at the same moment: those are left as they are.
    #[error(
        "part was written: {written} rows are, and {left} not, in which somebody wrote at the same moment. Run it again to see what is left"
    )]
    PartWritten {
        /// How many rows are.
        written: usize,
        /// How many are not.
        left: usize,
    },
    /// There is no such instrument.
    #[error(transparent)]
    Instrument(#[from] NoInstrument),
    /// A spreadsheet could not be made.
    #[error("the spreadsheet could not be made: {0}")]
    Spreadsheet(#[from] rust_xlsxwriter::XlsxError),
    /// The words of a report are not as they should be: a mistake in what is shipped.
    #[error("the words of the report can't be read: {0}")]
    Words(#[from] serde_json::Error),
    /// The service failed.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The terminal.
    #[error(transparent)]
    Terminal(#[from] io::Error),
}

#[cfg(test)]
#[path = "round_tests.rs"]
mod tests;
