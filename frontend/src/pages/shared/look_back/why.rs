//! Why something was not taken, in a sentence for people, each with what can be done.

use opstap_core::access::NotAllowed;
use opstap_core::protocol::Reason;

use crate::words::{Word, past};

/// Why an edit was refused.
pub(super) const fn why(reason: Reason) -> Word {
    match reason {
        Reason::UnknownCircle | Reason::NotAllowed(NotAllowed::NotInTheCircle) => past::WHY_NOT_IN_CIRCLE,
        Reason::NotAllowed(NotAllowed::NoConsent) => past::WHY_NO_CONSENT,
        Reason::NotAllowed(NotAllowed::NotInTheAudience) => past::WHY_NOT_FOR_YOU,
        Reason::NotAllowed(NotAllowed::NotTheirs) => past::WHY_NOT_YOURS,
        Reason::NotAllowed(NotAllowed::WrittenOnce) => past::WHY_WRITTEN_ONCE,
        Reason::UnknownRecord | Reason::Purged | Reason::WrongParent => past::WHY_GONE,
        Reason::RecordExists | Reason::NameTaken => past::WHY_TWICE,
        Reason::UnknownKind => past::WHY_NEWER,
        Reason::CellDoesNotFit => past::WHY_DOES_NOT_FIT,
        Reason::ForeignBlob => past::WHY_PHOTO,
        Reason::TooLarge => past::WHY_TOO_LARGE,
        Reason::BuildsOnRefused => past::WHY_BUILDS_ON,
    }
}
