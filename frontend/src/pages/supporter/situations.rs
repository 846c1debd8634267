//! The situations that can be practised on purpose, with word and pictogram.

use opstap_core::model::Situation;

use crate::words::{Word, practice};

/// The word of a situation.
pub fn word(situation: Situation) -> Word {
    match situation {
        Situation::AskingTheWay => practice::ASKING_THE_WAY,
        Situation::WrongStop => practice::WRONG_STOP,
        Situation::Disruption => practice::DISRUPTION,
        Situation::FellowPassenger => practice::FELLOW_PASSENGER,
        Situation::Other => practice::OTHER_SITUATION,
    }
}

/// The pictogram of a situation.
pub fn pictogram(situation: Situation) -> &'static str {
    match situation {
        Situation::AskingTheWay => "round-pushpin",
        Situation::WrongStop => "bus-stop",
        Situation::Disruption => "warning",
        Situation::FellowPassenger => "speech-balloon",
        Situation::Other => "red-question-mark",
    }
}
