//! Who is in a circle, and what the client lets them see.

use crate::access::Section;
use crate::id::{PersonId, RecordId};
use crate::model::{codes, model};
use crate::stamp::Millis;

/// What a circle is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CircleKind {
    /// The people round one client, and every record about that client.
    Client = 1,
    /// The template plans of an organisation.
    Library = 2,
    /// The programme of an organisation: volunteers, matching, groups.
    Programme = 3,
}

impl CircleKind {
    /// The kind of circle with this code.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Client),
            2 => Some(Self::Library),
            3 => Some(Self::Programme),
            _ => None,
        }
    }
}

/// What a person is in the organisation, which gives rights in library and programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum OrganisationRole {
    /// A client, volunteer or carer: no rights outside their circles.
    Participant = 0,
    /// A personal supervisor or support worker.
    Professional = 1,
    /// Recruits and matches volunteers, answers to the funder.
    Coordinator = 2,
    /// Sets up the organisation.
    Administrator = 3,
}

impl OrganisationRole {
    /// The role with this code.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Participant),
            1 => Some(Self::Professional),
            2 => Some(Self::Coordinator),
            3 => Some(Self::Administrator),
            _ => None,
        }
    }

    /// Whether they may see how often colleagues looked at what asks for attention, over the whole organisation and without a client in it:
    /// whoever answers for the work, and not colleagues of each other.
    #[must_use]
    pub fn sees_whether_following_is_used(self) -> bool {
        self >= Self::Coordinator
    }
}

/// Who asks: one account in one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub id: PersonId,
    /// What they are in the organisation.
    pub role: OrganisationRole,
}

codes! {
    /// What somebody is to the client.
    Relation {
        /// The client of the circle.
        Client = "client",
        /// Decides for the client by law.
        Representative = "representative",
        /// A parent or other informal carer.
        Carer = "carer",
        /// A volunteer, buddy or student.
        Volunteer = "volunteer",
        /// The personal supervisor (PB).
        Supervisor = "supervisor",
        /// The support worker (MB).
        SupportWorker = "support-worker",
        /// The coordinator.
        Coordinator = "coordinator",
        /// The neighbourhood coach of the municipality.
        NeighbourhoodCoach = "neighbourhood-coach",
    }
}

impl Relation {
    /// Whether the person works for the provider of support.
    #[must_use]
    pub const fn is_professional(self) -> bool {
        matches!(self, Self::Supervisor | Self::SupportWorker | Self::Coordinator)
    }
}

model! {
    /// A person in the circle.
    Member {
        /// The account.
        person: PersonId,
        /// What they are to the client.
        relation: Relation,
        /// The first name by which the circle knows them.
        name: String,
        /// What the client calls them, such as "mijn moeder".
        called: Option<String>,
        /// The telephone number, for the help button.
        phone: Option<String>,
        /// The name of the drawn face shown until there is a photo.
        face: Option<String>,
        /// Their place among the faces.
        order: Option<String>,
    }
}

codes! {
    /// Whether a consent log gives or takes.
    ConsentAct {
        /// The person may see the section from now on.
        Given = "given",
        /// An earlier consent ends.
        Withdrawn = "withdrawn",
    }
}

model! {
    /// A consent of the client: one person, one section, a period. Written once; a withdrawal is a log of its own.
    Consent {
        /// Whether it gives or withdraws.
        act: ConsentAct,
        /// To whom.
        person: PersonId,
        /// What they may see.
        section: Section,
        /// From when.
        from: Millis,
        /// Until when; open without it.
        until: Option<Millis>,
        /// The consent that a withdrawal ends.
        ends: Option<RecordId>,
    }
}
