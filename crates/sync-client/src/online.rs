//! What a device asks the server outside the round trip: it needs a network, and nothing of it is kept.

use opstap_core::access::Section;
use opstap_core::history::{PastChange, PastEdit};
use opstap_core::{CircleId, EditName, Millis, PersonId, RecordId};

use crate::transport::TransportError;

/// An edit in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetApart {
    /// Its name.
    pub name: EditName,
    /// Who made it.
    pub author: PersonId,
    /// When it came.
    pub at: Millis,
    /// Whether somebody ruled on it, and whether it counts since.
    pub let_in: Option<bool>,
    /// What it does. Of a record that it only changes, the device knows kind and what it held.
    pub changes: Vec<PastChange>,
}

/// What came of a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruled {
    /// It holds.
    Done,
    /// What the edit needs is not there yet; it still waits.
    CannotBe,
    /// Somebody else was first, or it is not this person's to rule on.
    NotThere,
}

/// That something of a section came on somebody's device on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// Whose device.
    pub person: PersonId,
    /// The section.
    pub section: Section,
    /// Days since 1970 (UTC).
    pub day: u32,
}

/// The questions.
pub trait Online {
    /// What people did to a record and below it, newest first; nothing when it is not there, or not for this person.
    async fn history(&self, circle: CircleId, record: RecordId) -> Result<Option<Vec<PastEdit>>, TransportError>;

    /// What came on whose device, newest first.
    async fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivery>, TransportError>;

    /// In which circles edits in quarantine wait for this person, and how many.
    async fn waits_in(&self) -> Result<Vec<(CircleId, usize)>, TransportError>;

    /// The edits in quarantine in a circle, those ruled on too.
    async fn set_apart(&self, circle: CircleId) -> Result<Vec<SetApart>, TransportError>;

    /// Lets an edit in quarantine count, or not.
    async fn rule(&self, circle: CircleId, name: EditName, let_in: bool) -> Result<Ruled, TransportError>;
}
