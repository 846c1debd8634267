//! Which edits touch who may do what: one that ends a right goes into the journal before it counts.

use opstap_core::access::Section;
use opstap_core::model::{ConsentAct, ToCell};
use opstap_core::{Change, Edit, Kind, RecordId};

use super::Inbox;
use crate::storage::StorageError;

impl Inbox<'_> {
    /// Whether an edit takes a right away: a withdrawal, or a change of who is in the circle and as what.
    pub(super) fn ends_something(&self, edit: &Edit) -> Result<bool, StorageError> {
        for change in &edit.changes {
            let ends = match change {
                Change::Make { kind: Kind::Consent, cells, .. } => {
                    cells.iter().any(|(name, value)| name == "act" && *value == ConsentAct::Withdrawn.to_cell())
                }
                Change::Make { .. } => false,
                Change::Set { id, .. } => self.record_is_about_access(*id)?,
            };
            if ends {
                return Ok(true);
            }
        }
        Ok(false)
    }

    pub(super) fn touches_access(&self, edit: &Edit) -> Result<bool, StorageError> {
        for change in &edit.changes {
            let touches = match change {
                Change::Make { kind, .. } => is_about_access(*kind),
                Change::Set { id, .. } => self.record_is_about_access(*id)?,
            };
            if touches {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn record_is_about_access(&self, id: RecordId) -> Result<bool, StorageError> {
        let record = self.txn.record(self.row.id, id)?;
        Ok(record.is_some_and(|record| is_about_access(record.kind)))
    }
}

fn is_about_access(kind: Kind) -> bool {
    Section::of(kind) == Section::Circle
}
