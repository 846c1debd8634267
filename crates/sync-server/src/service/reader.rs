//! What one person may read of one circle now.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use opstap_core::access::{self, CircleAccess, Decision, NotAllowed, Subject, View};
use opstap_core::model::{FromCell, Person};
use opstap_core::record::DELETED;
use opstap_core::{BlobHash, CircleId, DeviceId, Millis, PersonId, Record, RecordId, Value};

use crate::storage::{CircleRow, Snapshot, StorageError};

use super::desk::access_of;

/// How a record looks to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// They may read it.
    Readable,
    /// They may read such records, but its audience, or that of a record above it, leaves them out.
    NotForThem,
    /// They may not know of it.
    Hidden,
}

/// The two times of a log.
#[derive(Clone, Copy)]
struct Times {
    /// When it was made.
    made: Option<Millis>,
    /// When what it tells of happened.
    at: Option<Millis>,
}

impl Times {
    fn of(record: &Record) -> Self {
        Self { made: record.made().map(|stamp| stamp.millis), at: Millis::from_cell(record.value("at")) }
    }
}

/// A record above another: how old it is, and who may read what is below it.
#[derive(Clone)]
struct Above {
    is_log: bool,
    times: Times,
    deleted: Option<Millis>,
    sight: access::Above,
}

/// When a record was deleted, if it is. What was purged stays for ever, bare.
fn deleted(record: &Record) -> Option<Millis> {
    let cell = record.cells.get(DELETED).filter(|cell| cell.value == Value::Bool(true));
    cell.map(|cell| cell.stamp.millis)
}

/// Somebody reading a circle.
pub(super) struct Reader<'a> {
    snapshot: &'a dyn Snapshot,
    circle: CircleId,
    access: Rc<CircleAccess>,
    person: Person,
    now: Millis,
    owners: HashMap<DeviceId, Option<PersonId>>,
    above: HashMap<RecordId, Option<Above>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        snapshot: &'a dyn Snapshot,
        row: &CircleRow,
        person: Person,
        now: Millis,
    ) -> Result<Self, StorageError> {
        Ok(Self {
            snapshot,
            circle: row.id,
            access: Rc::new(access_of(snapshot, row.id, row.kind)?),
            person,
            now,
            owners: HashMap::new(),
            above: HashMap::new(),
        })
    }

    pub(super) fn view(&self) -> View {
        self.access.view(self.person, self.now)
    }

    pub(super) fn access(&self) -> &CircleAccess {
        &self.access
    }

    pub(super) fn sight(&mut self, record: &Record) -> Result<Sight, StorageError> {
        let subject = Subject::of(record, self.author(record)?);
        let (access, person, now) = (Rc::clone(&self.access), self.person, self.now);
        let above = |id| Ok::<_, StorageError>(self.above(id)?.map(|above| above.sight));
        Ok(match access.sight(person, now, &subject, record.parent, above)? {
            Decision::Allowed(_) => Sight::Readable,
            Decision::Refused(NotAllowed::NotInTheAudience) => Sight::NotForThem,
            Decision::Refused(_) => Sight::Hidden,
        })
    }

    /// Whether a record is a log of a run, practice, message or the book that was made before a moment. With a run goes all below it.
    pub(super) fn is_log_from_before(&mut self, record: &Record, moment: Millis) -> Result<bool, StorageError> {
        let made = self.times_of_log(record)?.and_then(|times| times.made);
        Ok(made.is_some_and(|made| made < moment))
    }

    /// Whether a record is a log of these days: it was made in them, or tells of something that happened in them, by which figures count.
    pub(super) fn is_log_of(&mut self, record: &Record, days: &Range<Millis>) -> Result<bool, StorageError> {
        let Some(Times { made, at }) = self.times_of_log(record)? else { return Ok(false) };
        Ok([made, at].into_iter().flatten().any(|time| days.contains(&time)))
    }

    /// The times of a log by the record at its top; nothing of what is no log that leaves a phone.
    fn times_of_log(&mut self, record: &Record) -> Result<Option<Times>, StorageError> {
        if !record.kind.grows_old() {
            return Ok(None);
        }
        let above = match record.parent {
            Some(parent) => self.above(parent)?,
            None => None,
        };
        let of_top = above.filter(|above| above.is_log).map(|above| above.times);
        Ok(Some(of_top.unwrap_or_else(|| Times::of(record))))
    }

    /// Whether a record, or one above it, was deleted before a moment and so cannot be put back any more.
    pub(super) fn is_deleted_before(&mut self, record: &Record, moment: Millis) -> Result<bool, StorageError> {
        let mut gone = deleted(record).is_some_and(|at| at < moment);
        let mut next = record.parent;
        let mut steps = 16;
        while let (false, Some(id), 1..) = (gone, next, steps) {
            let Some(above) = self.above(id)? else { break };
            gone = above.deleted.is_some_and(|at| at < moment);
            next = above.sight.parent;
            steps -= 1;
        }
        Ok(gone)
    }

    /// Whether one of the records that refer to a blob of this circle is readable.
    pub(super) fn reads_blob(&mut self, hash: &BlobHash) -> Result<bool, StorageError> {
        for id in self.snapshot.mentions(self.circle, hash)? {
            if let Some(record) = self.snapshot.record(self.circle, id)?
                && self.sight(&record)? == Sight::Readable
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, StorageError> {
        if let Some(owner) = self.owners.get(&device) {
            return Ok(*owner);
        }
        let owner = self.snapshot.device(device)?.map(|row| row.person);
        self.owners.insert(device, owner);
        Ok(owner)
    }

    fn author(&mut self, record: &Record) -> Result<Option<PersonId>, StorageError> {
        match record.made() {
            Some(stamp) => self.owner(stamp.device),
            None => Ok(None),
        }
    }

    fn above(&mut self, id: RecordId) -> Result<Option<Above>, StorageError> {
        if let Some(known) = self.above.get(&id) {
            return Ok(known.clone());
        }
        let found = match self.snapshot.record(self.circle, id)? {
            Some(record) => Some(Above {
                is_log: record.kind.is_log(),
                times: Times::of(&record),
                deleted: deleted(&record),
                sight: access::Above::of(&record, self.author(&record)?),
            }),
            None => None,
        };
        self.above.insert(id, found.clone());
        Ok(found)
    }
}
