//! Step plans: a plan and its steps, each step a record of its own.

use crate::id::RecordId;
use crate::model::{Picture, model};

model! {
    /// A step plan of a client, or a template in the library.
    Plan {
        /// At most six words.
        title: String,
        /// What the tile shows.
        picture: Option<Picture>,
        /// The theme's code, as in the plan format.
        theme: Option<String>,
        /// The language it is written in: `nl` or `en`.
        language: Option<String>,
        /// Its place among today's plans.
        order: Option<String>,
        /// When it is to be done, in minutes since midnight; always without it.
        minutes: Option<u32>,
        /// The template it is a copy of.
        origin: Option<RecordId>,
        /// The slug of the plan file it came from.
        file: Option<String>,
    }
}

impl Plan {
    /// A plan of which only the title is known yet.
    #[must_use]
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            picture: None,
            theme: None,
            language: None,
            order: None,
            minutes: None,
            origin: None,
            file: None,
        }
    }
}

model! {
    /// One step: one action, one picture, one sentence.
    Step {
        /// The place in the plan, a fractional index.
        order: String,
        /// At most twelve words.
        text: String,
        /// What to look at.
        picture: Option<Picture>,
        /// An explanation for whoever practises with the client.
        hint: Option<String>,
    }
}
