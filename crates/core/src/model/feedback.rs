//! Feedback on a practice: what the volunteer tells parent and coordinator, and what they say back.

use crate::id::RecordId;
use crate::model::model;
use crate::stamp::Millis;

model! {
    /// The volunteer's feedback on a practice, in sentences.
    Feedback {
        /// What they read.
        text: String,
        /// When it was sent.
        at: Millis,
        /// The feedback that this one corrects.
        replaces: Option<RecordId>,
    }
}

model! {
    /// An answer to feedback.
    FeedbackReply {
        /// Which feedback.
        feedback: RecordId,
        /// What is said.
        text: String,
        /// When.
        at: Millis,
    }
}

model! {
    /// Somebody read feedback.
    FeedbackRead {
        /// Which feedback.
        feedback: RecordId,
        /// When.
        at: Millis,
    }
}
