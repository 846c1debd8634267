//! Crashes: whatever stops a commit half-way, the store is as it was before or as it is after, and works.

#![expect(clippy::expect_used, reason = "a case fails by panicking, as a test does")]

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use opstap_core::access::{Section, View};
use opstap_core::protocol::{DeviceOwner, Reason};
use opstap_core::{DeviceId, Kind, Millis, PersonId, RecordId};

use super::samples::{CIRCLE, DEVICE, OTHER, blob, circle, device, edit, id, just, put, record, waiting};
use crate::held::{
    BlobState, HeldBlob, HeldCircle, HeldDevice, HeldSummary, RefusedEdit, Revision, SentEdit, Versioned,
};
use crate::store::{Batch, CommitOutcome, Expected, LocalStore, Op, StoreError, Wanted};

/// All that a store gives to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Everything {
    device: Option<Versioned<HeldDevice>>,
    circles: Vec<Versioned<HeldCircle>>,
    records: Vec<(u32, RecordId)>,
    edits: [Vec<u64>; 3],
    owners: usize,
    blobs: Vec<HeldBlob>,
    bytes: Vec<Vec<u8>>,
    summaries: Vec<HeldSummary>,
}

/// Reads all of a store.
///
/// # Errors
/// When the store fails.
pub async fn everything_in<S: LocalStore>(store: &S) -> Result<Everything, StoreError> {
    let mut records = Vec::new();
    for of in [CIRCLE, OTHER] {
        let loaded = store.load(of, &[Wanted::Kind(Kind::Plan), Wanted::Kind(Kind::Step)]).await?;
        let generation = loaded.circle.map_or(0, |held| held.generation);
        records.extend(loaded.records.iter().map(|record| (generation, record.id)));
    }
    records.sort_unstable();
    let pending = store.pending().await?.iter().map(|pending| pending.edit.name.n).collect();
    let sent = store.sent().await?.iter().map(|sent| sent.edit.name.n).collect();
    let refused = store.refused().await?.iter().map(|refused| refused.edit.name.n).collect();
    let (mut blobs, mut bytes) = (Vec::new(), Vec::new());
    for state in BlobState::ALL {
        for held in store.blobs(state).await? {
            bytes.extend(store.blob(held.circle, held.blob.hash).await?.map(|(_, bytes)| bytes));
            blobs.push(held);
        }
    }
    Ok(Everything {
        device: store.device().await?,
        circles: store.circles().await?,
        records,
        edits: [pending, sent, refused],
        owners: store.owners().await?.len(),
        blobs,
        bytes,
        summaries: store.summaries().await?,
    })
}

/// Something of everything, for [`a_batch_of_every_op`] to change.
pub async fn something_of_everything<S: LocalStore>(store: &S) {
    let held = |n, state| HeldBlob { circle: CIRCLE, blob: blob(n), state };
    let ops = vec![
        Op::PutDevice(device()),
        Op::PutCircle(circle(CIRCLE, 1)),
        Op::PutCircle(circle(OTHER, 1)),
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        put(CIRCLE, 1, record(2, Kind::Step, Some(1))),
        put(CIRCLE, 1, record(3, Kind::Run, None)),
        put(CIRCLE, 2, record(4, Kind::Plan, None)),
        put(OTHER, 1, record(5, Kind::Plan, None)),
        Op::PutPending(waiting(1, CIRCLE)),
        Op::PutSent(SentEdit { edit: edit(2, CIRCLE), at: Millis(1) }),
        Op::PutSent(SentEdit { edit: edit(3, OTHER), at: Millis(9) }),
        Op::PutRefused(RefusedEdit { edit: edit(4, CIRCLE), reason: Reason::Purged, at: Millis(1) }),
        Op::PutBlob { blob: held(1, BlobState::ToSend), bytes: vec![1, 2, 3] },
        Op::PutBlob { blob: held(2, BlobState::Here), bytes: vec![4, 5, 6] },
    ];
    just(store, ops).await;
    just(store, vec![Op::PutSummary(summary(1))]).await;
}

