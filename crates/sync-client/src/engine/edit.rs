//! Writing: judged by the same rules as on the server, stamped, and on disk before anyone is told.

use opstap_core::judge::{Ruling, judge};
use opstap_core::protocol::Reason;
use opstap_core::{Change, CircleId, Edit, EditName, PersonId, Seen, Stamp};

use super::Engine;
use super::shown::FOR_ACCESS;
use crate::held::{HeldCircle, HeldDevice, Pending, PendingState, Versioned};
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, Expected, LocalStore, Op, StoreError, Wanted};

/// Why an edit was not kept. Nothing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// The device does not hold the circle (any more).
    #[error("the circle is not on this device")]
    UnknownCircle,
    /// The server would refuse it.
    #[error("the edit would be refused")]
    Refused(Reason),
    /// It could not be written down.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An edit that is to be kept.
pub(super) struct Draft {
    pub(super) circle: CircleId,
    pub(super) changes: Vec<Change>,
    pub(super) beside: Option<PersonId>,
    /// What the person had seen when they began, if that is not all that is here.
    pub(super) as_of: Option<Seen>,
    /// The n of the refused edit whose place it takes.
    pub(super) instead_of: Option<u64>,
}

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Keeps what the person did in one go. When it returns, it is on disk, and screens that read again see it.
    ///
    /// # Errors
    /// When it may not be, or could not be written down; then nothing changed.
    pub async fn edit(
        &self,
        circle: CircleId,
        changes: Vec<Change>,
        beside: Option<PersonId>,
    ) -> Result<EditName, NotKept> {
        self.keep(Draft { circle, changes, beside, as_of: None, instead_of: None }).await
    }

    /// Keeps what a person did who began at an earlier moment and went on while something else came in, such as words that were
    /// being typed: what they had not seen then crosses it, as if it had come in afterwards.
    ///
    /// # Errors
    /// When it may not be, or could not be written down; then nothing changed.
    pub async fn edit_as_of(
        &self,
        circle: CircleId,
        changes: Vec<Change>,
        beside: Option<PersonId>,
        as_of: impl Into<Option<Seen>>,
    ) -> Result<EditName, NotKept> {
        self.keep(Draft { circle, changes, beside, as_of: as_of.into(), instead_of: None }).await
    }

    /// What an edit made now would have seen of a circle.
    ///
    /// # Errors
    /// When the circle is not on the device, or the store fails.
    pub async fn seen(&self, circle: CircleId) -> Result<Seen, NotKept> {
        let device = self.device().await?;
        let held = self.shown(circle, &[]).await?.circle.ok_or(NotKept::UnknownCircle)?;
        Ok(seen(&device.value, &held))
    }

    pub(super) async fn keep(&self, draft: Draft) -> Result<EditName, NotKept> {
        let mut wanted = FOR_ACCESS.to_vec();
        for change in &draft.changes {
            wanted.push(Wanted::One(change.record()));
            if let Change::Make { parent: Some(parent), .. } = change {
                wanted.push(Wanted::One(*parent));
            }
        }
        let mut tried_again = false;
        // Whoever moved the circle or the device meanwhile got on, so this ends.
        loop {
            let device = self.device().await?;
            let mut shown = self.shown(draft.circle, &wanted).await?;
            let held = shown.circle.ok_or(NotKept::UnknownCircle)?;
            let known = held.highest.max(shown.highest_pending);
            let edit = self.name_and_stamp(&draft, &device.value, &held, known);
            let access = shown.access();
            let Ok(ruling) = judge(&mut shown, &access, device.value.person, self.now(), &edit);
            if let Ruling::Refused(reason) = ruling {
                return Err(NotKept::Refused(reason));
            }
            let name = edit.name;
            let held = Versioned { value: held, revision: shown.revision };
            let batch = batch(&draft, edit, &device, &held);
            match self.commit(&batch).await {
                Ok(CommitOutcome::Moved) => continue,
                Ok(CommitOutcome::Committed) => {}
                // The connection died, before or after it was kept.
                Err(StoreError::Gone) if !tried_again => {
                    tried_again = true;
                    if !self.is_kept(&batch).await? {
                        continue;
                    }
                }
                Err(error) => return Err(error.into()),
            }
            self.moved(draft.circle);
            return Ok(name);
        }
    }

    /// Whether the edit of a batch is in the store, that very one.
    async fn is_kept(&self, batch: &Batch) -> Result<bool, StoreError> {
        let kept = self.store.pending().await?;
        let mut ops = batch.ops.iter();
        Ok(ops.any(|op| matches!(op, Op::PutPending(Pending { edit, .. }) if kept.iter().any(|one| one.edit == *edit))))
    }

    fn name_and_stamp(&self, draft: &Draft, device: &HeldDevice, held: &HeldCircle, known: Option<Stamp>) -> Edit {
        let seen = seen(device, held);
        let before = |as_of: &Seen| as_of.epoch != seen.epoch || as_of.number < seen.number;
        Edit {
            name: EditName { device: device.device, n: device.next_n },
            stamp: Stamp::next(self.now(), known, device.device),
            circle: draft.circle,
            seen: draft.as_of.filter(before).unwrap_or(seen),
            beside: draft.beside,
            changes: draft.changes.clone(),
        }
    }
}

/// What the device had seen: its last complete pull, or the number at which a first load was fixed.
fn seen(device: &HeldDevice, held: &HeldCircle) -> Seen {
    let number = match held.load {
        Some(load) if !held.complete => load.position.number,
        _ => held.number,
    };
    Seen { epoch: device.epoch.unwrap_or_default(), number }
}

fn batch(draft: &Draft, edit: Edit, device: &Versioned<HeldDevice>, held: &Versioned<HeldCircle>) -> Batch {
    let mut ops = vec![
        Op::PutDevice(HeldDevice { next_n: edit.name.n.saturating_add(1), ..device.value }),
        Op::PutCircle(HeldCircle { highest: held.value.highest.max(Some(edit.stamp)), ..held.value }),
    ];
    ops.extend(draft.instead_of.map(|n| Op::DropRefused { n }));
    ops.push(Op::PutPending(Pending { edit, state: PendingState::Waiting }));
    let expected = Expected { device: Some(device.revision), circles: vec![(draft.circle, held.revision)] };
    Batch { expected, ops }
}
