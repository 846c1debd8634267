//! What can be wrong with bytes that should have been a body, an edit or a record.

/// Why bytes could not be read. Nothing of what they held is in here, so it can be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// Written by a newer version than this one reads: whoever reads has to be updated.
    #[error("the bytes are of version {version}, which is newer than this program reads")]
    TooNew {
        /// The version they name.
        version: u8,
    },
    /// Written by a version that is no longer read: whoever wrote has to be updated.
    #[error("the bytes are of version {version}, which is older than this program reads")]
    TooOld {
        /// The version they name.
        version: u8,
    },
    /// Cut off or changed on the way, or never of this format.
    #[error("the bytes are damaged: at byte {at} there should have been {expected}")]
    Damaged {
        /// Where reading stopped, in bytes from the start.
        at: usize,
        /// What should have been there.
        expected: &'static str,
    },
    /// Larger than this format may be.
    #[error("too large: at most {most} {what} are read")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// The most that is read.
        most: usize,
    },
}
