//! A device without room: what can be fetched again makes way for what only this device has, and what does not fit even then waits
//! in memory.

use opstap_core::{BlobHash, BlobRef, CircleId, Kind};

use super::Engine;
use crate::held::{BlobState, HeldBlob};
use crate::platform::Platform;
use crate::store::{Batch, CommitOutcome, LocalStore, Op, StoreError, Wanted};

/// A blob of the person's own that is nowhere else.
#[derive(Clone)]
pub(super) struct InMemory {
    pub(super) circle: CircleId,
    pub(super) blob: BlobRef,
    pub(super) bytes: Vec<u8>,
}

/// How long a full device fetches nothing that can wait, in milliseconds: what was let go would come in again, and be paid for again.
const FULL_FOR: u64 = 60 * 60_000;

/// The kinds whose pictures go along on the way.
const ON_THE_WAY: [Wanted; 6] = [
    Wanted::Kind(Kind::Plan),
    Wanted::Kind(Kind::Step),
    Wanted::Kind(Kind::Choice),
    Wanted::Kind(Kind::Route),
    Wanted::Kind(Kind::Part),
    Wanted::Kind(Kind::Goal),
];

impl<S: LocalStore, T, P: Platform> Engine<S, T, P> {
    /// Commits; where there is no room, blobs that the server has too make way: first photos that were looked at, then pictures of plans.
    pub(super) async fn commit(&self, batch: &Batch) -> Result<CommitOutcome, StoreError> {
        let mut outcome = self.store.commit(batch).await;
        for pictures_of_plans in [false, true] {
            if outcome != Err(StoreError::Full) {
                break;
            }
            self.full_at.set(Some(self.platform.now()));
            if self.let_go(pictures_of_plans).await? {
                outcome = self.store.commit(batch).await;
            }
        }
        outcome
    }

    /// Whether the device was found to be full a short while ago.
    pub(super) fn is_full(&self) -> bool {
        let now = self.platform.now();
        self.full_at.get().is_some_and(|at| at <= now && now < at.plus(FULL_FOR))
    }

    /// The device was found to be full.
    pub(super) fn found_full(&self) {
        self.full_at.set(Some(self.platform.now()));
    }

    /// Lets go of blobs that the server has; says whether there were any.
    async fn let_go(&self, pictures_of_plans: bool) -> Result<bool, StoreError> {
        let mut ops = Vec::new();
        for HeldBlob { circle, blob, .. } in self.store.blobs(BlobState::Here).await? {
            let shown = self.shown(circle, &ON_THE_WAY).await?;
            let mut of_plans = shown.records.values().filter(|record| ON_THE_WAY.contains(&Wanted::Kind(record.kind)));
            let is_picture = of_plans.any(|record| record.blobs().any(|picture| picture.hash == blob.hash));
            if is_picture == pictures_of_plans {
                ops.push(Op::DropBlob { circle, hash: blob.hash });
                // It is known to be missing: a plan without it is not ready for on the way.
                ops.extend(is_picture.then_some(Op::WantBlob { circle, blob }));
            }
        }
        let any = !ops.is_empty();
        if any {
            self.note(ops).await?;
        }
        Ok(any)
    }

    /// Keeps a blob of the person's own: on the device, or in memory while that cannot be.
    pub(super) async fn keep_blob(&self, circle: CircleId, blob: BlobRef, bytes: Vec<u8>) {
        let held = HeldBlob { circle, blob, state: BlobState::ToSend };
        let batch = Batch { ops: vec![Op::PutBlob { blob: held, bytes: bytes.clone() }], ..Batch::default() };
        let kept = self.commit(&batch).await;
        self.forget_in_memory(circle, blob.hash);
        // Whatever is wrong with the store, nobody has it but this window.
        if kept.is_err() {
            self.in_memory.borrow_mut().push(InMemory { circle, blob, bytes });
        }
        self.moved(circle);
    }

    pub(super) fn forget_in_memory(&self, circle: CircleId, hash: BlobHash) {
        self.in_memory.borrow_mut().retain(|one| one.circle != circle || one.blob.hash != hash);
    }

    /// Tries once more to keep what waits in memory.
    pub(super) async fn keep_what_waits_in_memory(&self) {
        let waiting = self.in_memory.borrow().clone();
        for InMemory { circle, blob, bytes } in waiting {
            self.keep_blob(circle, blob, bytes).await;
        }
    }
}
