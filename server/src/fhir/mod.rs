//! Records as FHIR R4 resources, for whoever reads them with other software: pure, one file a resource. What somebody may see is decided
//! before anything comes here; `docs/fhir.md` has the table of what becomes what.
//!
//! Where Koppeltaal 2.0 has a profile for a resource, the resource has its shape. It names the profile in `meta.profile` only where every
//! element is there that the profile demands.

mod activity_definition;
mod appointment;
mod around;
mod audit_event;
mod care_plan;
mod care_team;
mod consent;
mod element;
mod goal;
mod made;
mod observation;
mod patient;
mod practitioner;
mod questionnaire;
mod questionnaire_response;
mod related_person;
mod task;
mod words;

pub mod bundle;
pub mod capability;
pub mod finding;
pub mod moment;
pub mod outcome;
pub mod resource_type;
pub mod search;

pub use around::Around;
pub use made::Made;
pub use resource_type::ResourceType;

/// The media type of every answer.
pub const MEDIA_TYPE: &str = "application/fhir+json";

/// What the codes of this server's own are called by; what belongs to it stands behind.
const OWN: &str = "urn:opstap:fhir:";
