//! Summaries: a cache of what a circle comes to, of which nothing outlives what it was made of.

#![expect(clippy::expect_used, reason = "a case fails by panicking, as a test does")]

use opstap_core::access::View;
use opstap_core::protocol::{DeviceOwner, Figures, LetGo, Reason};
use opstap_core::{CircleId, Day, Kind, Millis, PersonId};

use super::samples::{
    CIRCLE, DEVICE, OTHER, blob, circle, commit, device, edit, id, just, load, on, put, record, waiting,
};
use crate::held::{BlobState, HeldBlob, HeldSummary, RefusedEdit, Revision, SentEdit};
use crate::store::{Batch, CommitOutcome, LocalStore, Op};

fn summary(circle: CircleId, revision: u64, pending: u32) -> HeldSummary {
    HeldSummary { circle, revision: Revision(revision), pending, bytes: vec![1, 2, 3] }
}

/// Of which circles there are summaries.
async fn summed_up<S: LocalStore>(store: &S) -> Vec<CircleId> {
    let mut all: Vec<CircleId> =
        store.summaries().await.expect("the store works").iter().map(|summary| summary.circle).collect();
    all.sort_unstable();
    all
}

/// Two circles, each with a plan, an edit that waits and one in the tray; the n of those of the first are 1 and 2, of the other 3 and 4.
async fn two_circles<S: LocalStore>(store: &S) {
    let refused = |n, of| Op::PutRefused(RefusedEdit { edit: edit(n, of), reason: Reason::Purged, at: Millis(1) });
    let ops = vec![
        Op::PutDevice(device()),
        Op::PutCircle(circle(CIRCLE, 1)),
        Op::PutCircle(circle(OTHER, 1)),
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        put(OTHER, 1, record(1, Kind::Plan, None)),
        Op::PutPending(waiting(1, CIRCLE)),
        refused(2, CIRCLE),
        Op::PutPending(waiting(3, OTHER)),
        refused(4, OTHER),
    ];
    just(store, ops).await;
}

/// Each is there once, also after a restart, and no revision rose: a sync that was planned meanwhile goes on.
pub async fn summaries_are_read_together_and_keeping_one_moves_nothing<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    two_circles(&store).await;
    assert_eq!(store.summaries().await, Ok(Vec::new()));
    just(&store, vec![Op::PutSummary(summary(OTHER, 0, 1))]).await;
    just(&store, vec![Op::PutSummary(summary(CIRCLE, 0, 1))]).await;
    let newer = HeldSummary { bytes: vec![9; 2_000], ..summary(CIRCLE, 0, 1) };
    just(&store, vec![Op::PutSummary(newer.clone())]).await;
    let mut all = open().await.summaries().await.expect("the store works");
    all.sort_by_key(|summary| summary.circle);
    assert_eq!(all, [newer, summary(OTHER, 0, 1)]);
    assert_eq!(load(&store, CIRCLE, &[]).await.revision, Revision(0));
}

/// The circle moved, an edit was kept or went, or the circle is not here at all: nothing of the commit is done.
pub async fn a_summary_made_of_what_is_no_longer_so_is_not_kept<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    two_circles(&store).await;
    commit(&store, on(&[(CIRCLE, 0)], vec![Op::PutCircle(circle(CIRCLE, 1))])).await;
    let nowhere = CircleId([0xc3; 16]);
    for wrong in [summary(CIRCLE, 0, 1), summary(CIRCLE, 1, 0), summary(CIRCLE, 1, 2), summary(nowhere, 0, 0)] {
        let ops = vec![Op::PutSummary(summary(OTHER, 0, 1)), Op::PutSummary(wrong.clone())];
        assert_eq!(store.commit(&Batch { ops, ..Batch::default() }).await, Ok(CommitOutcome::Moved), "{wrong:?}");
    }
    assert_eq!(summed_up(&store).await, []);
    just(&store, vec![Op::PutSummary(summary(CIRCLE, 1, 1))]).await;
    assert_eq!(summed_up(&store).await, [CIRCLE]);
}

