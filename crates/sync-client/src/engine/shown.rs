//! Records as screens see them: confirmed ones with the own pending edits laid over them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::rc::Rc;

use opstap_core::access::CircleAccess;
use opstap_core::merge::{ReadRecords, overlay};
use opstap_core::model::CircleKind;
use opstap_core::{Change, CircleId, DeviceId, Edit, Kind, PersonId, Record, RecordId, Stamp};

use super::Engine;
use crate::held::{HeldCircle, Pending, PendingState, Revision};
use crate::platform::Platform;
use crate::store::{LocalStore, StoreError, Wanted};

/// Part of a circle, as of one moment.
pub(super) struct Shown {
    pub(super) circle: Option<HeldCircle>,
    pub(super) revision: Revision,
    /// Also records made by pending edits that were not asked for: whoever reads picks what it asked.
    pub(super) records: BTreeMap<RecordId, Record>,
    /// Records that an edit touches which has not been sent.
    pub(super) waiting: BTreeSet<RecordId>,
    /// Records that an edit in the tray was about.
    pub(super) refused: BTreeSet<RecordId>,
    /// The highest stamp of the own pending edits.
    pub(super) highest_pending: Option<Stamp>,
    pub(super) owners: Rc<BTreeMap<DeviceId, PersonId>>,
}

impl Shown {
    /// Who is in the circle and which consents stand; members and consents must have been asked for.
    pub(super) fn access(&self) -> CircleAccess {
        let kind = self.circle.map_or(CircleKind::Client, |held| held.kind);
        CircleAccess::new(kind, self.records.values())
    }

    /// Who made a record, as far as the device knows.
    pub(super) fn author(&self, record: &Record) -> Option<PersonId> {
        record.made().and_then(|stamp| self.owners.get(&stamp.device)).copied()
    }

    fn lay_over(&mut self, pending: &[Pending]) {
        let mut by_record: BTreeMap<RecordId, Vec<&Edit>> = BTreeMap::new();
        let edits: Vec<Cow<'_, Edit>> = pending.iter().map(as_it_counts).collect();
        for (edit, Pending { state, .. }) in edits.iter().zip(pending) {
            self.highest_pending = self.highest_pending.max(Some(edit.stamp));
            let mut touched: Vec<RecordId> = edit.changes.iter().map(Change::record).collect();
            touched.sort_unstable();
            touched.dedup();
            for id in touched {
                by_record.entry(id).or_default().push(edit);
                if *state == PendingState::Waiting {
                    self.waiting.insert(id);
                }
            }
        }
        for (id, edits) in by_record {
            if let Some(record) = overlay(self.records.remove(&id), id, edits) {
                self.records.insert(id, record);
            }
        }
    }
}

/// The edit under the stamp with which it counts.
fn as_it_counts(pending: &Pending) -> Cow<'_, Edit> {
    match pending.state {
        PendingState::Accepted { stamp, .. } if stamp != pending.edit.stamp => {
            Cow::Owned(Edit { stamp, ..pending.edit.clone() })
        }
        PendingState::Accepted { .. } | PendingState::Waiting => Cow::Borrowed(&pending.edit),
    }
}

impl ReadRecords for Shown {
    type Error = Infallible;

    fn record(&mut self, id: RecordId) -> Result<Option<Record>, Infallible> {
        Ok(self.records.get(&id).cloned())
    }

    fn owner(&mut self, device: DeviceId) -> Result<Option<PersonId>, Infallible> {
        Ok(self.owners.get(&device).copied())
    }
}

/// What a decision about access needs.
pub(super) const FOR_ACCESS: [Wanted; 2] = [Wanted::Kind(Kind::Member), Wanted::Kind(Kind::Consent)];

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    pub(super) async fn shown(&self, circle: CircleId, wanted: &[Wanted]) -> Result<Shown, StoreError> {
        let owners = self.owners().await?;
        let loaded = self.load(circle, wanted).await?;
        if loaded.circle.is_none() {
            // Either it was left, or all of the store was thrown away under us, which is something else.
            self.device().await?;
        }
        let refused = loaded.refused.iter().flat_map(|refused| &refused.edit.changes);
        let mut shown = Shown {
            circle: loaded.circle,
            revision: loaded.revision,
            records: loaded.records.into_iter().map(|record| (record.id, record)).collect(),
            waiting: BTreeSet::new(),
            refused: refused.map(Change::record).collect(),
            highest_pending: None,
            owners,
        };
        if shown.circle.is_some() {
            shown.lay_over(&loaded.pending);
        }
        Ok(shown)
    }
}
