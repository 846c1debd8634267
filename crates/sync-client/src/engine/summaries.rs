//! Summaries of circles: read all at once, and kept as long as nothing of their circle moves.

use std::rc::Rc;

use opstap_core::{CircleId, DeviceId, Kind, Millis, PersonId, Record, Sorted};

use super::Engine;
use super::read::is_covered;
use crate::held::{HeldSummary, Revision};
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, LocalStore, Op, StoreError, Wanted};

/// What a summary is made of, all of one moment.
#[derive(Debug, Clone)]
pub struct ToSumUp {
    /// The circle.
    pub circle: CircleId,
    /// The records of the kinds that were asked for, as screens show them.
    pub records: Vec<Record>,
    /// When the verdict on each of the person's own edits in the tray came.
    pub refused: Vec<Millis>,
    revision: Revision,
    pending: u32,
    owners: Rc<Sorted<DeviceId, PersonId>>,
}

impl ToSumUp {
    /// Whose a device is, as far as this one knows.
    #[must_use]
    pub fn person_of(&self, device: DeviceId) -> Option<PersonId> {
        self.owners.get(&device).copied()
    }
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// The summaries of all circles that have one, those left out that are [locked](Self::is_locked).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn summaries(&self) -> Result<Vec<(CircleId, Vec<u8>)>, StoreError> {
        self.device().await?;
        let mut summaries = Vec::new();
        for HeldSummary { circle, bytes, .. } in self.store.summaries().await? {
            if !self.is_locked(circle).await? {
                summaries.push((circle, bytes));
            }
        }
        Ok(summaries)
    }

    /// What a summary of a circle is made of. Of kinds that stand below others those are to be asked for too: what is below something deleted
    /// is left out. None of a circle that is not here, or locked.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn to_sum_up(&self, circle: CircleId, kinds: &[Kind]) -> Result<Option<ToSumUp>, StoreError> {
        if self.is_locked(circle).await? {
            return Ok(None);
        }
        let wanted: Vec<Wanted> = kinds.iter().copied().map(Wanted::Kind).collect();
        let shown = self.shown(circle, &wanted).await?;
        if shown.circle.is_none() {
            return Ok(None);
        }
        let all = shown.records.values();
        let records = all.filter(|record| kinds.contains(&record.kind) && !is_covered(record, &shown.records));
        Ok(Some(ToSumUp {
            circle,
            records: records.cloned().collect(),
            refused: shown.tray,
            revision: shown.revision,
            pending: u32::try_from(shown.pending).unwrap_or(u32::MAX),
            owners: shown.owners,
        }))
    }

    /// Keeps the summary that was made of this, unless the circle moved meanwhile: then it is to be made again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn keep_summary(&self, of: &ToSumUp, bytes: Vec<u8>) -> Result<CommitOutcome, StoreError> {
        let ToSumUp { circle, revision, pending, .. } = *of;
        let summary = HeldSummary { circle, revision, pending, bytes };
        self.store.commit(&Batch { ops: vec![Op::PutSummary(summary)], ..Batch::default() }).await
    }
}
