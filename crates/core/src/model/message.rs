//! Messages within the circle.

use crate::id::{PersonId, RecordId};
use crate::model::model;
use crate::stamp::Millis;
use crate::value::BlobRef;

model! {
    /// A message, such as "Ik kom er niet uit" with the step it is about.
    Message {
        /// For whom.
        to: PersonId,
        /// The words; empty where a photo or a voice says it all.
        text: String,
        /// When.
        at: Millis,
        /// The step it is about.
        step: Option<RecordId>,
        /// A photo.
        photo: Option<BlobRef>,
        /// The words as they were spoken.
        voice: Option<BlobRef>,
    }
}

impl Message {
    /// A message of words alone.
    #[must_use]
    pub fn saying(to: PersonId, text: impl Into<String>, at: Millis) -> Self {
        Self { to, text: text.into(), at, step: None, photo: None, voice: None }
    }
}
