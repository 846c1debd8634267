//! Groups: in the programme what is offered, in the circle of a client that they take part.

use crate::age::Day;
use crate::id::RecordId;
use crate::model::{Picture, codes, model};

model! {
    /// A group of the organisation.
    Group {
        /// What it is called.
        name: String,
        /// A picture of it.
        picture: Option<Picture>,
        /// When and where it meets, in words.
        meets: Option<String>,
        /// How many places there are.
        places: Option<u32>,
        /// When it ended.
        ended: Option<Day>,
    }
}

model! {
    /// A session of a group, in figures alone: who was there stands in their own circles.
    GroupSession {
        /// On which day.
        on: Day,
        /// How long it took, in minutes.
        minutes: Option<u32>,
        /// How many were registered for the group.
        registered: Option<u32>,
        /// How many took part.
        attended: Option<u32>,
    }
}

model! {
    /// A client takes part in a group.
    GroupEnrolment {
        /// The group, in the programme.
        group: RecordId,
        /// What it is called.
        name: String,
        /// A picture of it.
        picture: Option<Picture>,
        /// Since when.
        from: Day,
        /// Until when.
        until: Option<Day>,
    }
}

codes! {
    /// Whether somebody was at a session.
    Presence {
        /// They were.
        Present = "present",
        /// They were not, and said so before.
        Excused = "excused",
        /// They were not.
        Absent = "absent",
    }
}

model! {
    /// Whether the client was at a session. A correction names what it replaces.
    Attendance {
        /// The session, in the programme.
        session: RecordId,
        /// On which day.
        on: Day,
        /// Whether they were.
        presence: Presence,
        /// The word that this corrects.
        replaces: Option<RecordId>,
    }
}
