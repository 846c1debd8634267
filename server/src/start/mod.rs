//! From settings to a running server and back to a clean stop; and the other things the program does.

mod backup;
mod data_folder;
mod everything;
mod exchange;
mod guidance;
mod instruments;
mod lease;
mod link;
mod opened;
mod serve;
mod stops;

use std::io;

use opstap_sync_server::{ServiceError, StorageError};

use crate::exchange::ExchangeError;
use crate::export::NotExported;
use crate::first_start::FirstStartError;
use crate::gtfs::GtfsError;
use crate::guidance::instruments::NoInstrument;
use crate::journal::JournalError;

pub use backup::{back_up, restore};
pub use data_folder::DataFolder;
pub use exchange::{export, undo_import};
pub use guidance::{import_any, report_on};
pub use instruments::instruments;
pub use lease::set_lease;
pub use link::{CONSOLE_VALID, print_link};
pub use serve::serve;
pub use stops::import_stops;

/// Why the program could not do what it was started for. The sentence says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder cannot be made or written.
    #[error("the data folder {folder} can't be used: {cause}. Choose another with --data, or change whose it is")]
    Folder {
        /// Which.
        folder: String,
        /// Why.
        cause: io::Error,
    },
    /// Another server works on the same data.
    #[error(
        "another Opstap is running on the data folder {folder}. Stop that one first, or choose another folder with --data"
    )]
    InUse {
        /// Which.
        folder: String,
    },
    /// There is no data yet.
    #[error("there is no data in {folder} yet. Start the server once, or point --data to its folder")]
    NothingYet {
        /// Where.
        folder: String,
    },
    /// The address cannot be listened on.
    #[error("{address} can't be listened on: {cause}. Another program may use it; choose another with --listen")]
    Listen {
        /// Which.
        address: std::net::SocketAddr,
        /// Why.
        cause: io::Error,
    },
    /// A backup would write over something.
    #[error("{folder} is there already. A backup goes into a folder of its own")]
    NotEmpty {
        /// Which.
        folder: String,
    },
    /// A folder that is no whole backup.
    #[error("{folder} is no backup of Opstap, or one that did not come to its end: {name} is missing")]
    NoBackup {
        /// Which.
        folder: String,
        /// What it lacks.
        name: &'static str,
    },
    /// The journal cannot be used.
    #[error("the journal {file} can't be used: {cause}")]
    Journal {
        /// Which.
        file: String,
        /// Why.
        cause: JournalError,
    },
    /// The mail server's address is none.
    #[error("the mail server can't be used: {0}. --smtp-url says how to reach it")]
    Mail(#[from] lettre::transport::smtp::Error),
    /// Nobody of that name.
    #[error("nobody here is called {0}")]
    Nobody(String),
    /// A file could not be imported, exported or reported on.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// Not everything could be exported.
    #[error(transparent)]
    NotExported(#[from] NotExported),
    /// The database does not work.
    #[error("the database can't be used: {0}")]
    Storage(#[from] StorageError),
    /// The service does not work.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A timetable feed could not be imported.
    #[error(transparent)]
    Gtfs(#[from] GtfsError),
    /// An instrument could not be added or taken away.
    #[error(transparent)]
    Instrument(#[from] NoInstrument),
    /// A new server could not be filled.
    #[error("the first start did not come to its end: {0}. The next start begins it anew")]
    FirstStart(#[from] FirstStartError),
    /// The terminal, a socket or a signal.
    #[error(transparent)]
    Io(#[from] io::Error),
}
