//! What is arranged with a client: who comes when, and who does what.

use crate::age::Day;
use crate::id::{PersonId, RecordId};
use crate::model::{Picture, codes, model};
use crate::stamp::Millis;

model! {
    /// Something that somebody round the client sees to. Whose it is follows from its handovers.
    Task {
        /// What is seen to.
        title: String,
        /// A picture of it.
        picture: Option<Picture>,
        /// The goal it serves.
        goal: Option<RecordId>,
        /// By when.
        due: Option<Day>,
        /// When it was done, or is no longer needed.
        ended: Option<Millis>,
    }
}

codes! {
    /// What somebody says on a handover of a task.
    HandoverAct {
        /// They ask somebody to take it on.
        Asked = "asked",
        /// They take it on. Only with this it is theirs.
        TakenOn = "taken-on",
        /// They do not take it on.
        Declined = "declined",
        /// They stop doing it.
        Stopped = "stopped",
    }
}

model! {
    /// A word on who does a task, of whoever wrote it.
    TaskHandover {
        /// What they say.
        act: HandoverAct,
        /// When.
        at: Millis,
        /// Who is asked.
        to: Option<PersonId>,
        /// A word with it: what to know, or why not.
        word: Option<String>,
    }
}

model! {
    /// Somebody comes to the client, or meets them.
    Appointment {
        /// Who comes.
        with: PersonId,
        /// When it begins.
        at: Millis,
        /// How long it takes, in minutes.
        minutes: u32,
        /// What for.
        title: Option<String>,
        /// Where, if not at the client's.
        place: Option<String>,
        /// A picture of it.
        picture: Option<Picture>,
        /// The route that is practised.
        route: Option<RecordId>,
        /// When it was called off.
        cancelled: Option<Millis>,
    }
}
