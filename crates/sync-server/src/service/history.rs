//! What people did to a record and to what is below it, edit by edit, for somebody who may read it.

use opstap_core::access::Section;
use opstap_core::history::{PastEdit, edits_of};
use opstap_core::{Cell, CellName, CircleId, Record, RecordId};

use super::circles::circle_in;
use super::delivered::delivered;
use super::reader::{Reader, Sight};
use super::{Service, ServiceError, Session};
use crate::storage::{Snapshot, Storage, StorageError};

/// As many edits as a person looks back on; what is older stays in the storage.
const MOST: usize = 200;

impl<S: Storage> Service<S> {
    /// The last edits of a record and of what is below it and may be read too, newest first; nothing when the record is not there,
    /// or not for this person: the two look the same.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn history(
        &self,
        session: Session,
        circle: CircleId,
        record: RecordId,
    ) -> Result<Option<Vec<PastEdit>>, ServiceError> {
        let now = self.now();
        let read = self.storage.read(move |snapshot| {
            let Some(row) = circle_in(snapshot, circle, &session)?.filter(|_| !session.revoked) else {
                return Ok(None);
            };
            let mut reader = Reader::new(snapshot, &row, session.person, now)?;
            let readable = readable_from(snapshot, &mut reader, circle, record)?;
            if readable.is_empty() {
                return Ok(None);
            }
            let mut edits = edits_of(readable.iter().map(|(record, displaced)| (record, displaced.as_slice())));
            edits.truncate(MOST);
            for edit in &mut edits {
                edit.by = reader.owner(edit.stamp.device)?;
            }
            let sections = readable.iter().map(|(record, _)| Section::of(record.kind));
            let lines = delivered(&row, &reader, session.person.id, now, sections);
            Ok(Some((edits, lines)))
        });
        let Some((edits, lines)) = read.await? else { return Ok(None) };
        self.note_delivered(lines).await?;
        Ok(Some(edits))
    }
}

/// A record with all it ever held.
type Whole = (Record, Vec<(CellName, Cell)>);

/// The record and those below it that may be read. What stands below a hidden record is hidden with it.
fn readable_from(
    snapshot: &dyn Snapshot,
    reader: &mut Reader<'_>,
    circle: CircleId,
    top: RecordId,
) -> Result<Vec<Whole>, StorageError> {
    let mut found = Vec::new();
    let mut to_visit = vec![top];
    while let Some(id) = to_visit.pop() {
        let Some(record) = snapshot.record(circle, id)? else { continue };
        if reader.sight(&record)? != Sight::Readable {
            continue;
        }
        to_visit.extend(snapshot.children(circle, id)?);
        let displaced = snapshot.history(circle, id)?;
        found.push((record, displaced.into_iter().map(|displaced| (displaced.cell, displaced.value)).collect()));
    }
    Ok(found)
}
