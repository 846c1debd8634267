//! Travelling alone: the stops of a ride, and that somebody arrived.

use crate::age::Day;
use crate::id::RecordId;
use crate::model::{Stage, codes, model};
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
    }
}
