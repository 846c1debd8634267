//! Records: found by what they are and where they stand, in the generation that is shown, and dropped as told.

use opstap_core::access::{Section, View};
use opstap_core::{Kind, RecordId};

use super::samples::{CIRCLE, OTHER, circle, commit, id, ids, just, on, put, record};
use crate::store::{LocalStore, Op, Wanted};

/// What is wanted in more than one way comes once.
pub async fn records_are_found_by_kind_by_parent_and_by_id<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let records = [
        record(1, Kind::Plan, None),
        record(2, Kind::Plan, None),
        record(3, Kind::Step, Some(1)),
        record(4, Kind::Step, Some(2)),
        record(5, Kind::Unknown(900), None),
    ];
    let mut ops = vec![Op::PutCircle(circle(CIRCLE, 1))];
    ops.extend(records.map(|record| put(CIRCLE, 1, record)));
    just(&store, ops).await;
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Kind(Kind::Plan)]).await, [id(1), id(2)]);
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Kind(Kind::Unknown(900))]).await, [id(5)]);
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Below(id(2))]).await, [id(4)]);
    assert_eq!(ids(&store, CIRCLE, &[Wanted::One(id(3)), Wanted::One(id(9))]).await, [id(3)]);
    let overlapping = [Wanted::One(id(1)), Wanted::Kind(Kind::Plan), Wanted::Below(id(1)), Wanted::Kind(Kind::Step)];
    assert_eq!(ids(&store, CIRCLE, &overlapping).await, [id(1), id(2), id(3), id(4)]);
    assert_eq!(ids(&store, CIRCLE, &[]).await, Vec::<RecordId>::new());
}

/// The same ids in two circles are two records.
pub async fn two_circles_do_not_see_each_others_records<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let ops = vec![
        Op::PutCircle(circle(CIRCLE, 1)),
        Op::PutCircle(circle(OTHER, 1)),
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        put(OTHER, 1, record(1, Kind::Route, None)),
        put(OTHER, 1, record(2, Kind::Part, Some(1))),
    ];
    just(&store, ops).await;
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Kind(Kind::Route), Wanted::Below(id(1))]).await, Vec::new());
    just(&store, vec![Op::DropBelow { circle: CIRCLE, generation: 1, id: id(1) }]).await;
    assert_eq!(ids(&store, OTHER, &[Wanted::One(id(1)), Wanted::One(id(2))]).await, [id(1), id(2)]);
    just(&store, vec![Op::PurgeCircle(CIRCLE)]).await;
    assert_eq!(ids(&store, OTHER, &[Wanted::Kind(Kind::Part)]).await, [id(2)]);
}

/// Until the swap the old generation is read, afterwards only the new one.
pub async fn a_load_laid_beside_is_swapped_in_by_one_commit<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let all = [Wanted::Kind(Kind::Plan)];
    let ops = vec![
        Op::PutCircle(circle(CIRCLE, 1)),
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        put(CIRCLE, 2, record(2, Kind::Plan, None)),
        put(CIRCLE, 300, record(3, Kind::Plan, None)),
    ];
    commit(&store, on(&[(CIRCLE, 0)], ops)).await;
    assert_eq!(ids(&store, CIRCLE, &all).await, [id(1)]);
    let swap = vec![Op::DropGeneration { circle: CIRCLE, generation: 1 }, Op::PutCircle(circle(CIRCLE, 2))];
    commit(&store, on(&[(CIRCLE, 1)], swap)).await;
    assert_eq!(ids(&store, CIRCLE, &all).await, [id(2)]);
    just(&store, vec![Op::PutCircle(circle(CIRCLE, 1))]).await;
    assert_eq!(ids(&store, CIRCLE, &all).await, Vec::new());
    just(&store, vec![Op::PutCircle(circle(CIRCLE, 300))]).await;
    assert_eq!(ids(&store, CIRCLE, &all).await, [id(3)]);
}

