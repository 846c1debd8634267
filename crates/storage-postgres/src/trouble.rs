//! What PostgreSQL's errors mean to a job: run again, look for another connection, or tell whoever asked.

use opstap_sync_server::storage::StorageError;
use tokio_postgres::error::{Error, SqlState};

/// Why one run of a job came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Another job came in between: run again.
    Race,
    /// What was to be made was there already: a race, unless it stays so.
    Taken,
    /// The connection is gone: run again on another.
    Lost,
    /// Running again does not help.
    Failed(StorageError),
}

impl Trouble {
    /// Only codes are passed on, never values: they are somebody's.
    pub(crate) fn of(error: &Error) -> Self {
        let Some(code) = error.code() else {
            let cause = std::error::Error::source(error);
            return if error.is_closed() || cause.is_some_and(comes_from_the_line) {
                Self::Lost
            } else {
                Self::Failed(StorageError::Unavailable(format!("PostgreSQL: {error}")))
            };
        };
        match code.code() {
            // A serialisation failure, a deadlock, or a lock that was not to be had in time.
            "40001" | "40P01" | "55P03" => Self::Race,
            // A row, or a table that another server makes at the same moment.
            "23505" | "42P07" | "42710" => Self::Taken,
            // The server program stops, starts or takes nobody in; a transaction that stood idle was ended.
            "57P01" | "57P02" | "57P03" | "57P05" | "25P03" | "53300" => Self::Lost,
            class if class.starts_with("08") => Self::Lost,
            "XX001" | "XX002" => Self::Failed(StorageError::Corrupt("the database")),
            code => Self::Failed(StorageError::Unavailable(format!("PostgreSQL: {code}"))),
        }
    }

    /// What to tell whoever asked when patience has run out.
    pub(crate) fn in_the_end(self) -> StorageError {
        match self {
            Self::Race => StorageError::TryAgain,
            Self::Taken => StorageError::Unavailable("a row is there already".to_owned()),
            Self::Lost => StorageError::Unavailable("PostgreSQL cannot be reached".to_owned()),
            Self::Failed(error) => error,
        }
    }
}

fn comes_from_the_line(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.is::<std::io::Error>()
}

/// Whether an error says that a row with this key is there.
pub(crate) fn is_taken(error: &Error) -> bool {
    error.code() == Some(&SqlState::UNIQUE_VIOLATION)
}
