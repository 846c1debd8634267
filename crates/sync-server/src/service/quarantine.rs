//! Edits whose authors had lost the right when they arrived: the client and the responsible professional read them, and let them in or not.

mod waiting;

use opstap_core::access::{Section, Subject};
use opstap_core::merge::ReadRecords;
use opstap_core::model::{Person, Relation};
use opstap_core::protocol::Reason;
use opstap_core::{CircleId, DeviceId, EditName, Millis, PersonId, Record, RecordId};

use self::waiting::Waiting;
use super::circles::{circle_in, circles_for};
use super::delivered::delivered;
use super::desk::access_of;
use super::inbox::{Inbox, News};
use super::reader::Reader;
use super::receive::Taking;
use super::{Service, ServiceError, Session};
use crate::storage::{CircleRow, QuarantinedEdit, Snapshot, Storage, StorageError, Txn};

/// What came of a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It counts now, with this number.
    LetIn {
        /// The number in its circle.
        number: u64,
    },
    /// It does not count, and stays to be read.
    TurnedAway,
    /// Nothing by this name waits, or it is not this person's to rule on. The two look the same.
    NotTheirs,
    /// It cannot count as things are now; it still waits.
    CannotBe(Reason),
}

impl<S: Storage> Service<S> {
    /// The edits in quarantine that this person has a say in and may read, in order of device and n; those ruled on too.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn quarantined(&self, session: Session, circle: CircleId) -> Result<Vec<QuarantinedEdit>, ServiceError> {
        let now = self.now();
        let read = self.storage.read(move |snapshot| {
            let Some(row) = circle_in(snapshot, circle, &session)?.filter(|_| !session.revoked) else {
                return Ok((Vec::new(), Vec::new()));
            };
            let theirs = theirs(snapshot, &row, (session.person, now))?;
            let reader = Reader::new(snapshot, &row, session.person, now)?;
            let lines = delivered(&row, &reader, session.person.id, now, sections(snapshot, &row, &theirs)?);
            Ok((theirs, lines))
        });
        let (theirs, lines) = read.await?;
        self.note_delivered(lines).await?;
        Ok(theirs)
    }

    /// In which circles edits wait for this person, how many, and when the newest came.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn quarantine_waiting(&self, session: Session) -> Result<Vec<(CircleId, usize, Millis)>, ServiceError> {
        let now = self.now();
        let read = self.storage.read(move |snapshot| {
            let mut waiting = Vec::new();
            for row in circles_for(snapshot, session.person.id, session.organisation)? {
                let theirs = theirs(snapshot, &row, (session.person, now))?;
                let waits = || theirs.iter().filter(|kept| kept.ruled.is_none());
                if let Some(latest) = waits().map(|kept| kept.at).max() {
                    waiting.push((row.id, waits().count(), latest));
                }
            }
            Ok(waiting)
        });
        Ok(read.await?)
    }

    /// Lets an edit in or turns it away. Let in, it counts as its author's, with the next number; whoever rules can let in no more than they
    /// might have done themselves.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn rule_on_quarantined(
        &self,
        session: Session,
        circle: CircleId,
        name: EditName,
        let_in: bool,
    ) -> Result<Outcome, ServiceError> {
        let taking = Taking { server: self.server, session, now: self.now() };
        let journal = self.journal.clone();
        let (outcome, purged, news) = self
            .storage
            .write(move |txn| {
                let Some((row, kept)) = to_rule_on(txn, &taking, circle, name)? else {
                    return Ok((Outcome::NotTheirs, false, News::default()));
                };
                let mut inbox = Inbox::open(&mut *txn, row, &taking, &journal)?;
                let outcome = inbox.rule_on_waiting(&kept, let_in)?;
                let (purged, news) = (inbox.has_purged(), inbox.news());
                inbox.close()?;
                Ok((outcome, purged, news))
            })
            .await?;
        if let Outcome::LetIn { .. } = outcome {
            self.hints.moved(circle, None);
        }
        self.hint_at(&news);
        if purged {
            self.hints.erases();
        }
        Ok(outcome)
    }
}