/// A route with its parts and their goals, or a branch of it.
pub async fn dropping_a_record_drops_all_below_it<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let kinds = [Wanted::Kind(Kind::Route), Wanted::Kind(Kind::Part), Wanted::Kind(Kind::Goal)];
    let records = [
        record(1, Kind::Route, None),
        record(2, Kind::Part, Some(1)),
        record(3, Kind::Goal, Some(2)),
        record(4, Kind::Part, Some(1)),
        record(5, Kind::Goal, Some(4)),
        record(6, Kind::Route, None),
    ];
    let mut ops = vec![Op::PutCircle(circle(CIRCLE, 1))];
    ops.extend(records.map(|record| put(CIRCLE, 1, record)));
    just(&store, ops).await;
    just(&store, vec![Op::DropBelow { circle: CIRCLE, generation: 1, id: id(2) }]).await;
    assert_eq!(ids(&store, CIRCLE, &kinds).await, [id(1), id(4), id(5), id(6)]);
    just(&store, vec![Op::DropBelow { circle: CIRCLE, generation: 1, id: id(1) }]).await;
    assert_eq!(ids(&store, CIRCLE, &kinds).await, [id(6)]);
}

/// What is no longer allowed goes at once.
pub async fn sections_outside_a_view_are_dropped_and_the_others_stay<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let ops = vec![
        Op::PutCircle(circle(CIRCLE, 1)),
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        put(CIRCLE, 1, record(2, Kind::Step, Some(1))),
        put(CIRCLE, 1, record(3, Kind::Run, None)),
        put(CIRCLE, 2, record(4, Kind::Run, None)),
    ];
    just(&store, ops).await;
    let view = View::of(1, Section::Plans.bit() | Section::Circle.bit());
    just(&store, vec![Op::DropOutside { circle: CIRCLE, generation: 1, view }]).await;
    let kinds = [Wanted::Kind(Kind::Plan), Wanted::Kind(Kind::Step), Wanted::Kind(Kind::Run)];
    assert_eq!(ids(&store, CIRCLE, &kinds).await, [id(1), id(2)]);
    just(&store, vec![Op::PutCircle(circle(CIRCLE, 2))]).await;
    assert_eq!(ids(&store, CIRCLE, &kinds).await, [id(4)]);
}

/// A later change of a batch sees the earlier ones.
pub async fn changes_of_one_batch_take_effect_in_order<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let ops = vec![
        put(CIRCLE, 1, record(1, Kind::Plan, None)),
        put(CIRCLE, 1, record(2, Kind::Step, Some(1))),
        Op::DropBelow { circle: CIRCLE, generation: 1, id: id(1) },
        put(CIRCLE, 1, record(3, Kind::Plan, None)),
        Op::PutCircle(circle(CIRCLE, 8)),
        Op::PurgeCircle(OTHER),
        Op::PutCircle(circle(OTHER, 1)),
        Op::PutCircle(circle(CIRCLE, 1)),
    ];
    just(&store, ops).await;
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Kind(Kind::Plan), Wanted::Kind(Kind::Step)]).await, [id(3)]);
    assert_eq!(store.circles().await.map(|circles| circles.len()), Ok(2));
}

/// As a first sync does.
pub async fn a_thousand_records_go_in_one_commit<S: LocalStore>(open: impl AsyncFn() -> S) {
    let store = open().await;
    let mut ops = vec![Op::PutCircle(circle(CIRCLE, 1))];
    ops.extend((1..=1_000).map(|n| put(CIRCLE, 1, record(n, Kind::Step, Some(n % 10)))));
    commit(&store, on(&[(CIRCLE, 0)], ops)).await;
    assert_eq!(ids(&open().await, CIRCLE, &[Wanted::Kind(Kind::Step)]).await.len(), 1_000);
    assert_eq!(ids(&store, CIRCLE, &[Wanted::Below(id(3))]).await.len(), 100);
}
