//! What the server says of each edit.

use crate::access::NotAllowed;
use crate::stamp::Stamp;

/// Why an edit was refused: a closed list, each with a sentence of its own for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The circle is not one of this organisation's, or the author was never in it.
    UnknownCircle,
    /// It changes a record that does not exist.
    UnknownRecord,
    /// It makes a record that exists already.
    RecordExists,
    /// It makes a record of a kind the server does not know.
    UnknownKind,
    /// A needed cell is missing, or a value does not fit its cell.
    CellDoesNotFit,
    /// The parent is missing or of the wrong kind.
    WrongParent,
    /// It refers to a blob of another circle, or one its author may not read.
    ForeignBlob,
    /// The author may not do this.
    NotAllowed(NotAllowed),
    /// Another edit with the same name has other content: the device takes a new id and sends again.
    NameTaken,
    /// It is larger than an edit may be.
    TooLarge,
    /// It builds on an edit that was refused.
    BuildsOnRefused,
    /// The record was purged.
    Purged,
}

/// The server's verdict on one edit. The same edit gets the same verdict however often it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It counts, with this number in its circle.
    Accepted {
        /// The number.
        number: u64,
        /// The server's own stamp, when the edit's was too far ahead.
        restamped: Option<Stamp>,
    },
    /// It does not count; it stays on the device, in the tray.
    Refused(Reason),
    /// The author has lost the right: it is kept on the server until somebody lets it in or not.
    Quarantined,
    /// Not now: it stays in the outbox.
    Later,
}
