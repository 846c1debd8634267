//! A store that the browser threw away, as a whole or in part, and a connection that dies.

use futures::executor::block_on;
use opstap_core::model::set;
use opstap_core::{DeviceId, Kind};

use super::stage::{KRING, PHONE, PLAN, SEM, STEP, Saying, Stage, accepted, answer, circle, person, titles};
use crate::engine::{Engine, NotKept, NotOpened, Outcome, Query, begin, begin_again};
use crate::memory::Memory;
use crate::store::{Batch, CommitOutcome, LocalStore, Op, StoreError};

fn just(store: &Memory, ops: Vec<Op>) {
    assert_eq!(block_on(store.commit(&Batch { ops, ..Batch::default() })), Ok(CommitOutcome::Committed));
}

#[test]
fn a_store_that_was_thrown_away_begins_again_under_another_device_and_is_fetched_not_deleted() {
    let stage = Stage::with_circle();
    let lost = Memory::default();
    let open = || block_on(Engine::open(lost.clone(), stage.server.clone(), stage.clock.clone()));
    assert!(matches!(open(), Err(NotOpened::Lost)));
    block_on(begin_again(&lost, PHONE, person(SEM), &stage.clock)).unwrap();
    let device = open().unwrap();
    assert_eq!(device.store_id(), PHONE);
    stage.server.says(answer().loads(circle(), 4));
    assert!(matches!(block_on(device.sync_once()).unwrap(), Outcome::Done(_)));
    assert_eq!(titles(&device), ["Was doen"]);
    let request = stage.server.requests().pop().unwrap();
    assert_ne!(request.device, PHONE);
    // It says what it lacks and nothing else: no edit, and so no deletion, comes of what is not there.
    assert_eq!((request.edits, request.cursors), (vec![], vec![]));
}

#[test]
fn what_was_not_sent_outlives_the_loss_of_whose_store_it_is() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let left = Memory::default();
    just(&left, block_on(stage.store.pending()).unwrap().into_iter().map(Op::PutPending).collect());
    block_on(begin_again(&left, PHONE, person(SEM), &stage.clock)).unwrap();
    let device = block_on(Engine::open(left.clone(), stage.server.clone(), stage.clock.clone())).unwrap();
    stage.server.says(answer().judges(n, accepted(5)).loads(circle(), 4));
    block_on(device.sync_once()).unwrap();
    let sent = stage.server.requests().pop().unwrap();
    assert_eq!((sent.device, sent.edits.len()), (PHONE, 1));
    let next = block_on(device.edit(KRING, vec![set(STEP, "text", "Pak twee karren")], None)).unwrap();
    assert!(next.n > n && next.device != PHONE);
}

#[test]
fn a_store_that_was_begun_is_left_as_it_is() {
    let stage = Stage::with_circle();
    block_on(begin(&stage.store, DeviceId([9; 16]), person(SEM))).unwrap();
    block_on(begin_again(&stage.store, DeviceId([9; 16]), person(SEM), &stage.clock)).unwrap();
    assert_eq!(stage.restarted().store_id(), PHONE);
}

#[test]
fn a_circle_whose_records_are_gone_is_fetched_anew_and_what_was_made_in_it_stays() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    let generation = block_on(stage.store.circles()).unwrap()[0].value.generation;
    just(&stage.store, vec![Op::DropGeneration { circle: KRING, generation }]);
    let device = stage.restarted();
    stage.server.says(answer().judges(n, accepted(5)).loads(circle(), 4));
    block_on(device.sync_once()).unwrap();
    let request = stage.server.requests().pop().unwrap();
    assert_eq!((request.cursors[0].cursor.number, request.edits.len()), (0, 1));
    assert_eq!(titles(&device), ["De was doen"]);
    // And a store in which nothing is gone is left alone.
    let before = block_on(stage.store.circles());
    stage.restarted();
    assert_eq!(block_on(stage.store.circles()), before);
}

#[test]
fn a_circle_with_a_damaged_record_is_fetched_anew_while_the_app_is_open_and_what_was_made_in_it_stays() {
    let stage = Stage::with_circle();
    let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
    stage.store.damages(STEP);
    assert_eq!(block_on(stage.device.read(KRING, Query::all(Kind::Step))), Err(StoreError::Corrupt));
    block_on(stage.device.mend()).unwrap();
    stage.server.says(answer().judges(n, accepted(5)).loads(circle(), 4));
    stage.sync();
    let request = stage.server.requests().pop().unwrap();
    assert_eq!((request.cursors[0].cursor.number, request.edits.len()), (0, 1));
    assert_eq!(stage.titles(), ["De was doen"]);
    assert!(!block_on(stage.device.read(KRING, Query::all(Kind::Step))).unwrap().is_empty());
    // Nothing is wrong any more, and nothing is fetched again.
    let before = block_on(stage.store.circles());
    block_on(stage.device.mend()).unwrap();
    assert_eq!(block_on(stage.store.circles()), before);
}

#[test]
fn a_connection_that_dies_at_an_edit_loses_it_not_and_keeps_it_once() {
    for having_committed in [false, true] {
        let stage = Stage::with_circle();
        stage.store.dies(having_committed);
        let n = stage.edit(vec![set(PLAN, "title", "De was doen")]);
        assert_eq!((stage.titles(), stage.counts()), (vec!["De was doen".to_owned()], (1, 0)));
        let pending = block_on(stage.store.pending()).unwrap();
        assert_eq!((pending.len(), pending[0].edit.name.n), (1, n));
    }
}

#[test]
fn a_store_that_is_thrown_away_under_an_open_app_is_lost_and_not_read_as_empty() {
    let stage = Stage::with_circle();
    stage.store.is_thrown_away();
    let read = block_on(stage.device.read(KRING, Query::all(Kind::Plan)));
    assert_eq!(read, Err(StoreError::Lost));
    assert_eq!(block_on(stage.device.circles()), Err(StoreError::Lost));
    let changes = vec![set(PLAN, "title", "De was doen")];
    assert_eq!(block_on(stage.device.edit(KRING, changes, None)), Err(NotKept::Store(StoreError::Lost)));
    assert_eq!(block_on(stage.device.sync_once()), Err(StoreError::Lost));
}
