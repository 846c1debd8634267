//! Records as screens see them: confirmed ones with the own pending edits laid over them.

use std::borrow::Cow;
use std::convert::Infallible;
use std::rc::Rc;

use opstap_core::access::CircleAccess;
use opstap_core::merge::{ReadRecords, overlay};
use opstap_core::model::CircleKind;
use opstap_core::{Change, CircleId, DeviceId, Edit, Kind, Millis, PersonId, Record, RecordId, Sorted, Stamp};

use super::Engine;
use crate::held::{HeldCircle, Pending, PendingState, Revision};
use crate::platform::Platform;
use crate::store::{LocalStore, StoreError, Wanted};

/// Part of a circle, as of one moment.
pub(super) struct Shown {
    pub(super) circle: Option<HeldCircle>,
    pub(super) revision: Revision,
    /// Also records made by pending edits that were not asked for: whoever reads picks what it asked.
    pub(super) records: Sorted<RecordId, Record>,
    /// Records that an edit touches which has not been sent, in order.
    pub(super) waiting: Vec<RecordId>,
    /// Records that an edit in the tray was about, in order.
    pub(super) refused: Vec<RecordId>,
    /// How many own edits are laid over the records.
    pub(super) pending: usize,
    /// When the verdict on each edit in the tray came.
    pub(super) tray: Vec<Millis>,
    /// The highest stamp of the own pending edits.
    pub(super) highest_pending: Option<Stamp>,
    pub(super) owners: Rc<Sorted<DeviceId, PersonId>>,
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
        let edits: Vec<Cow<'_, Edit>> = pending.iter().map(as_it_counts).collect();
        // Which record each edit touches, by the edit's place.
        let mut touched: Vec<(RecordId, usize)> = Vec::new();
        for (at, (edit, Pending { state, .. })) in edits.iter().zip(pending).enumerate() {
            self.highest_pending = self.highest_pending.max(Some(edit.stamp));
            touched.extend(edit.changes.iter().map(|change| (change.record(), at)));
            if *state == PendingState::Waiting {
                self.waiting.extend(edit.changes.iter().map(Change::record));
            }
        }
        self.waiting.sort_unstable();
        touched.sort_unstable();
        touched.dedup();
        for of_one in touched.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((id, _)) = of_one.first() else { continue };
            let edits = of_one.iter().filter_map(|(_, at)| edits.get(*at)).map(Cow::as_ref);
            if let Some(record) = overlay(self.records.get(id).cloned(), *id, edits) {
                self.records.insert(*id, record);
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
        let mut refused: Vec<RecordId> = refused.map(Change::record).collect();
        refused.sort_unstable();
        let mut shown = Shown {
            circle: loaded.circle,
            revision: loaded.revision,
            records: loaded.records.into_iter().map(|record| (record.id, record)).collect(),
            waiting: Vec::new(),
            refused,
            pending: loaded.pending.len(),
            tray: loaded.refused.iter().map(|refused| refused.at).collect(),
            highest_pending: None,
            owners,
        };
        if shown.circle.is_some() {
            shown.lay_over(&loaded.pending);
        }
        Ok(shown)
    }
}