/// The edit of this name, if it waits and whoever asks has a say in it and may read it, with its circle, locked.
fn to_rule_on(
    txn: &mut dyn Txn,
    taking: &Taking,
    circle: CircleId,
    name: EditName,
) -> Result<Option<(CircleRow, QuarantinedEdit)>, StorageError> {
    let Taking { session, now, .. } = *taking;
    let row = txn.lock_circle(circle)?.filter(|row| row.organisation == session.organisation && !session.revoked);
    let Some(row) = row else { return Ok(None) };
    if !is_responsible(&*txn, &row, session.person)? {
        return Ok(None);
    }
    let all = txn.quarantine(circle)?;
    let waits = |kept: &&QuarantinedEdit| kept.edit.name == name && kept.ruled.is_none();
    let Some(kept) = all.iter().find(waits) else { return Ok(None) };
    let may_read = reads(&*txn, &row, (session.person, now), kept, &Waiting::of(&all))?;
    Ok(may_read.then(|| (row, kept.clone())))
}

/// What somebody has a say in and may read.
fn theirs(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    (person, now): (Person, Millis),
) -> Result<Vec<QuarantinedEdit>, StorageError> {
    if !is_responsible(snapshot, row, person)? {
        return Ok(Vec::new());
    }
    let all = snapshot.quarantine(row.id)?;
    let waiting = Waiting::of(&all);
    let mut theirs = Vec::new();
    for kept in &all {
        if reads(snapshot, row, (person, now), kept, &waiting)? {
            theirs.push(kept.clone());
        }
    }
    Ok(theirs)
}

/// The section of each change in what waits.
fn sections(snapshot: &dyn Snapshot, row: &CircleRow, kept: &[QuarantinedEdit]) -> Result<Vec<Section>, StorageError> {
    let waiting = Waiting::of(kept);
    let mut shelf = Shelf { snapshot, circle: row.id };
    let mut sections = Vec::new();
    for change in kept.iter().flat_map(|kept| &kept.edit.changes) {
        sections.extend(waiting.look(&mut shelf, change.record())?.map(|(kind, _)| Section::of(kind)));
    }
    Ok(sections)
}

/// Whether somebody has a say in what waits: the client, who decides for them, and the supervisor, or else the coordinator.
fn is_responsible(snapshot: &dyn Snapshot, row: &CircleRow, person: Person) -> Result<bool, StorageError> {
    let access = access_of(snapshot, row.id, row.kind)?;
    Ok(match access.relation(person.id) {
        Some(Relation::Client | Relation::Representative | Relation::Supervisor) => true,
        Some(Relation::Coordinator) => !access.has(Relation::Supervisor),
        _ => false,
    })
}

/// Whether somebody may read all that an edit in quarantine is about. What it changes may itself only be in quarantine.
fn reads(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    (person, now): (Person, Millis),
    kept: &QuarantinedEdit,
    waiting: &Waiting,
) -> Result<bool, StorageError> {
    let access = access_of(snapshot, row.id, row.kind)?;
    let mut shelf = Shelf { snapshot, circle: row.id };
    for change in &kept.edit.changes {
        let Some((kind, of)) = waiting.look(&mut shelf, change.record())? else { return Ok(false) };
        let subject = Subject { kind, audience: of.audience, author: of.author };
        let above = |id| Ok::<_, StorageError>(waiting.look(&mut shelf, id)?.map(|(_, above)| above));
        if !access.sight(person, now, &subject, of.parent, above)?.is_allowed() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A circle's records, only to be looked at.
struct Shelf<'a> {
    snapshot: &'a dyn Snapshot,
    circle: CircleId,
}

impl ReadRecords for Shelf<'_> {
    type Error = StorageError;

    fn record(&mut self, id: RecordId) -> Result<Option<Record>, StorageError> {
        self.snapshot.record(self.circle, id)
    }

    fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, StorageError> {
        Ok(self.snapshot.device(device)?.map(|row| row.person))
    }
}
