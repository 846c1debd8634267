//! Messages within the circle.

use crate::id::{PersonId, RecordId};
use crate::model::model;
use crate::stamp::Millis;

model! {
    /// A message, such as "Ik kom er niet uit" with the step it is about.
    Message {
        /// For whom.
        to: PersonId,
        /// The words.
        text: String,
        /// When.
        at: Millis,
        /// The step it is about.
        step: Option<RecordId>,
    }
}
