//! The person's own edits and blobs: apart from the records, in order, and never thrown away with them.

use opstap_core::protocol::{DeviceOwner, Reason};
use opstap_core::{DeviceId, Kind, Millis, PersonId};

use super::samples::{CIRCLE, DEVICE, OTHER, blob, circle, edit, just, load, put, record, stamp, waiting};
use crate::held::{BlobState, HeldBlob, Pending, PendingState, RefusedEdit, SentEdit};
use crate::store::{LocalStore, Op};

/// Also past the numbers where text or bytes would sort otherwise, and with an accepted one between them.
pub async fn own_edits_come_in_the_order_in_which_they_were_made<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let accepted = PendingState::Accepted { number: 12, stamp: stamp(77), at: Millis(8) };
    let edits = [10, 9, 70_000, 256, 2].map(|n| waiting(n, if n == 9 { OTHER } else { CIRCLE }));
    just(&store, edits.iter().cloned().map(Op::PutPending).collect()).await;
    let accepted = Pending { state: accepted, ..waiting(256, CIRCLE) };
    just(&store, vec![Op::PutPending(accepted.clone()), Op::DropPending { n: 2 }]).await;
    let (nine, ten, last) = (waiting(9, OTHER), waiting(10, CIRCLE), waiting(70_000, CIRCLE));
    assert_eq!(store.pending().await, Ok(vec![nine.clone(), ten.clone(), accepted.clone(), last.clone()]));
    assert_eq!(load(&store, CIRCLE, &[]).await.pending, [ten, accepted, last]);
    assert_eq!(load(&store, OTHER, &[]).await.pending, [nine]);
}

/// Every reason is kept.
pub async fn the_tray_is_read_with_its_circle<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let refused: Vec<RefusedEdit> = (1..)
        .zip(Reason::ALL)
        .map(|(n, reason)| RefusedEdit { edit: edit(n, CIRCLE), reason, at: Millis(n) })
        .collect();
    just(&store, refused.iter().cloned().map(Op::PutRefused).collect()).await;
    assert_eq!(store.refused().await, Ok(refused.clone()));
    assert_eq!(load(&store, CIRCLE, &[]).await.refused, refused);
    assert_eq!(load(&store, OTHER, &[]).await.refused, Vec::new());
    just(&store, (1..=refused.len() as u64).map(|n| Op::DropRefused { n }).collect()).await;
    assert_eq!(store.refused().await, Ok(Vec::new()));
}

/// The moment itself stays.
pub async fn sent_edits_are_forgotten_by_age<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let sent = |n, at| SentEdit { edit: edit(n, CIRCLE), at: Millis(at) };
    let all = [sent(1, 900), sent(2, 1_000), sent(3, 999), sent(4, 1_001)];
    just(&store, all.map(Op::PutSent).to_vec()).await;
    just(&store, vec![Op::DropSentBefore(Millis(1_000))]).await;
    assert_eq!(store.sent().await, Ok(vec![sent(2, 1_000), sent(4, 1_001)]));
    just(&store, vec![Op::DropSent { n: 2 }]).await;
    assert_eq!(store.sent().await, Ok(vec![sent(4, 1_001)]));
}

