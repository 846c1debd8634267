//! What the cases put into a store, and short ways to do so.

#![expect(clippy::panic, clippy::expect_used, reason = "a case fails by panicking, as a test does")]

use opstap_core::access::View;
use opstap_core::model::{CircleKind, OrganisationRole, Person};
use opstap_core::{
    BlobHash, BlobRef, Cell, Change, CircleId, Day, DeviceId, Edit, EditName, Kind, Media, Millis, Month, PersonId,
    Record, RecordId, Seen, Stamp,
};

use crate::held::{AskedLogs, HeldCircle, HeldDevice, Pending, PendingState, Revision};
use crate::store::{Batch, CommitOutcome, Expected, Loaded, LocalStore, Op, Wanted};

pub const CIRCLE: CircleId = CircleId([0xc1; 16]);
pub const OTHER: CircleId = CircleId([0xc2; 16]);
pub const DEVICE: DeviceId = DeviceId([0xd1; 16]);

pub fn id(n: u16) -> RecordId {
    let [high, low] = n.to_be_bytes();
    let mut id = [0; 16];
    [id[0], id[15]] = [high, low];
    RecordId(id)
}

pub fn stamp(millis: u64) -> Stamp {
    Stamp { millis: Millis(millis), counter: 3, device: DEVICE }
}

pub fn record(n: u16, kind: Kind, parent: Option<u16>) -> Record {
    let mut record = Record::new(id(n), kind, parent.map(id));
    record.number = 7;
    let cell = Cell { value: "Pak een kar".into(), stamp: stamp(40), number: 7 };
    record.cells.insert("text".into(), cell);
    record
}

pub fn device() -> HeldDevice {
    HeldDevice {
        store: DEVICE,
        device: DeviceId([0xd2; 16]),
        person: Person { id: PersonId([0xa1; 16]), role: OrganisationRole::Coordinator },
        next_n: 41,
        server: None,
        epoch: Some(opstap_core::Epoch(3)),
        clock_offset: -1_234,
        in_touch: Millis(77),
        lease: 14,
    }
}

pub fn circle(circle: CircleId, generation: u32) -> HeldCircle {
    HeldCircle {
        circle,
        kind: CircleKind::Client,
        view: View(5),
        number: 9,
        generation,
        load: None,
        complete: true,
        highest: Some(stamp(99)),
        since: Day(20_000),
        asked: Some(AskedLogs { from: Month(600), on: Day(20_100) }),
    }
}

pub fn edit(n: u64, circle: CircleId) -> Edit {
    let cells = vec![("text".into(), "Leg alles klaar".into())];
    Edit {
        name: EditName { device: DEVICE, n },
        stamp: stamp(1_000 + n),
        circle,
        seen: Seen::default(),
        beside: Some(PersonId([0xa2; 16])),
        changes: vec![Change::Set { id: id(1), cells }],
    }
}

pub fn waiting(n: u64, circle: CircleId) -> Pending {
    Pending { edit: edit(n, circle), state: PendingState::Waiting }
}

pub fn blob(n: u8) -> BlobRef {
    BlobRef { hash: BlobHash([n; 32]), media: Media::Photo, size: 3 }
}

pub fn put(circle: CircleId, generation: u32, record: Record) -> Op {
    Op::PutRecord { circle, generation, record }
}

pub fn on(circles: &[(CircleId, u64)], ops: Vec<Op>) -> Batch {
    let circles = circles.iter().map(|(circle, revision)| (*circle, Revision(*revision))).collect();
    Batch { expected: Expected { device: None, circles }, ops }
}

pub async fn commit<S: LocalStore>(store: &S, batch: Batch) {
    let outcome = store.commit(&batch).await.expect("the store works");
    assert_eq!(outcome, CommitOutcome::Committed);
}

/// Commits without naming any revision.
pub async fn just<S: LocalStore>(store: &S, ops: Vec<Op>) {
    commit(store, on(&[], ops)).await;
}

pub async fn load<S: LocalStore>(store: &S, circle: CircleId, wanted: &[Wanted]) -> Loaded {
    match store.load(circle, wanted).await {
        Ok(loaded) => loaded,
        Err(error) => panic!("the store does not read: {error}"),
    }
}

/// The ids of what is loaded, sorted.
pub async fn ids<S: LocalStore>(store: &S, circle: CircleId, wanted: &[Wanted]) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> = load(store, circle, wanted).await.records.iter().map(|record| record.id).collect();
    ids.sort_unstable();
    ids
}
