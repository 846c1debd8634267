//! What a device asks the server outside the round trip: it needs a network, and nothing of it is kept.

use opstap_core::access::Section;
use opstap_core::history::PastEdit;
use opstap_core::{CircleId, EditName, Millis, PersonId, RecordId};

use crate::transport::TransportError;

/// An edit in quarantine. Its name is `n` of the device of its stamp, and the moment of that is when it came. Of a record that it only
/// changes, the device knows kind and what it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetApart {
    /// What it does, and whose it is.
    pub edit: PastEdit,
    /// The n of its name.
    pub n: u64,
    /// Whether nobody ruled on it yet.
    pub waits: bool,
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
    /// Whether they watched a run as it went.
    pub live: bool,
}

/// That edits in quarantine wait for this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitsIn {
    /// In which circle.
    pub circle: CircleId,
    /// How many.
    pub count: usize,
    /// When the newest came.
    pub latest: Millis,
}

/// That somebody's device let go of what its person may no longer hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetGoTold {
    /// Whose device.
    pub person: PersonId,
    /// When, by its corrected clock.
    pub at: Millis,
}

/// A way in for somebody, that works once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// To type; none for whoever comes by the link alone.
    pub code: Option<String>,
    /// To open.
    pub link: String,
    /// From when it no longer works.
    pub expires: Millis,
    /// The QR code of the link: so many squares wide, and the dark ones as an SVG path.
    pub qr: Option<(u32, String)>,
}

/// Where this person wants to hear by e-mail that there is something new.
#[derive(Clone, PartialEq, Eq)]
pub struct MailAddress {
    /// The address.
    pub address: String,
    /// Whether its owner confirmed it; no mail goes there before.
    pub confirmed: bool,
    /// Whether it tells on working days how much asks for attention.
    pub digest: bool,
}

/// The questions.
pub trait Online {
    /// What people did to a record and below it, newest first; refused when it is not there, or not for this person.
    async fn history(&self, circle: CircleId, record: RecordId) -> Result<Vec<PastEdit>, TransportError>;

    /// What came on whose device, newest first.
    async fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivery>, TransportError>;

    /// Whose devices let go of what they may no longer hold, newest first.
    async fn let_go(&self, circle: CircleId) -> Result<Vec<LetGoTold>, TransportError>;

    /// In which circles edits in quarantine wait for this person.
    async fn waits_in(&self) -> Result<Vec<WaitsIn>, TransportError>;

    /// When a phone of each client that this person supports was last heard of, within an hour.
    async fn phones_heard(&self) -> Result<Vec<(CircleId, Millis)>, TransportError>;

    /// The edits in quarantine in a circle, those ruled on too.
    async fn set_apart(&self, circle: CircleId) -> Result<Vec<SetApart>, TransportError>;

    /// Lets an edit in quarantine count, or not.
    async fn rule(&self, circle: CircleId, name: EditName, let_in: bool) -> Result<Ruled, TransportError>;

    /// A way in for somebody of a circle; refused where that is not this person's to give.
    async fn invite(&self, circle: CircleId, person: PersonId) -> Result<Invitation, TransportError>;

    /// Opens the circle of a new client under an id that this device made, and gives the client's account. Asked again it is the same.
    async fn open_circle(&self, circle: CircleId, name: &str) -> Result<PersonId, TransportError>;

    /// Adds an account under an id that this device made, for somebody who is to join a circle.
    async fn add_person(&self, person: PersonId, name: &str) -> Result<(), TransportError>;

    /// Where this person wants mail; refused where the organisation sends none.
    async fn mail(&self) -> Result<Option<MailAddress>, TransportError>;

    /// Asks for mail at this address, in the place of the one before; refused when no mail can go to it.
    async fn ask_for_mail(&self, address: &str) -> Result<Option<MailAddress>, TransportError>;

    /// Wants to hear at the own address on working days how much asks for attention, or no longer; refused where there is none.
    async fn want_digest(&self, wanted: bool) -> Result<(), TransportError>;

    /// Wants no mail any more.
    async fn end_mail(&self) -> Result<(), TransportError>;
}
