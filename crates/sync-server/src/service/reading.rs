//! Reading circles outside the round trip, for whoever gives records in another form: by the same rights as a pull, at this moment, and
//! logged for the client as a pull is.

use std::collections::{BTreeMap, BTreeSet};

use opstap_core::access::{Section, View};
use opstap_core::model::{CircleKind, Person, Relation};
use opstap_core::{CircleId, DeviceId, Kind, Millis, PersonId, Record, RecordId};

use super::circles::{circle_in, circles_for};
use super::delivered::delivered;
use super::reader::{Reader, Sight};
use super::{Service, ServiceError, Session};
use crate::storage::{CircleRow, Snapshot, Storage, StorageError};

/// Of which of their circles somebody wants to read something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    All,
    /// One of them.
    Circle(CircleId),
    /// Those of this client.
    Client(PersonId),
    /// The one that has this record.
    Record(RecordId),
}

/// What somebody may read of one circle now.
#[derive(Debug, Clone)]
pub struct CircleRead {
    /// The circle.
    pub circle: CircleId,
    /// What it is for.
    pub kind: CircleKind,
    /// Its client, where it has one.
    pub client: Option<PersonId>,
    /// Whether whoever reads is the client, or decides for them.
    pub is_own: bool,
    /// Of which sections they may read anything.
    pub view: View,
    /// The records of the kinds that were asked for, in order of kind as asked and of id. What is deleted, or stands below what is, is
    /// not among them.
    pub records: Vec<Record>,
    /// Who made what, by device.
    pub authors: BTreeMap<DeviceId, PersonId>,
}

impl CircleRead {
    /// Who made a record, where known.
    #[must_use]
    pub fn author(&self, record: &Record) -> Option<PersonId> {
        self.authors.get(&record.made()?.device).copied()
    }
}

impl<S: Storage> Service<S> {
    /// What the person may read of these kinds, circle by circle; circles of which they may see nothing are passed over, and one that is
    /// not there looks the same. Nothing of it is logged: [`Self::note_read`] is called with what is given out of it.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn read_circles(
        &self,
        session: Session,
        reach: Reach,
        kinds: &[Kind],
    ) -> Result<Vec<CircleRead>, ServiceError> {
        let (now, kinds) = (self.now(), kinds.to_vec());
        let read = self.storage.read(move |snapshot| {
            let mut found = Vec::new();
            for row in reached(snapshot, &session, reach)? {
                found.extend(read_circle(snapshot, &row, session.person, now, (reach, &kinds))?);
            }
            Ok(found)
        });
        Ok(read.await?)
    }

    /// Notes for the client what is about to be given out of their circle: the section of each record. Called before it leaves.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn note_read(&self, session: Session, given: Vec<(CircleId, Section)>) -> Result<(), ServiceError> {
        if given.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let read = self.storage.read(move |snapshot| {
            let mut lines = Vec::new();
            for circle in given.iter().map(|(circle, _)| *circle).collect::<BTreeSet<_>>() {
                let Some(row) = circle_in(snapshot, circle, &session)? else { continue };
                let reader = Reader::new(snapshot, &row, session.person, now)?;
                let sections = given.iter().filter(|(other, _)| *other == circle).map(|(_, section)| *section);
                lines.extend(delivered(&row, &reader, session.person.id, now, sections));
            }
            Ok(lines)
        });
        self.note_delivered(read.await?).await
    }
}

/// The circles that may be read: those that a pull goes through, or one of these.
fn reached(snapshot: &dyn Snapshot, session: &Session, reach: Reach) -> Result<Vec<CircleRow>, StorageError> {
    if session.revoked {
        return Ok(Vec::new());
    }
    let mut rows = circles_for(snapshot, session.person.id, session.organisation)?;
    match reach {
        Reach::All | Reach::Client(_) => {}
        Reach::Circle(circle) => rows.retain(|row| row.id == circle),
        Reach::Record(record) => {
            let mut having = Vec::new();
            for row in rows {
                if snapshot.record(row.id, record)?.is_some() {
                    having.push(row);
                }
            }
            rows = having;
        }
    }
    Ok(rows)
}

fn read_circle(
    snapshot: &dyn Snapshot,
    row: &CircleRow,
    person: Person,
    now: Millis,
    (reach, kinds): (Reach, &[Kind]),
) -> Result<Option<CircleRead>, StorageError> {
    let mut reader = Reader::new(snapshot, row, person, now)?;
    let client = reader.access().client();
    if reader.view() == View::NOTHING || matches!(reach, Reach::Client(wanted) if client != Some(wanted)) {
        return Ok(None);
    }
    let relation = reader.access().relation(person.id);
    let is_own = matches!(relation, Some(Relation::Client | Relation::Representative));
    let (mut records, mut authors) = (Vec::new(), BTreeMap::new());
    for kind in kinds {
        // What no record of a section may be read of need not be fetched.
        if !reader.view().covers(Section::of(*kind)) {
            continue;
        }
        for record in snapshot.records_of_kind(row.id, *kind)? {
            if record.is_deleted()
                || reader.sight(&record)? != Sight::Readable
                || reader.is_deleted_before(&record, Millis(u64::MAX))?
            {
                continue;
            }
            if let Some(device) = record.made().map(|stamp| stamp.device)
                && let Some(owner) = reader.owner(device)?
            {
                authors.insert(device, owner);
            }
            records.push(record);
        }
    }
    let view = reader.view();
    Ok(Some(CircleRead { circle: row.id, kind: row.kind, client, is_own, view, records, authors }))
}
