//! Hours of guidance: what the municipality granted.

use crate::age::Day;
use crate::model::{codes, model};

codes! {
    /// Whose time it was, of a duo.
    DuoRole {
        /// Of a personal supervisor (PB): specialist guidance (SB) is granted for it.
        Supervisor = "supervisor",
        /// Of a support worker (MB): basic guidance (BB) is granted for it.
        SupportWorker = "support-worker",
    }
}

model! {
    /// A decision (beschikking): how much guidance a client is granted, from a day to another, both included. Grants of the same days add
    /// up; one that takes the place of another begins after the other was given an earlier end.
    Grant {
        /// The first day.
        from: Day,
        /// The last day.
        to: Day,
        /// Minutes a week of specialist guidance (SB).
        specialist: u32,
        /// Minutes a week of basic guidance (BB).
        basic: u32,
        /// Where the client lived, or which support there was, before.
        situation: Option<String>,
        /// The number by which the municipality knows the decision.
        number: Option<String>,
        /// The name of the import that wrote it last.
        import: Option<String>,
    }
}

impl Grant {
    /// So many minutes a week for these days, of which nothing else is known yet.
    #[must_use]
    pub const fn of(from: Day, to: Day, specialist: u32, basic: u32) -> Self {
        Self { from, to, specialist, basic, situation: None, number: None, import: None }
    }
}