/// Whatever an op does to a circle, its summary is gone with it, whether or not the commit names the circle, and only its own.
pub async fn whatever_changes_a_circle_drops_its_summary_in_the_same_commit<S: LocalStore>(open: impl AsyncFn() -> S) {
    let refused = RefusedEdit { edit: edit(2, CIRCLE), reason: Reason::Purged, at: Millis(9) };
    let changes = [
        put(CIRCLE, 1, record(9, Kind::Step, Some(1))),
        put(CIRCLE, 2, record(9, Kind::Plan, None)),
        Op::DropBelow { circle: CIRCLE, generation: 1, id: id(7) },
        Op::DropOutside { circle: CIRCLE, generation: 1, view: View(u64::MAX) },
        Op::DropOld { circle: CIRCLE, generation: 1, logs: Day(1), deleted: Day(1) },
        Op::DropGeneration { circle: CIRCLE, generation: 2 },
        Op::PutCircle(circle(CIRCLE, 1)),
        Op::PutPending(waiting(1, CIRCLE)),
        Op::PutRefused(refused),
        Op::DropEditsOn { circle: CIRCLE, records: vec![id(7)] },
        Op::PutFigures { circle: CIRCLE, figures: Figures { before: Day(1), rows: Vec::new() } },
        Op::DropRefused { n: 2 },
        Op::DropPending { n: 1 },
        Op::PurgeCircle(CIRCLE),
    ];
    let store = open().await;
    two_circles(&store).await;
    just(&store, vec![Op::PutSummary(summary(OTHER, 0, 1))]).await;
    for change in changes {
        just(&store, vec![Op::PutSummary(summary(CIRCLE, 0, 1))]).await;
        assert_eq!(summed_up(&store).await, [CIRCLE, OTHER], "before {change:?}");
        just(&store, vec![change.clone()]).await;
        assert_eq!(summed_up(&open().await).await, [OTHER], "after {change:?}");
        just(&store, vec![Op::PutCircle(circle(CIRCLE, 1)), Op::PutPending(waiting(1, CIRCLE))]).await;
    }
    // In one batch too, whatever comes before it.
    let change = put(CIRCLE, 1, record(9, Kind::Plan, None));
    just(&store, vec![change.clone(), Op::PutSummary(summary(CIRCLE, 0, 1)), change]).await;
    assert_eq!(summed_up(&store).await, [OTHER]);
}

/// What is in no summary leaves it: blobs, edits that count, whose a device is, what happens in another circle.
pub async fn a_summary_stays_while_nothing_of_its_circle_changes<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    two_circles(&store).await;
    just(&store, vec![Op::PutSummary(summary(CIRCLE, 0, 1))]).await;
    let held = HeldBlob { circle: CIRCLE, blob: blob(1), state: BlobState::ToSend };
    let note = LetGo { circle: CIRCLE, view: View(1), at: Millis(1) };
    let ops = vec![
        Op::PutDevice(device()),
        Op::PutSent(SentEdit { edit: edit(5, CIRCLE), at: Millis(1) }),
        Op::DropSent { n: 5 },
        Op::DropSentBefore(Millis(9)),
        Op::PutLetGo(note),
        Op::DropLetGo(note),
        Op::PutOwner(DeviceOwner { device: DEVICE, person: PersonId([1; 16]) }),
        Op::PutBlob { blob: held, bytes: vec![1] },
        Op::MarkBlob { circle: CIRCLE, hash: blob(1).hash, state: BlobState::Here },
        Op::WantBlob { circle: CIRCLE, blob: blob(2) },
        Op::DropBlob { circle: CIRCLE, hash: blob(2).hash },
        put(OTHER, 1, record(9, Kind::Plan, None)),
        Op::DropPending { n: 3 },
        Op::DropRefused { n: 4 },
        Op::DropPending { n: 99 },
        Op::PurgeCircle(OTHER),
    ];
    just(&store, ops).await;
    assert_eq!(open().await.summaries().await, Ok(vec![summary(CIRCLE, 0, 1)]));
}
