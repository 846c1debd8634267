//! The part of the storage that belongs to circles: records, edits, history, quarantine and what was delivered to whom.

use opstap_core::access::{Section, View};
use opstap_core::model::CircleKind;
use opstap_core::protocol::Verdict;
use opstap_core::{
    Cell, CircleId, DeviceId, Edit, EditName, Kind, Millis, OrganisationId, PersonId, Record, RecordId, Stamp,
};

use super::StorageError;

/// One circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CircleRow {
    /// Its id.
    pub id: CircleId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What it is for.
    pub kind: CircleKind,
    /// The number of the last accepted edit.
    pub counter: u64,
    /// The counter with which the present epoch began; 0 in a server that was never restored.
    pub restored: u64,
}

/// What is remembered of an edit: enough to give a repeat the same verdict, and to tell it from another edit of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRow {
    /// Its name.
    pub name: EditName,
    /// Who made it.
    pub author: PersonId,
    /// The stamp under which it counts, also after a re-stamp.
    pub stamp: Stamp,
    /// The first half of the SHA-256 of its content as it was sent.
    pub digest: [u8; 16],
    /// The verdict; never [`Verdict::Later`].
    pub verdict: Verdict,
}

/// How an edit that did not count ended; what builds on it shares this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Refused.
    Refused,
    /// In quarantine.
    Quarantined,
    /// It was to make the record below one that was erased, or below one that this is said of.
    Purged,
}

/// A record that an edit wanted to make and that was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmade {
    /// The record's id.
    pub id: RecordId,
    /// The device whose edit it was.
    pub device: DeviceId,
    /// What became of that edit.
    pub fate: Fate,
}

/// An edit in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinedEdit {
    /// As it was sent, without what was erased since; of what was brought to a restored server only what that lacked.
    pub edit: Edit,
    /// Who made it.
    pub author: PersonId,
    /// When it arrived.
    pub at: Millis,
    /// What somebody made of it, if they have.
    pub ruled: Option<Ruled>,
}

/// What somebody made of an edit in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruled {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Millis,
    /// Whether it counts now.
    pub let_in: bool,
}

/// A value that is no longer in its cell, or never came there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Displaced {
    /// The cell's name.
    pub cell: opstap_core::CellName,
    /// The value with the stamp and number of the edit that set it.
    pub value: Cell,
}

/// What one person received of one section of a circle on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    /// Who received it.
    pub person: PersonId,
    /// Which section.
    pub section: Section,
    /// Days since 1970 (UTC).
    pub day: u32,
    /// How many records.
    pub records: u64,
    /// How often they watched as it went.
    pub live: u64,
}

/// That a device let go of what its person may no longer hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetGoRow {
    /// The device.
    pub device: DeviceId,
    /// Whose it is.
    pub person: PersonId,
    /// What may still be held on it: nothing when all of the circle went.
    pub view: View,
    /// When it went, by the device's corrected clock.
    pub at: Millis,
    /// When the device told.
    pub told: Millis,
}

/// Reading circles.
pub trait ReadCircle {
    /// A circle.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn circle(&self, circle: CircleId) -> Result<Option<CircleRow>, StorageError>;

    /// The circles of one kind in an organisation, in order of id.
    fn circles_of_organisation(
        &self,
        organisation: OrganisationId,
        kind: CircleKind,
    ) -> Result<Vec<CircleId>, StorageError>;

    /// A record.
    fn record(&self, circle: CircleId, id: RecordId) -> Result<Option<Record>, StorageError>;

    /// The ids of the records right below another, in order of id.
    fn children(&self, circle: CircleId, parent: RecordId) -> Result<Vec<RecordId>, StorageError>;

    /// Every record of one kind, in order of id.
    fn records_of_kind(&self, circle: CircleId, kind: Kind) -> Result<Vec<Record>, StorageError>;

    /// The records whose number is above `number`, in order of (number, id), about `at_most` of them: what shares its number with
    /// the last one comes along, so that a page always ends between two numbers.
    fn changed_after(&self, circle: CircleId, number: u64, at_most: usize) -> Result<Vec<Record>, StorageError>;

