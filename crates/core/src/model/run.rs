//! Runs: a client doing a plan. A run is logs; how far it got and how much help it took follows from them.

use crate::id::{PersonId, RecordId};
use crate::model::{codes, model};
use crate::stamp::Millis;
use crate::value::BlobRef;

model! {
    /// A client began a plan.
    Run {
        /// The plan.
        plan: RecordId,
        /// When, by the device's corrected clock.
        at: Millis,
    }
}

codes! {
    /// What happened at a step.
    StepOutcome {
        /// The step came on the screen, at the start, after the step before, or on coming back.
        Shown = "shown",
        /// The client tapped "Klaar".
        Done = "done",
        /// The client asked for help.
        HelpAsked = "help-asked",
        /// The client tapped "Lukt niet".
        NotManaged = "not-managed",
        /// The client went back to the step before.
        Back = "back",
        /// The client stopped for now; the run goes on at this step.
        Later = "later",
    }
}

model! {
    /// Something that happened at a step during a run.
    StepEvent {
        /// The step.
        step: RecordId,
        /// What happened.
        what: StepOutcome,
        /// When, by the device's corrected clock.
        at: Millis,
    }
}

codes! {
    /// How a run ended.
    Ending {
        /// The client came to the end. A step that was passed over on the way tells so itself.
        Done = "done",
        /// Given up half-way.
        Stopped = "stopped",
    }
}

model! {
    /// A run ended.
    RunEnd {
        /// How.
        how: Ending,
        /// When, by the device's corrected clock.
        at: Millis,
    }
}

model! {
    /// A photo of the result. It is the client's own until shared: the audience names with whom.
    RunPhoto {
        /// The photo.
        photo: BlobRef,
        /// When it was taken.
        at: Millis,
        /// For whom; made empty, set when the client shows it.
        audience: Option<Vec<PersonId>>,
    }
}

codes! {
    /// How it went, as one of five faces.
    Face {
        /// Very well.
        Great = "great",
        /// Well.
        Good = "good",
        /// So-so.
        SoSo = "so-so",
        /// Hard.
        Hard = "hard",
        /// Bad.
        Bad = "bad",
    }
}

model! {
    /// The face picked after a run.
    RunFace {
        /// Which.
        face: Face,
        /// When.
        at: Millis,
    }
}
