//! Edits whose authors had lost the right when they arrived: the client and the responsible professional read them, and let them in or not.

use opstap_core::access::{Action, Subject};
use opstap_core::judge::{Ruling, judge};
use opstap_core::merge::ReadRecords;
use opstap_core::model::{Person, Relation};
use opstap_core::protocol::{Reason, Verdict, digest_bytes};
use opstap_core::record::AUDIENCE;
use opstap_core::{Change, CircleId, DeviceId, Edit, EditName, Millis, PersonId, Record, RecordId, Value};

use super::circles::{circle_in, circles_for};
use super::desk::{Desk, access_of};
use super::inbox::{Inbox, digest};
use super::offers;
use super::receive::Taking;
use super::{Service, ServiceError, Session};
use crate::storage::{CircleRow, EditRow, QuarantinedEdit, Ruled, Snapshot, Storage, StorageError};

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
            let row = circle_in(snapshot, circle, &session)?.filter(|_| !session.revoked);
            row.map_or_else(|| Ok(Vec::new()), |row| theirs(snapshot, &row, (session.person, now)))
        });
        Ok(read.await?)
    }

    /// In which circles edits wait for this person, and how many.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn quarantine_waiting(&self, session: Session) -> Result<Vec<(CircleId, usize)>, ServiceError> {
        let now = self.now();
        let read = self.storage.read(move |snapshot| {
            let mut waiting = Vec::new();
            for row in circles_for(snapshot, session.person.id, session.organisation)? {
                let theirs = theirs(snapshot, &row, (session.person, now))?;
                let count = theirs.iter().filter(|kept| kept.ruled.is_none()).count();
                if count > 0 {
                    waiting.push((row.id, count));
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
        let outcome = self
            .storage
            .write(move |txn| {
                let row = txn.lock_circle(circle)?.filter(|row| row.organisation == session.organisation);
                let Some(row) = row.filter(|_| !session.revoked) else { return Ok(Outcome::NotTheirs) };
                if !is_responsible(&*txn, &row, session.person)? {
                    return Ok(Outcome::NotTheirs);
                }
                let all = txn.quarantine(circle)?;
                let waits = |kept: &&QuarantinedEdit| kept.edit.name == name && kept.ruled.is_none();
                let Some(kept) = all.iter().find(waits) else { return Ok(Outcome::NotTheirs) };
                if !reads(&*txn, &row, (session.person, taking.now), kept, &all)? {
                    return Ok(Outcome::NotTheirs);
                }
                // Of what was brought after a restore, part may have come from its author meanwhile.
                let edit = match offers::is_of_earlier_life(&taking.server, &kept.edit) {
                    true => offers::lacking(&mut Desk { txn: &mut *txn, circle }, &kept.edit)?,
                    false => kept.edit.clone(),
                };
                let nothing_lacks = edit.changes.is_empty();
                match rule(&*txn, &row, session.person, taking.now, &edit)? {
                    Ruling::Refused(_) if nothing_lacks => {}
                    Ruling::Refused(Reason::NotAllowed(_)) => return Ok(Outcome::NotTheirs),
                    Ruling::Refused(reason) if let_in => return Ok(Outcome::CannotBe(reason)),
                    Ruling::Refused(_) | Ruling::Allowed => {}
                }
                let ruled = Some(Ruled { by: session.person.id, at: taking.now, let_in });
                txn.put_quarantined(&QuarantinedEdit { ruled, ..kept.clone() })?;
                if !let_in {
                    return Ok(Outcome::TurnedAway);
                }
                if nothing_lacks {
                    return Ok(Outcome::LetIn { number: row.counter });
                }
                let mut inbox = Inbox::open(&mut *txn, row, &taking, &journal)?;
                let (verdict, stamp) = inbox.let_in(&edit, kept.author)?;
                inbox.close()?;
                let digest = digest(&digest_bytes(&kept.edit));
                txn.replace_edit(circle, &EditRow { name, author: kept.author, stamp, digest, verdict })?;
                Ok(match verdict {
                    Verdict::Accepted { number, .. } => Outcome::LetIn { number },
                    _ => Outcome::NotTheirs,
                })
            })
            .await?;
        if let Outcome::LetIn { .. } = outcome {
            self.hints.moved(circle);
        }
        Ok(outcome)
    }
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
    let mut theirs = Vec::new();
    for kept in &all {
        if reads(snapshot, row, (person, now), kept, &all)? {
            theirs.push(kept.clone());
        }
    }
    Ok(theirs)
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

/// The edit as if whoever rules had made it now.
fn rule(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    person: Person,
    now: Millis,
    edit: &Edit,
) -> Result<Ruling, StorageError> {
    let access = access_of(snapshot, row.id, row.kind)?;
    judge(&mut Shelf { snapshot, circle: row.id }, &access, person, now, edit)
}

/// Whether somebody may read all that an edit in quarantine is about. What it changes may itself only be in quarantine.
fn reads(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    (person, now): (Person, Millis),
    kept: &QuarantinedEdit,
    all: &[QuarantinedEdit],
) -> Result<bool, StorageError> {
    let access = access_of(snapshot, row.id, row.kind)?;
    let made = |id: RecordId| {
        let mut makes = all.iter().flat_map(|kept| &kept.edit.changes);
        makes.find_map(|change| match change {
            Change::Make { id: made, kind, .. } if *made == id => Some(*kind),
            _ => None,
        })
    };
    for change in &kept.edit.changes {
        let record = snapshot.record(row.id, change.record())?;
        let kind = record.as_ref().map(|record| record.kind).or_else(|| made(change.record()));
        let Some(kind) = kind else { return Ok(false) };
        let named = change.cells().iter().find_map(|(name, value)| match value {
            Value::Ids(ids) if name == AUDIENCE => Some(ids.iter().copied().map(PersonId).collect()),
            _ => None,
        });
        let audience = record.as_ref().map_or(named, Record::audience);
        let subject = Subject { kind, audience, author: Some(kept.author) };
        if !access.decide(person, now, &subject, Action::Read).is_allowed() {
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
