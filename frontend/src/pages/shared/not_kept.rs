//! An edit that was not kept.

use crate::device::{NotKept, StoreError};
use crate::words::{Word, shared};

/// Why an edit was not kept, as what to do.
pub fn not_kept(why: NotKept) -> Word {
    match why {
        NotKept::UnknownCircle | NotKept::Refused(_) => shared::MAY_NOT,
        NotKept::Store(StoreError::Full) => shared::DEVICE_FULL,
        NotKept::Store(_) => shared::CLOSE_AND_OPEN,
    }
}
