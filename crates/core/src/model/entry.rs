//! What a client puts into the book apart from any plan.

use crate::id::PersonId;
use crate::model::model;
use crate::stamp::Millis;
use crate::value::BlobRef;

model! {
    /// Something in the client's book: a photo, words, spoken or typed, or both. It is the client's own until shown: the audience names
    /// to whom.
    BookEntry {
        /// When it was put in.
        at: Millis,
        /// The words.
        text: Option<String>,
        /// The photo.
        photo: Option<BlobRef>,
        /// The words as they were spoken.
        voice: Option<BlobRef>,
        /// For whom: nobody when it is made, and whom the client shows it later.
        audience: Vec<PersonId>,
    }
}