/// One of a circle with one pending edit, that was never named in a commit.
fn summary(n: u8) -> HeldSummary {
    HeldSummary { circle: CIRCLE, revision: Revision(0), pending: 1, bytes: vec![n] }
}

/// One batch with every op, that leaves nothing as it was.
#[must_use]
pub fn a_batch_of_every_op() -> Batch {
    let refused = RefusedEdit { edit: edit(8, CIRCLE), reason: Reason::Purged, at: Millis(1) };
    let ops = vec![
        Op::PutOwner(DeviceOwner { device: DeviceId([1; 16]), person: PersonId([1; 16]) }),
        Op::PutDevice(HeldDevice { next_n: 50, ..device() }),
        Op::DropBelow { circle: CIRCLE, generation: 1, id: id(1) },
        Op::DropOutside { circle: CIRCLE, generation: 1, view: View::of(1, Section::Plans.bit()) },
        put(CIRCLE, 2, record(6, Kind::Plan, None)),
        Op::PutCircle(circle(CIRCLE, 2)),
        Op::DropGeneration { circle: CIRCLE, generation: 1 },
        Op::PurgeCircle(OTHER),
        Op::DropPending { n: 1 },
        Op::PutPending(waiting(7, CIRCLE)),
        Op::DropSent { n: 2 },
        Op::PutSent(SentEdit { edit: edit(5, CIRCLE), at: Millis(2) }),
        Op::PutSent(SentEdit { edit: edit(6, CIRCLE), at: Millis(8) }),
        Op::DropSentBefore(Millis(5)),
        Op::DropRefused { n: 4 },
        Op::PutRefused(refused),
        Op::MarkBlob { circle: CIRCLE, hash: blob(1).hash, state: BlobState::Here },
        Op::DropBlob { circle: CIRCLE, hash: blob(2).hash },
        Op::WantBlob { circle: CIRCLE, blob: blob(3) },
        Op::PutBlob { blob: HeldBlob { circle: CIRCLE, blob: blob(4), state: BlobState::ToSend }, bytes: vec![9] },
        Op::PutOwner(DeviceOwner { device: DEVICE, person: PersonId([2; 16]) }),
        Op::PutSummary(summary(2)),
    ];
    let circles = vec![(CIRCLE, Revision(0)), (OTHER, Revision(0))];
    Batch { expected: Expected { device: Some(Revision(0)), circles }, ops }
}

/// More waits than any commit has.
const MOST_WAITS: u32 = 500;

/// A commit is dropped at its first wait, its second, and so on to the last: as when the page goes away. Each time the store holds all
/// of the batch or none of it, for whoever opens it next as well, and takes the batch if it did not have it.
pub async fn a_commit_dropped_at_any_wait_is_done_or_not_done<S: LocalStore>(open: impl AsyncFn() -> S) {
    let batch = a_batch_of_every_op();
    let store = open().await;
    something_of_everything(&store).await;
    let before = everything_in(&store).await.expect("the store works");
    let mut wait = 0;
    loop {
        wait += 1;
        assert!(wait < MOST_WAITS, "the commit never came to its end");
        let done = dropped_at(wait, open().await.commit(&batch)).await;
        let now = everything_in(&open().await).await.expect("the store works");
        if now == before {
            assert!(!done, "a commit that answered is not there");
            continue;
        }
        assert_eq!((&now.edits, now.owners), (&[vec![7], vec![6], vec![8]], 2), "half a batch at wait {wait}");
        assert_eq!(store.commit(&batch).await, Ok(CommitOutcome::Moved));
        return;
    }
}

/// Lets a future go on whenever it is woken, and drops it at its first, second, third wait. Says whether it was done by then.
pub async fn dropped_at(wait: u32, future: impl Future) -> bool {
    let mut future = pin!(future);
    let mut waits = 0;
    poll_fn(|context| {
        let ready = future.as_mut().poll(context).is_ready();
        waits += 1;
        if ready || waits == wait { Poll::Ready(ready) } else { Poll::Pending }
    })
    .await
}
