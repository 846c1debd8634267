//! The decision: person, standing in the circle, ground, consents in force, audience, section and action.

use crate::access::{Section, View};
use crate::id::{PersonId, RecordId};
use crate::model::{CircleKind, Consent, ConsentAct, Member, Model, OrganisationRole, Person, Relation};
use crate::record::{AUDIENCE, DELETED, Kind, PURGED, Record};
use crate::stamp::Millis;
use crate::value::{CellName, Value};

/// What somebody wants to do with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action<'a> {
    /// See it.
    Read,
    /// Make it.
    Make,
    /// Set these cells of it.
    Change(&'a [(CellName, Value)]),
}

/// The ground on which somebody may see a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// It is about them, or they decide for the client by law.
    Own,
    /// The record of care: those who give the support, by law.
    RecordOfCare,
    /// A consent of the client, now in force.
    Consent(RecordId),
    /// They are in the circle and may know who else is.
    Membership,
    /// Their role in the organisation, in library and programme.
    Role,
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotAllowed {
    /// They are not (or no longer) in the circle.
    NotInTheCircle,
    /// No consent in force covers the section.
    NoConsent,
    /// The record names its audience and they are not in it.
    NotInTheAudience,
    /// Their relation or role does not do this.
    NotTheirs,
    /// A log is written once.
    WrittenOnce,
}

/// The outcome of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Yes, on this ground.
    Allowed(Ground),
    /// No.
    Refused(NotAllowed),
}

impl Decision {
    /// Whether it is a yes.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed(_))
    }
}

/// What of a record matters to the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// The persons it names as its audience.
    pub audience: Option<Vec<PersonId>>,
    /// Who made it, where known.
    pub author: Option<PersonId>,
}

impl Subject {
    /// The subject of a record.
    #[must_use]
    pub fn of(record: &Record, author: Option<PersonId>) -> Self {
        Self { kind: record.kind, audience: record.audience(), author }
    }
}

/// Who is in a circle and which consents stand: all that a decision needs, read from the circle's own records.
#[derive(Debug, Clone)]
pub struct CircleAccess {
    kind: CircleKind,
    members: Vec<Member>,
    given: Vec<(RecordId, Consent)>,
}