/// The circle goes, with what was sent; what was not sent, or came back, is the person's own.
pub async fn purging_a_circle_keeps_what_the_person_made_and_did_not_send<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let refused = RefusedEdit { edit: edit(2, CIRCLE), reason: Reason::Purged, at: Millis(1) };
    let held = |n, state| HeldBlob { circle: CIRCLE, blob: blob(n), state };
    let ops = vec![
        Op::PutCircle(circle(CIRCLE, 1)),
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        Op::PutPending(waiting(1, CIRCLE)),
        Op::PutRefused(refused.clone()),
        Op::PutSent(SentEdit { edit: edit(3, CIRCLE), at: Millis(1) }),
        Op::PutSent(SentEdit { edit: edit(4, OTHER), at: Millis(1) }),
        Op::PutBlob { blob: held(1, BlobState::ToSend), bytes: vec![1, 2, 3] },
        Op::PutBlob { blob: held(2, BlobState::Here), bytes: vec![4, 5, 6] },
        Op::WantBlob { circle: CIRCLE, blob: blob(3) },
    ];
    just(&store, ops).await;
    just(&store, vec![Op::PurgeCircle(CIRCLE)]).await;
    assert_eq!(store.circles().await, Ok(Vec::new()));
    assert_eq!(store.pending().await, Ok(vec![waiting(1, CIRCLE)]));
    assert_eq!(store.refused().await, Ok(vec![refused]));
    assert_eq!(store.sent().await.map(|sent| sent.len()), Ok(1));
    assert_eq!(store.blobs(BlobState::ToSend).await, Ok(vec![held(1, BlobState::ToSend)]));
    assert_eq!(store.blobs(BlobState::Wanted).await, Ok(Vec::new()));
    assert_eq!(store.blob(CIRCLE, blob(2).hash).await, Ok(None));
    just(&store, vec![Op::PutCircle(circle(CIRCLE, 1))]).await;
    assert_eq!(load(&store, CIRCLE, &[crate::store::Wanted::Kind(Kind::Plan)]).await.records, Vec::new());
}

/// Only bytes make a blob present.
pub async fn a_blob_that_is_wanted_is_not_taken_for_one_that_is_here<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let hash = blob(1).hash;
    let held = |state| HeldBlob { circle: CIRCLE, blob: blob(1), state };
    let mark = |state| vec![Op::MarkBlob { circle: CIRCLE, hash, state }];
    just(&store, mark(BlobState::ToSend)).await;
    just(&store, vec![Op::WantBlob { circle: CIRCLE, blob: blob(1) }]).await;
    just(&store, mark(BlobState::ToSend)).await;
    assert_eq!(store.blobs(BlobState::Wanted).await, Ok(vec![held(BlobState::Wanted)]));
    assert_eq!(store.blobs(BlobState::ToSend).await, Ok(Vec::new()));
    assert_eq!(store.blob(CIRCLE, hash).await, Ok(None));
    just(&store, vec![Op::PutBlob { blob: held(BlobState::Here), bytes: vec![9, 0, 255] }]).await;
    assert_eq!(store.blob(CIRCLE, hash).await, Ok(Some((held(BlobState::Here), vec![9, 0, 255]))));
    just(&store, mark(BlobState::ToSend)).await;
    assert_eq!(store.blobs(BlobState::ToSend).await, Ok(vec![held(BlobState::ToSend)]));
    assert_eq!(store.blobs(BlobState::Here).await, Ok(Vec::new()));
    just(&store, vec![Op::DropBlob { circle: CIRCLE, hash }]).await;
    assert_eq!(store.blob(CIRCLE, hash).await, Ok(None));
}

/// A blob of the device's own, to which a record of the server refers now.
pub async fn a_wish_for_a_blob_that_is_here_changes_nothing<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let held = HeldBlob { circle: CIRCLE, blob: blob(1), state: BlobState::ToSend };
    just(&store, vec![Op::PutBlob { blob: held, bytes: vec![1, 2, 3] }]).await;
    just(&store, vec![Op::WantBlob { circle: CIRCLE, blob: blob(1) }, Op::WantBlob { circle: OTHER, blob: blob(1) }])
        .await;
    assert_eq!(store.blob(CIRCLE, blob(1).hash).await, Ok(Some((held, vec![1, 2, 3]))));
    let wanted = HeldBlob { circle: OTHER, blob: blob(1), state: BlobState::Wanted };
    assert_eq!(store.blobs(BlobState::Wanted).await, Ok(vec![wanted]));
}

/// The last word counts.
pub async fn owners_of_devices_are_remembered<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let owner = |device, person| DeviceOwner { device, person: PersonId([person; 16]) };
    let other = DeviceId([1; 16]);
    just(&store, vec![Op::PutOwner(owner(DEVICE, 1)), Op::PutOwner(owner(other, 2))]).await;
    just(&store, vec![Op::PutOwner(owner(DEVICE, 3))]).await;
    let mut owners = store.owners().await.unwrap_or_default();
    owners.sort_by_key(|owner| owner.device);
    assert_eq!(owners, [owner(other, 2), owner(DEVICE, 3)]);
}
