//! Goals of the guidance, per domain of an instrument, and the evaluation that looks back on them.

use crate::age::Day;
use crate::id::{PersonId, RecordId};
use crate::model::{Picture, codes, model};
use crate::stamp::Millis;

codes! {
    /// What is worked towards in a domain, as in the effect study of combined guidance (RIBW AVV, Arnhem, 2020–21).
    Aim {
        /// Progress (vooruitgang).
        Progress = "progress",
        /// Stay stable (stabiel blijven).
        Stable = "stable",
        /// Accompanied decline (begeleide achteruitgang).
        Decline = "decline",
        /// No goal (geen doelen).
        None = "none",
    }
}

model! {
    /// A goal in a domain. Of several in the same domain that have no end the last made counts.
    DomainGoal {
        /// Which version of which instrument, as in its file: `zrm.1`.
        instrument: String,
        /// The code of the domain.
        domain: String,
        /// What is worked towards.
        aim: Aim,
        /// What the client wants, in plain words.
        words: Option<String>,
        /// A picture of it.
        picture: Option<Picture>,
        /// Since when.
        from: Option<Day>,
        /// When it was let go of, or reached.
        ended: Option<Day>,
        /// The name of the import that wrote it.
        import: Option<String>,
    }
}

model! {
    /// Something that is done for a goal.
    GoalAction {
        /// The place among the actions, a fractional index.
        order: String,
        /// What is done.
        title: String,
        /// Who sees to it.
        person: Option<PersonId>,
        /// The plan whose runs show how it goes.
        plan: Option<RecordId>,
        /// The route whose practices show how it goes.
        route: Option<RecordId>,
        /// When it was done.
        done: Option<Millis>,
    }
}

model! {
    /// A small step of an action.
    GoalStep {
        /// The place among the steps, a fractional index.
        order: String,
        /// What is done.
        title: String,
        /// When it was done.
        done: Option<Millis>,
    }
}

model! {
    /// An evaluation: how the guidance went over a period. It says which days; goals, measurements, the client's own view and hours are
    /// read from their own records.
    Evaluation {
        /// The first day.
        from: Day,
        /// The last day.
        to: Day,
        /// What stands out, in words the client can follow.
        words: Option<String>,
        /// When it was ready to be read.
        ready: Option<Millis>,
        /// The client's own word that it is so, or that they read it.
        agreed: Option<Millis>,
        /// What the client says of it.
        said: Option<String>,
    }
}

/// The cell in which the client agrees to an evaluation.
pub const EVALUATION_AGREED: &str = "agreed";
/// The cell in which the client says something of it.
pub const EVALUATION_SAID: &str = "said";
