//! Whether a client was at the sessions of a group, in words: the same for whoever keeps them and for whoever reads the client's goals.

use opstap_core::model::Presence;
use opstap_insight::Participation;

use crate::words::{Text, Word, groups};

/// "Was er".
pub(super) const fn presence_word(presence: Presence) -> Word {
    match presence {
        Presence::Present => groups::PRESENT,
        Presence::Excused => groups::EXCUSED,
        Presence::Absent => groups::ABSENT,
    }
}

/// "was er 3 van 4 keer".
pub(super) fn how_often(part: &Participation) -> Text {
    match part.was_there() {
        (_, 0) => groups::NO_SESSION_YET.into(),
        (there, all) => groups::was_there(there, all),
    }
}
