//! Runs: a client doing a plan. A run is logs; how far it got and how much help it took follows from them.

use crate::id::{PersonId, RecordId};
use crate::model::{HelpLevel, codes, model};
use crate::stamp::Millis;
use crate::value::BlobRef;

model! {
    /// A client began a plan.
    Run {
        /// The plan.
        plan: RecordId,
        /// When, by the device's corrected clock; in the past where it is written down afterwards.
        at: Millis,
        /// Whoever wrote it down did so for a client without a phone at hand.
        on_paper: Option<bool>,
    }
}

impl Run {
    /// A run of a plan that begins at this moment, on the client's own device.
    #[must_use]
    pub const fn begins(plan: RecordId, at: Millis) -> Self {
        Self { plan, at, on_paper: None }
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
        /// The client took the step's other way.
        OtherWay = "other-way",
        /// The client made one of the step's choices.
        Chosen = "chosen",
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
        /// Which choice was made.
        choice: Option<RecordId>,
    }
}

impl StepEvent {
    /// Something that happened at a step, other than a choice.
    #[must_use]
    pub const fn of(step: RecordId, what: StepOutcome, at: Millis) -> Self {
        Self { step, what, at, choice: None }
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
        /// For whom: nobody when it is made, and whom the client shows it later.
        audience: Vec<PersonId>,
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

model! {
    /// A word about the result, spoken or typed. It is the client's own until shown: the audience names to whom.
    RunWord {
        /// The words.
        text: Option<String>,
        /// The words as they were spoken.
        voice: Option<BlobRef>,
        /// When.
        at: Millis,
        /// For whom: nobody when it is made, and whom the client shows it later.
        audience: Vec<PersonId>,
    }
}

model! {
    /// How much help a step took in a run, by the word of a supporter who was there. It goes before what the taps suggest; a correction
    /// names what it replaces.
    StepHelp {
        /// The step.
        step: RecordId,
        /// How much help.
        help: HelpLevel,
        /// When it was said.
        at: Millis,
        /// The earlier answer that this one corrects.
        replaces: Option<RecordId>,
    }
}
