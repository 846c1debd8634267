//! Records as typed structs over their cells. Unknown cells stay in the record; a struct only names what this version understands.

mod arrangement;
mod cell;
mod check;
mod circle;
mod days;
mod days_off;
mod domain_goal;
mod entry;
mod exits;
mod feedback;
mod following;
mod group;
mod hours;
mod measurement;
mod message;
mod picked;
mod plan;
mod position;
mod practice;
mod preferences;
mod programme;
mod route;
mod run;
mod trajectory;
mod travelling;
mod up_to;

pub use arrangement::{Appointment, HandoverAct, Task, TaskHandover};
pub use cell::{FromCell, Picture, ToCell};
pub use check::{Fault, check_make, check_set, is_needed, known_name};
pub use circle::{CircleKind, Consent, ConsentAct, Member, OrganisationRole, Person, Relation};
pub use days::Days;
pub use days_off::DaysOff;
pub use domain_goal::{Aim, DomainGoal, EVALUATION_AGREED, EVALUATION_SAID, Evaluation, GoalAction, GoalStep};
pub use entry::BookEntry;
pub use exits::{Exit, Exits};
pub use feedback::{Feedback, FeedbackRead, FeedbackReply};
pub use following::{AttentionAct, AttentionMark, AttentionRule, AttentionSettings, Note, NoteFor, RulesOff};
pub use group::{Attendance, Group, GroupEnrolment, GroupSession, Presence};
pub use hours::{DuoRole, Grant};
pub use measurement::{Circumstances, DomainAnswer, Measurement};
pub use message::Message;
pub use picked::Picked;
pub use plan::{Choice, MASTERED_BY_CLIENT, MASTERED_BY_SUPPORTER, MOST_CHOICES, Plan, Prompt, Step, TIMES_IN_A_ROW};
pub use position::Position;
pub use practice::{GoalHelp, HelpLevel, Practice, PracticeEnd, PracticeSituation, Situation};
pub use preferences::{MOST_PICTURES, Preferences};
pub use programme::{
    MatchRefused, ProgrammeSettings, Registration, RegistrationFollowUp, RegistrationTime, TimeRole, TrainedIn,
    Volunteer,
};
pub use route::{Goal, Means, Part, Route};
pub use run::{Ending, Face, Run, RunEnd, RunFace, RunPhoto, RunWord, StepEvent, StepHelp, StepOutcome};
pub use trajectory::{
    Availability, Channel, FOLLOW_UP_MONTHS, FollowUp, FollowUpAnswer, HANDOVER_ACCEPTED, HANDOVER_AGREED, Handover,
    HandoverPoint, HandoverTopic, Indication, Intake, Learnability, SpecialTransport, Stage, StageEntry, StopReason,
    StopReasons, Trajectory, TrajectoryEnd, TrajectoryOutcome, TravelMode,
};
pub use travelling::{Arrival, CoachHelp, Fear, InPictures, SpecialReason, Stop, TimeKind, TimeSpent};
pub use up_to::UpTo;

use crate::edit::Change;
use crate::id::RecordId;
use crate::record::{Kind, Record};
use crate::value::{CellName, Value};

/// What is known of one cell of a kind.
pub struct CellSpec {
    /// The cell's name.
    pub name: &'static str,
    /// Whether a record cannot be made without it.
    pub needed: bool,
    /// Whether a value can stand in the cell.
    pub fits: fn(&Value) -> bool,
}

/// A typed reading of a record.
pub trait Model: Sized {
    /// The kind of record it reads.
    const KIND: Kind;
    /// The cells it understands.
    const CELLS: &'static [CellSpec];

    /// The struct, or `None` when the record is of another kind or lacks a needed cell.
    fn from_record(record: &Record) -> Option<Self>;

    /// The cells with which such a record is made; empty ones are left out.
    fn cells(&self) -> Vec<(CellName, Value)>;

    /// The change that makes this record at the top of a circle.
    fn make(&self, id: RecordId) -> Change {
        Change::Make { id, kind: Self::KIND, parent: None, cells: self.cells() }
    }

    /// The change that makes this record below another.
    fn make_below(&self, id: RecordId, parent: RecordId) -> Change {
        Change::Make { id, kind: Self::KIND, parent: Some(parent), cells: self.cells() }
    }
}

/// The change that sets one cell of a record.
#[must_use]
#[expect(
    clippy::needless_pass_by_value,
    reason = "callers hand in literals and enums; a reference at each call would only be noise"
)]
pub fn set(id: RecordId, cell: &'static str, value: impl ToCell) -> Change {
    Change::Set { id, cells: vec![(cell.into(), value.to_cell())] }
}

/// The change that deletes a record and, with it, all below.
#[must_use]
pub fn delete(id: RecordId) -> Change {
    set(id, crate::record::DELETED, true)
}

/// The change that brings a deleted record back.
#[must_use]
pub fn restore(id: RecordId) -> Change {
    set(id, crate::record::DELETED, false)
}

/// The change that erases a record and all below it for good. Nothing brings it back.
#[must_use]
pub fn purge(id: RecordId) -> Change {
    set(id, crate::record::PURGED, true)
}

/// Declares a struct and how it maps to cells of the same names.
macro_rules! model {
    ($(#[$doc:meta])* $name:ident { $($(#[$cell_doc:meta])* $cell:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$cell_doc])* pub $cell: $type),+
        }

        impl crate::model::Model for $name {
            const KIND: crate::record::Kind = crate::record::Kind::$name;
            const CELLS: &'static [crate::model::CellSpec] = &[$(crate::model::CellSpec {
                name: stringify!($cell),
                needed: <$type as crate::model::FromCell>::NEEDED,
                fits: <$type as crate::model::FromCell>::fits,
            }),+];

            fn from_record(record: &crate::record::Record) -> Option<Self> {
                if record.kind != Self::KIND {
                    return None;
                }
                Some(Self { $($cell: crate::model::FromCell::from_cell(record.value(stringify!($cell)))?),+ })
            }

            fn cells(&self) -> Vec<(crate::value::CellName, crate::value::Value)> {
                crate::model::filled(vec![$((stringify!($cell), crate::model::ToCell::to_cell(&self.$cell))),+])
            }
        }
    };
}

/// The cells that hold something.
fn filled(cells: Vec<(&'static str, Value)>) -> Vec<(CellName, Value)> {
    let filled = cells.into_iter().filter(|(_, value)| !value.is_nothing());
    filled.map(|(name, value)| (CellName::Borrowed(name), value)).collect()
}

/// Declares an enum whose variants are codes in a text cell.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in the cell.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The variant with this code, if this version knows it.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.code() == code)
            }
        }

        impl crate::model::FromCell for $name {
            const NEEDED: bool = true;
            fn from_cell(value: Option<&crate::value::Value>) -> Option<Self> {
                match value {
                    Some(crate::value::Value::Text(code)) => Self::from_code(code),
                    _ => None,
                }
            }

            /// A newer version may have another code, and a cell that can do without is kept as it is.
            fn fits_where_optional(value: &crate::value::Value) -> bool {
                matches!(value, crate::value::Value::Text(_))
            }
        }

        impl crate::model::ToCell for $name {
            fn to_cell(&self) -> crate::value::Value {
                crate::value::Value::Text(self.code().to_owned())
            }
        }
    };
}

pub(crate) use {codes, model};
