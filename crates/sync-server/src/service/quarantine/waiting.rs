//! What the edits in quarantine would make: what another of them changes, or stands below, may itself only be waiting.

use std::collections::BTreeMap;

use opstap_core::access::Above;
use opstap_core::merge::ReadRecords;
use opstap_core::record::{AUDIENCE, audience_of};
use opstap_core::{Change, Kind, PersonId, RecordId, Value};

use super::Shelf;
use crate::storage::{QuarantinedEdit, StorageError};

/// The records of a circle that are only in quarantine.
pub(super) struct Waiting(BTreeMap<RecordId, (Kind, Above)>);

impl Waiting {
    pub(super) fn of(all: &[QuarantinedEdit]) -> Self {
        let mut by_stamp: Vec<_> = all.iter().collect();
        by_stamp.sort_by_key(|kept| kept.edit.stamp);
        let mut made = BTreeMap::new();
        for kept in &by_stamp {
            for change in &kept.edit.changes {
                if let Change::Make { id, kind, parent, cells } = change {
                    let cell = |name: &str| cells.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value);
                    let above =
                        Above { audience: audience_of(*kind, cell), author: Some(kept.author), parent: *parent };
                    made.entry(*id).or_insert((*kind, above));
                }
            }
        }
        for kept in by_stamp {
            for change in &kept.edit.changes {
                // Whom it is for is up to whoever made it; of several words the last counts.
                let made = made.get_mut(&change.record()).filter(|(_, above)| above.author == Some(kept.author));
                if let (Some((kind, above)), Some(mut named)) = (made, named_audience(change)) {
                    if *kind == Kind::Message {
                        // Whomever it is to stays in.
                        named.extend(above.audience.take().unwrap_or_default());
                    }
                    above.audience = Some(named);
                }
            }
        }
        Self(made)
    }

    /// What a record is and who may read it, as it stands or else as it waits.
    pub(super) fn look(&self, shelf: &mut Shelf<'_>, id: RecordId) -> Result<Option<(Kind, Above)>, StorageError> {
        let Some(record) = shelf.record(id)? else { return Ok(self.0.get(&id).cloned()) };
        let author = record.made().map(|made| shelf.owner(made.device)).transpose()?.flatten();
        Ok(Some((record.kind, Above::of(&record, author))))
    }
}

fn named_audience(change: &Change) -> Option<Vec<PersonId>> {
    change.cells().iter().rev().find_map(|(name, value)| match value {
        Value::Ids(ids) if name == AUDIENCE => Some(ids.iter().copied().map(PersonId).collect()),
        _ => None,
    })
}
