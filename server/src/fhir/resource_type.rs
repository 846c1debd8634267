//! The resources that are served: what each is made of, and by what it is found.

use opstap_core::Kind;

use super::{Around, Made};
use super::{
    activity_definition, appointment, audit_event, care_plan, care_team, consent, goal, observation, patient,
    practitioner, questionnaire, questionnaire_response, related_person, task,
};
use crate::guidance::instruments::Instruments;

/// What an id of a resource is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdOf {
    /// A record.
    Record,
    /// A circle.
    Circle,
    /// The client of a circle.
    Client,
    /// Something that may be in any of the circles.
    Other,
    /// Nothing in a circle: everybody who is signed in has it.
    Everybody,
}

/// A type of resource that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourceType {
    /// A step plan, of a client or in the library.
    ActivityDefinition,
    /// That somebody comes to the client.
    Appointment,
    /// What was delivered to whom on a day.
    AuditEvent,
    /// The goals of a client, what is done for them, and the plans.
    CarePlan,
    /// A circle.
    CareTeam,
    /// A consent of the client.
    Consent,
    /// A goal in a domain.
    Goal,
    /// A level of one domain, or how much help a step took.
    Observation,
    /// The client of a circle.
    Patient,
    /// Somebody who works for the provider of support.
    Practitioner,
    /// An instrument.
    Questionnaire,
    /// A measurement.
    QuestionnaireResponse,
    /// Somebody else round the client.
    RelatedPerson,
    /// A plan that the client does, or something that somebody sees to.
    Task,
}

impl ResourceType {
    /// Every type, in order of name.
    pub const ALL: [Self; 14] = [
        Self::ActivityDefinition,
        Self::Appointment,
        Self::AuditEvent,
        Self::CarePlan,
        Self::CareTeam,
        Self::Consent,
        Self::Goal,
        Self::Observation,
        Self::Patient,
        Self::Practitioner,
        Self::Questionnaire,
        Self::QuestionnaireResponse,
        Self::RelatedPerson,
        Self::Task,
    ];

    /// The name in FHIR.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ActivityDefinition => "ActivityDefinition",
            Self::Appointment => "Appointment",
            Self::AuditEvent => "AuditEvent",
            Self::CarePlan => "CarePlan",
            Self::CareTeam => "CareTeam",
            Self::Consent => "Consent",
            Self::Goal => "Goal",
            Self::Observation => "Observation",
            Self::Patient => "Patient",
            Self::Practitioner => "Practitioner",
            Self::Questionnaire => "Questionnaire",
            Self::QuestionnaireResponse => "QuestionnaireResponse",
            Self::RelatedPerson => "RelatedPerson",
            Self::Task => "Task",
        }
    }

    /// The type of this name, if it is served.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// What its ids are the ids of.
    #[must_use]
    pub const fn id_of(self) -> IdOf {
        match self {
            Self::CarePlan | Self::CareTeam => IdOf::Circle,
            Self::Patient => IdOf::Client,
            Self::AuditEvent | Self::Practitioner => IdOf::Other,
            Self::Questionnaire => IdOf::Everybody,
            Self::ActivityDefinition
            | Self::Appointment
            | Self::Consent
            | Self::Goal
            | Self::Observation
            | Self::QuestionnaireResponse
            | Self::RelatedPerson
            | Self::Task => IdOf::Record,
        }
    }

    /// The kinds of records it is made of; members are always among them, since others are named by them.
    #[must_use]
    pub const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::ActivityDefinition => &[Kind::Member, Kind::Plan, Kind::Step],
            Self::Appointment => &[Kind::Member, Kind::Appointment],
            Self::AuditEvent | Self::CareTeam | Self::Patient | Self::Practitioner | Self::RelatedPerson => {
                &[Kind::Member]
            }
            Self::CarePlan => &[Kind::Member, Kind::Plan, Kind::DomainGoal, Kind::GoalAction, Kind::GoalStep],
            Self::Consent => &[Kind::Member, Kind::Consent],
            Self::Goal => &[Kind::Member, Kind::DomainGoal],
            Self::Observation => {
                &[Kind::Member, Kind::Step, Kind::Measurement, Kind::DomainAnswer, Kind::Run, Kind::StepHelp]
            }
            Self::Questionnaire => &[],
            Self::QuestionnaireResponse => &[Kind::Member, Kind::Measurement, Kind::DomainAnswer],
            Self::Task => &[Kind::Member, Kind::Plan, Kind::Task, Kind::TaskHandover],
        }
    }

    /// By which parameters a search finds it by time; none where it has none.
    #[must_use]
    pub const fn dates(self) -> &'static [&'static str] {
        match self {
            Self::Appointment
            | Self::AuditEvent
            | Self::CarePlan
            | Self::CareTeam
            | Self::Consent
            | Self::Observation => &["date"],
            Self::Goal => &["date", "start-date"],
            Self::QuestionnaireResponse => &["date", "authored"],
            Self::Task => &["date", "period"],
            Self::ActivityDefinition
            | Self::Patient
            | Self::Practitioner
            | Self::Questionnaire
            | Self::RelatedPerson => &[],
        }
    }

    /// Whether it is of one client, by which a search finds it.
    #[must_use]
    pub const fn is_of_a_client(self) -> bool {
        !matches!(self, Self::Patient | Self::Practitioner | Self::Questionnaire | Self::ActivityDefinition)
    }

    /// Whether it says when it was changed.
    #[must_use]
    pub const fn says_when_changed(self) -> bool {
        !matches!(self, Self::Questionnaire)
    }

    /// The profile of Koppeltaal 2.0 of which it has every element that is demanded.
    #[must_use]
    pub const fn profile(self) -> Option<&'static str> {
        match self {
            Self::CareTeam => Some("http://koppeltaal.nl/fhir/StructureDefinition/KT2CareTeam"),
            Self::Task => Some("http://koppeltaal.nl/fhir/StructureDefinition/KT2Task"),
            _ => None,
        }
    }

    /// All resources of this type that a circle holds, of what may be read of it.
    #[must_use]
    pub fn made_of(self, around: &Around<'_>) -> Vec<Made> {
        match self {
            Self::ActivityDefinition => activity_definition::all(around),
            Self::Appointment => appointment::all(around),
            Self::AuditEvent => audit_event::all(around),
            Self::CarePlan => care_plan::all(around),
            Self::CareTeam => care_team::all(around),
            Self::Consent => consent::all(around),
            Self::Goal => goal::all(around),
            Self::Observation => observation::all(around),
            Self::Patient => patient::all(around),
            Self::Practitioner => practitioner::all(around),
            Self::Questionnaire => Vec::new(),
            Self::QuestionnaireResponse => questionnaire_response::all(around),
            Self::RelatedPerson => related_person::all(around),
            Self::Task => task::all(around),
        }
    }

    /// All resources of this type that belong to no circle.
    #[must_use]
    pub fn of_everybody(self, base: &str, instruments: &Instruments) -> Vec<Made> {
        if self == Self::Questionnaire { questionnaire::all(base, instruments) } else { Vec::new() }
    }
}