impl CircleAccess {
    /// Reads members and consents from records; others are passed over.
    #[must_use]
    pub fn new<'a>(kind: CircleKind, records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut access = Self { kind, members: Vec::new(), given: Vec::new() };
        let mut ended = Vec::new();
        for record in records.into_iter().filter(|record| !record.is_deleted()) {
            access.members.extend(Member::from_record(record));
            match Consent::from_record(record) {
                Some(consent) if consent.act == ConsentAct::Given => {
                    access.given.push((record.id, consent));
                }
                // Ended by name, not by time: a withdrawal wins from whichever clock it came.
                Some(consent) => ended.extend(consent.ends),
                None => {}
            }
        }
        access.given.retain(|(id, _)| !ended.contains(id));
        access
    }

    /// What the person is in this circle.
    #[must_use]
    pub fn relation(&self, person: PersonId) -> Option<Relation> {
        self.members.iter().find(|member| member.person == person).map(|member| member.relation)
    }

    /// Whether anybody is this in the circle.
    #[must_use]
    pub fn has(&self, relation: Relation) -> bool {
        self.members.iter().any(|member| member.relation == relation)
    }

    /// The client of the circle, if it has one.
    #[must_use]
    pub fn client(&self) -> Option<PersonId> {
        self.members.iter().find(|member| member.relation == Relation::Client).map(|member| member.person)
    }

    /// The consents now in force for a person, with their ids.
    pub fn consents(&self, person: PersonId, now: Millis) -> impl Iterator<Item = (RecordId, &Consent)> {
        self.given
            .iter()
            .filter(move |(_, consent)| {
                consent.person == person && consent.from <= now && consent.until.is_none_or(|until| now < until)
            })
            .map(|(id, consent)| (*id, consent))
    }

    /// Decides whether `person` may do `action` with `subject` at `now`. On the server `now` is the server's clock.
    #[must_use]
    pub fn decide(&self, person: Person, now: Millis, subject: &Subject, action: Action<'_>) -> Decision {
        let section = Section::of(subject.kind);
        let ground = match self.ground(person, now, section) {
            Ok(ground) => ground,
            Err(why) => return Decision::Refused(why),
        };
        let own = ground == Ground::Own || subject.author == Some(person.id);
        let in_audience = |audience: &Vec<PersonId>| own || audience.contains(&person.id);
        if !subject.audience.as_ref().is_none_or(in_audience) {
            return Decision::Refused(NotAllowed::NotInTheAudience);
        }
        let refused = match action {
            Action::Read => None,
            Action::Make => (!self.writes(person, subject.kind)).then_some(NotAllowed::NotTheirs),
            Action::Change(cells) if cells.iter().any(|(name, _)| name == PURGED) => {
                (!self.purges(person, subject.kind)).then_some(NotAllowed::NotTheirs)
            }
            Action::Change(cells) => self.refuses_change(person, subject, own, cells),
        };
        refused.map_or(Decision::Allowed(ground), Decision::Refused)
    }

    /// The digest of what the person may see now.
    #[must_use]
    pub fn view(&self, person: Person, now: Millis) -> View {
        let sections: u64 = Section::ALL
            .iter()
            .filter(|section| self.ground(person, now, **section).is_ok())
            .map(|section| section.bit())
            .sum();
        let standing = match self.kind {
            CircleKind::Client => self.relation(person.id).map(|relation| relation as u8 + 1),
            CircleKind::Library | CircleKind::Programme => Some(person.role as u8 + 32),
        };
        match standing {
            Some(standing) if sections != 0 => View::of(standing, sections),
            _ => View::NOTHING,
        }
    }

    /// The ground on which the person may read a section, apart from any record's audience.
    fn ground(&self, person: Person, now: Millis, section: Section) -> Result<Ground, NotAllowed> {
        let relation = match self.kind {
            CircleKind::Library | CircleKind::Programme => return self.ground_of_role(person.role),
            CircleKind::Client => self.relation(person.id).ok_or(NotAllowed::NotInTheCircle)?,
        };
        match relation {
            Relation::Client | Relation::Representative => Ok(Ground::Own),
            Relation::NeighbourhoodCoach => self.ground_of_coach(person, now, section),
            _ if section == Section::Circle => Ok(Ground::Membership),
            _ if Section::BY_CONSENT.contains(&section) => self.consent_for(person, now, section),
            relation if relation.is_professional() => Ok(Ground::RecordOfCare),
            _ if section == Section::Training => self.consent_for(person, now, Section::Travel),
            _ if section == Section::Appointments => self.consent_for(person, now, Section::Plans),
            _ => Err(NotAllowed::NotTheirs),
        }
    }

    /// Of another organisation: all they see is by the client's word, who is round the client too, which they see as long as they see
    /// anything. What professionals note among themselves is not for them.
    fn ground_of_coach(&self, person: Person, now: Millis, section: Section) -> Result<Ground, NotAllowed> {
        match section {
            Section::Notes => Err(NotAllowed::NotTheirs),
            Section::Circle => {
                let mut consents =
                    self.consents(person.id, now).filter(|(_, consent)| consent.section != Section::Notes);
                consents.next().map(|(id, _)| Ground::Consent(id)).ok_or(NotAllowed::NoConsent)
            }
            Section::Training => self.consent_for(person, now, Section::Travel),
            Section::Appointments => self.consent_for(person, now, Section::Plans),
            section => self.consent_for(person, now, section),
        }
    }

    fn consent_for(&self, person: Person, now: Millis, section: Section) -> Result<Ground, NotAllowed> {
        self.consents(person.id, now)
            .find(|(_, consent)| consent.section == section)
            .map(|(id, _)| Ground::Consent(id))
            .ok_or(NotAllowed::NoConsent)
    }

    fn ground_of_role(&self, role: OrganisationRole) -> Result<Ground, NotAllowed> {
        let least = if self.kind == CircleKind::Library {
            OrganisationRole::Professional
        } else {
            OrganisationRole::Coordinator
        };
        if role >= least { Ok(Ground::Role) } else { Err(NotAllowed::NotTheirs) }
    }

    /// Whether the person's relation makes and changes records of this kind, given that they may read them.
    fn writes(&self, person: Person, kind: Kind) -> bool {
        let Some(relation) = self.relation(person.id) else {
            return self.kind != CircleKind::Client;
        };
        match (Section::of(kind), relation) {
            // Only the client or who decides for them gives and withdraws consent.
            (Section::Circle, Relation::Client | Relation::Representative) => kind == Kind::Consent,
            (Section::Circle, Relation::Supervisor | Relation::Coordinator) => kind == Kind::Member,
            (Section::Circle, _) => false,
            // The neighbourhood coach reads what the client agreed to and writes nothing.
            (_, Relation::NeighbourhoodCoach) => false,
            (
                Section::Plans
                | Section::Progress
                | Section::Photos
                | Section::Travel
                | Section::Messages
                | Section::Training
                | Section::Appointments,
                _,
            )
            // Goals and their steps are the client's own, and so is their view on how it went.
            | (Section::Goals | Section::Measurements, Relation::Client | Relation::Representative) => true,
            (_, relation) => relation.is_professional(),
        }
    }

    /// Whether the person may have a record erased for good: the client, and who decides for them, anything but who is in the
    /// circle and which consents there were, on which everybody's rights rest; in library and programme a coordinator.
    fn purges(&self, person: Person, kind: Kind) -> bool {
        match self.kind {
            CircleKind::Client => {
                let decides = matches!(self.relation(person.id), Some(Relation::Client | Relation::Representative));
                decides && Section::of(kind) != Section::Circle
            }
            CircleKind::Library | CircleKind::Programme => person.role >= OrganisationRole::Coordinator,
        }
    }

    fn refuses_change(
        &self,
        person: Person,
        subject: &Subject,
        own: bool,
        cells: &[(CellName, Value)],
    ) -> Option<NotAllowed> {
        let only_once = |(name, _): &(CellName, Value)| name != DELETED && name != AUDIENCE;
        if subject.kind.is_log() && (subject.kind == Kind::Consent || cells.iter().any(only_once)) {
            return Some(NotAllowed::WrittenOnce);
        }
        // Whom a record is for is up to whoever made it and to the client.
        let names_audience = cells.iter().any(|(name, _)| name == AUDIENCE);
        let allowed = if subject.kind.is_log() {
            own || self.writes(person, subject.kind) && !names_audience
        } else {
            self.writes(person, subject.kind) && (own || !names_audience)
        };
        (!allowed).then_some(NotAllowed::NotTheirs)
    }
}

#[cfg(test)]
#[path = "circle_access_tests.rs"]
mod tests;
