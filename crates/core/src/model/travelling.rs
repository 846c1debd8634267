//! Travelling alone: the stops of a ride, and that somebody arrived.

use crate::age::Day;
use crate::id::RecordId;
use crate::model::{DuoRole, Picked, Stage, codes, model};
use crate::stamp::Millis;

model! {
    /// A stop that a ride passes, between where it begins and where it ends.
    Stop {
        /// The place in the part, a fractional index.
        order: String,
        /// What it is called.
        name: String,
    }
}

model! {
    /// The client arrived: "ik ben er".
    Arrival {
        /// The route that was travelled.
        route: RecordId,
        /// When.
        at: Millis,
    }
}

codes! {
    /// What can be frightening on the way, as it is chosen in pictures.
    Fear {
        /// When it is busy.
        Busy = "busy",
        /// The dark.
        Dark = "dark",
        /// Being late.
        Late = "late",
        /// Being lost.
        Lost = "lost",
        /// Angry people.
        People = "people",
    }
}

codes! {
    /// Why special transport is used, as it is chosen in pictures.
    SpecialReason {
        /// Rain, snow.
        Weather = "weather",
        /// When it is dark.
        Dark = "dark",
        /// When somebody is tired.
        Tired = "tired",
        /// To another place.
        Elsewhere = "elsewhere",
        /// Because it is frightening.
        Afraid = "afraid",
    }
}

codes! {
    /// What an OV-coach does, as it is chosen in pictures.
    CoachHelp {
        /// They call.
        Calls = "calls",
        /// The coach travels along.
        Along = "along",
        /// The coach tops up the travel card.
        Card = "card",
        /// The coach finds out how to travel.
        Plans = "plans",
        /// Nothing: it is not needed any more.
        Nothing = "nothing",
    }
}

/// How many there are to choose from in each question of a follow-up enquiry.
const IN_PICTURES: u8 = 5;

/// What was chosen of [`Fear`], [`SpecialReason`] or [`CoachHelp`], by the place of each in `ALL`: the same in every language.
pub type InPictures = Picked<IN_PICTURES>;

codes! {
    /// What time was spent on.
    TimeKind {
        /// With the client.
        Direct = "direct",
        /// For the client, without them.
        Indirect = "indirect",
        /// On the way.
        Travel = "travel",
    }
}

model! {
    /// Time of whoever wrote it down, spent on a client.
    TimeSpent {
        /// On which day.
        on: Day,
        /// How many minutes.
        minutes: u32,
        /// On what.
        kind: TimeKind,
        /// Whether it was not planned.
        unplanned: Option<bool>,
        /// The stage of a trajectory that it was for.
        stage: Option<Stage>,
        /// The time that this corrects.
        replaces: Option<RecordId>,
        /// What the writer was to the client then, of a duo: they may be another later.
        role: Option<DuoRole>,
        /// Whose time it was, where somebody else wrote it down.
        by: Option<String>,
        /// The run, practice or appointment in which it was spent.
        about: Option<RecordId>,
        /// The name of the import that wrote it.
        import: Option<String>,
    }
}

impl TimeSpent {
    /// Time of a day, of which nothing else is known yet.
    #[must_use]
    pub const fn of(on: Day, minutes: u32, kind: TimeKind) -> Self {
        Self {
            on,
            minutes,
            kind,
            unplanned: None,
            stage: None,
            replaces: None,
            role: None,
            by: None,
            about: None,
            import: None,
        }
    }
}