    /// The records first written with a number up to `born_up_to`, after the place (need, id), in order of (need, id), at most
    /// `at_most` of them. Which records belong to a load thus does not change while it runs.
    fn load_page(
        &self,
        circle: CircleId,
        born_up_to: u64,
        after: Option<(u8, RecordId)>,
        at_most: usize,
    ) -> Result<Vec<Record>, StorageError>;

    /// What is remembered of an edit.
    fn edit(&self, circle: CircleId, name: EditName) -> Result<Option<EditRow>, StorageError>;

    /// The stamp of the device's last accepted edit in this circle whose n is below that of `name`.
    fn stamp_before(&self, circle: CircleId, name: EditName) -> Result<Option<Stamp>, StorageError>;

    /// What became of the edits that wanted to make this record and did not.
    fn unmade(&self, circle: CircleId, id: RecordId) -> Result<Vec<Unmade>, StorageError>;

    /// The values a record no longer holds, in order of (cell, stamp).
    fn history(&self, circle: CircleId, record: RecordId) -> Result<Vec<Displaced>, StorageError>;

    /// The edits in quarantine, in order of name.
    fn quarantine(&self, circle: CircleId) -> Result<Vec<QuarantinedEdit>, StorageError>;

    /// What was delivered to whom, in order of (day, person, section).
    fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivered>, StorageError>;

    /// What devices let go of, in order of (at, device).
    fn let_go(&self, circle: CircleId) -> Result<Vec<LetGoRow>, StorageError>;
}

/// Writing circles.
pub trait WriteCircle: ReadCircle {
    /// Adds a circle; it must not exist.
    ///
    /// # Errors
    /// When the storage fails; so with all below.
    fn add_circle(&mut self, row: &CircleRow) -> Result<(), StorageError>;

    /// A circle, whose counter no other job moves until this one has ended.
    fn lock_circle(&mut self, circle: CircleId) -> Result<Option<CircleRow>, StorageError>;

    /// Sets the counter of a circle that this job locked.
    fn move_counter(&mut self, circle: CircleId, to: u64) -> Result<(), StorageError>;

    /// Says of every circle that a new epoch begins with the counter it has.
    fn mark_restored(&mut self) -> Result<(), StorageError>;

    /// Writes a record over what it was. The first write fixes the number under which it belongs to a load.
    fn put_record(&mut self, circle: CircleId, record: &Record) -> Result<(), StorageError>;

    /// Remembers an edit; its name must not be remembered yet.
    fn add_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError>;

    /// Keeps a value in a record's history; the same value of the same edit is kept once.
    fn add_displaced(&mut self, circle: CircleId, record: RecordId, displaced: &Displaced) -> Result<(), StorageError>;

    /// Remembers that a record was not made; a later word on the same record and device replaces the earlier.
    fn put_unmade(&mut self, circle: CircleId, unmade: &Unmade) -> Result<(), StorageError>;

    /// Writes over what is remembered of an edit.
    fn replace_edit(&mut self, circle: CircleId, row: &EditRow) -> Result<(), StorageError>;

    /// Keeps an edit in quarantine, over what was kept of it.
    fn put_quarantined(&mut self, quarantined: &QuarantinedEdit) -> Result<(), StorageError>;

    /// Adds to what a person received of a section on a day.
    fn add_delivery(&mut self, circle: CircleId, delivered: &Delivered) -> Result<(), StorageError>;

    /// Notes what a device let go of; told twice, it is noted once.
    fn add_let_go(&mut self, circle: CircleId, row: &LetGoRow) -> Result<(), StorageError>;

    /// Takes an edit out of quarantine without a trace.
    fn drop_quarantined(&mut self, circle: CircleId, name: EditName) -> Result<(), StorageError>;

    /// Lets go of all that is kept of a record besides its own row: its history. The bytes are to be gone from the disk, not only from
    /// sight, as soon as the database can do that.
    fn forget(&mut self, circle: CircleId, record: RecordId) -> Result<(), StorageError>;
}
