//! Why something was not taken, in a sentence for people, each with what can be done.

use opstap_core::access::NotAllowed;
use opstap_core::protocol::Reason;
use opstap_core::record::Kind;

use crate::words::{Word, desk};

/// Why an edit was refused.
pub(super) const fn why(reason: Reason) -> Word {
    match reason {
        Reason::UnknownCircle | Reason::NotAllowed(NotAllowed::NotInTheCircle) => desk::WHY_NOT_IN_CIRCLE,
        Reason::NotAllowed(NotAllowed::NoConsent) => desk::WHY_NO_CONSENT,
        Reason::NotAllowed(NotAllowed::NotInTheAudience) => desk::WHY_NOT_FOR_YOU,
        Reason::NotAllowed(NotAllowed::NotTheirs) => desk::WHY_NOT_YOURS,
        Reason::NotAllowed(NotAllowed::WrittenOnce) => desk::WHY_WRITTEN_ONCE,
        Reason::UnknownRecord | Reason::Purged | Reason::WrongParent => desk::WHY_GONE,
        Reason::RecordExists | Reason::NameTaken => desk::WHY_TWICE,
        Reason::UnknownKind => desk::WHY_NEWER,
        Reason::CellDoesNotFit => desk::WHY_DOES_NOT_FIT,
        Reason::ForeignBlob => desk::WHY_PHOTO,
        Reason::TooLarge => desk::WHY_TOO_LARGE,
        Reason::BuildsOnRefused => desk::WHY_BUILDS_ON,
    }
}

/// What an edit was about, by the kind of the first record it made.
pub(super) const fn what(made: Option<Kind>) -> Word {
    match made {
        Some(Kind::Plan) => desk::WHAT_PLAN,
        Some(Kind::Step) => desk::WHAT_STEP,
        Some(Kind::Run | Kind::StepEvent | Kind::RunEnd | Kind::RunFace | Kind::RunPhoto) => desk::WHAT_RUN,
        Some(Kind::Route | Kind::Part | Kind::Goal) => desk::WHAT_ROUTE,
        Some(Kind::Practice | Kind::GoalHelp | Kind::Situation | Kind::PracticeEnd) => desk::WHAT_PRACTICE,
        Some(Kind::Message) => desk::WHAT_MESSAGE,
        Some(Kind::Consent) => desk::WHAT_CONSENT,
        Some(Kind::Member) => desk::WHAT_MEMBER,
        Some(Kind::Unknown(_)) | None => desk::WHAT_CHANGE,
    }
}
