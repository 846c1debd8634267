//! Commits: atomic, durable, and refused when what they were planned on has moved.

#![expect(clippy::expect_used, reason = "a case fails by panicking, as a test does")]

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use opstap_core::Kind;

use super::samples::{CIRCLE, OTHER, circle, commit, device, edit, ids, just, load, on, put, record, waiting};
use crate::held::{RefusedEdit, Revision, SentEdit, Versioned};
use crate::store::{Batch, CommitOutcome, Expected, LocalStore, Op, Wanted};
use opstap_core::Millis;
use opstap_core::protocol::Reason;

/// Nothing is in a store that was never begun.
pub async fn an_empty_store_belongs_to_nobody<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    assert_eq!(store.device().await, Ok(None));
    assert_eq!(store.circles().await, Ok(Vec::new()));
    assert_eq!(store.pending().await, Ok(Vec::new()));
    assert_eq!(load(&store, CIRCLE, &[Wanted::Kind(Kind::Plan)]).await.records, Vec::new());
}

/// Everything of one batch is read back through a handle that was opened later.
pub async fn what_was_committed_is_there_after_a_restart<S: LocalStore>(open: impl AsyncFn() -> S) {
    let sent = SentEdit { edit: edit(3, CIRCLE), at: Millis(5) };
    let refused = RefusedEdit { edit: edit(4, CIRCLE), reason: Reason::UnknownRecord, at: Millis(6) };
    let plan = record(1, Kind::Plan, None);
    let ops = vec![
        Op::PutDevice(device()),
        Op::PutCircle(circle(CIRCLE, 2)),
        put(CIRCLE, 2, plan.clone()),
        Op::PutPending(waiting(40, CIRCLE)),
        Op::PutSent(sent.clone()),
        Op::PutRefused(refused.clone()),
    ];
    let expected = Expected { device: Some(Revision(0)), circles: vec![(CIRCLE, Revision(0))] };
    commit(&open().await, Batch { expected, ops }).await;
    let store = open().await;
    assert_eq!(store.device().await, Ok(Some(Versioned { value: device(), revision: Revision(1) })));
    assert_eq!(store.circles().await, Ok(vec![Versioned { value: circle(CIRCLE, 2), revision: Revision(1) }]));
    let loaded = load(&store, CIRCLE, &[Wanted::Kind(Kind::Plan)]).await;
    assert_eq!(loaded.circle, Some(circle(CIRCLE, 2)));
    assert_eq!((loaded.revision, loaded.records), (Revision(1), vec![plan]));
    assert_eq!((loaded.pending, loaded.refused), (vec![waiting(40, CIRCLE)], vec![refused]));
    assert_eq!(store.sent().await, Ok(vec![sent]));
}

/// A commit that names a revision which has moved does none of its changes, also not those of what has not moved.
pub async fn a_commit_on_an_older_state_changes_nothing<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    commit(&store, on(&[(CIRCLE, 0)], vec![Op::PutCircle(circle(CIRCLE, 1))])).await;
    let ops = vec![
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        Op::PutCircle(circle(OTHER, 1)),
        Op::PutPending(waiting(1, CIRCLE)),
    ];
    for revision in [0, 2] {
        let batch = on(&[(OTHER, 0), (CIRCLE, revision)], ops.clone());
        assert_eq!(store.commit(&batch).await, Ok(CommitOutcome::Moved));
    }
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Kind(Kind::Plan)]).await, Vec::new());
    assert_eq!(store.pending().await, Ok(Vec::new()));
    assert_eq!(store.circles().await.expect("the store works").len(), 1);
    commit(&store, on(&[(OTHER, 0), (CIRCLE, 1)], ops)).await;
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Kind(Kind::Plan)]).await.len(), 1);
}

/// Writing to something without naming its revision leaves the revision as it is.
pub async fn a_commit_raises_the_revisions_it_names_and_no_others<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    just(&store, vec![Op::PutCircle(circle(CIRCLE, 1)), Op::PutCircle(circle(OTHER, 1)), Op::PutDevice(device())])
        .await;
    let batch = on(&[(CIRCLE, 0)], vec![put(OTHER, 1, record(1, Kind::Plan, None)), Op::PutCircle(circle(OTHER, 1))]);
    commit(&store, batch).await;
    assert_eq!(load(&store, CIRCLE, &[]).await.revision, Revision(1));
    assert_eq!(load(&store, OTHER, &[]).await.revision, Revision(0));
    let device = store.device().await.expect("the store works").expect("it was begun");
    assert_eq!(device.revision, Revision(0));
}

/// Two tabs plan on the same state and commit at the same moment.
pub async fn of_two_commits_at_once_on_one_state_one_has_to_plan_again<S: LocalStore>(open: impl AsyncFn() -> S) {
    let (one, other) = (open().await, open().await);
    commit(&one, on(&[(CIRCLE, 0)], vec![Op::PutCircle(circle(CIRCLE, 1))])).await;
    let batch = |n| on(&[(CIRCLE, 1)], vec![Op::PutPending(waiting(n, CIRCLE))]);
    let (first, second) = (batch(1), batch(2));
    let mut outcomes = both(one.commit(&first), other.commit(&second)).await;
    outcomes.sort_by_key(|outcome| *outcome == Ok(CommitOutcome::Moved));
    assert_eq!(outcomes, [Ok(CommitOutcome::Committed), Ok(CommitOutcome::Moved)]);
    assert_eq!(one.pending().await.expect("the store works").len(), 1);
}

/// Purging takes the revision along.
pub async fn a_circle_that_is_not_held_has_revision_0_and_begins_there_again<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    commit(&store, on(&[(CIRCLE, 0)], vec![Op::PutPending(waiting(1, CIRCLE))])).await;
    let loaded = load(&store, CIRCLE, &[]).await;
    assert_eq!((loaded.circle, loaded.revision, loaded.pending.len()), (None, Revision(0), 1));
    commit(&store, on(&[(CIRCLE, 0)], vec![Op::PutCircle(circle(CIRCLE, 1))])).await;
    commit(&store, on(&[(CIRCLE, 1)], vec![Op::PurgeCircle(CIRCLE)])).await;
    assert_eq!(load(&store, CIRCLE, &[]).await.circle, None);
    commit(&store, on(&[(CIRCLE, 0)], vec![Op::PutCircle(circle(CIRCLE, 1))])).await;
    assert_eq!(load(&store, CIRCLE, &[]).await.revision, Revision(1));
}

/// Runs two futures side by side.
async fn both<T>(one: impl Future<Output = T>, other: impl Future<Output = T>) -> [T; 2] {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    poll_fn(|context| {
        if first.is_none()
            && let Poll::Ready(done) = one.as_mut().poll(context)
        {
            first = Some(done);
        }
        if second.is_none()
            && let Poll::Ready(done) = other.as_mut().poll(context)
        {
            second = Some(done);
        }
        match (first.take(), second.take()) {
            (Some(one), Some(other)) => Poll::Ready([one, other]),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}
