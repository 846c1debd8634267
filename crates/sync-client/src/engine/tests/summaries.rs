//! Summaries of circles: kept while nothing moves, gone with what they were made of.

use futures::executor::block_on;
use opstap_core::model::{Member, Model, Relation, delete, set};
use opstap_core::protocol::{Answer, Reason, Verdict};
use opstap_core::record::PURGED;
use opstap_core::{Cell, CircleId, Kind, RecordId, Value};

use super::stage::{
    ELSEWHERE, KRING, NOON, PLAN, SEM, STEP, Saying, Stage, YOUSSEF, answer, plan, record_at, stamp, step,
};
use crate::engine::ToSumUp;
use crate::store::CommitOutcome;

const KINDS: [Kind; 3] = [Kind::Member, Kind::Plan, Kind::Step];
const DAY: u64 = 86_400_000;

fn to_sum_up(stage: &Stage) -> ToSumUp {
    block_on(stage.device.to_sum_up(KRING, &KINDS)).unwrap().unwrap()
}

fn keep(stage: &Stage, of: &ToSumUp) -> CommitOutcome {
    block_on(stage.device.keep_summary(of, b"Was doen".to_vec())).unwrap()
}

fn summaries(stage: &Stage) -> Vec<(CircleId, Vec<u8>)> {
    block_on(stage.restarted().summaries()).unwrap()
}

fn with_a_summary() -> Stage {
    let stage = Stage::with_circle();
    assert_eq!(keep(&stage, &to_sum_up(&stage)), CommitOutcome::Committed);
    assert_eq!(summaries(&stage), [(KRING, b"Was doen".to_vec())]);
    stage
}

#[test]
fn a_summary_is_made_of_what_screens_show_and_not_of_what_is_below_something_deleted() {
    let stage = Stage::with_circle();
    stage.edit(vec![step("W", "Van mij").make_below(RecordId([20; 16]), PLAN)]);
    let of = to_sum_up(&stage);
    assert_eq!((of.records.len(), of.person_of(ELSEWHERE)), (5, Some(YOUSSEF)));
    assert_eq!(of.person_of(stage.device.store_id()), Some(SEM));
    stage.edit(vec![delete(PLAN)]);
    assert!(to_sum_up(&stage).records.iter().all(|record| record.kind == Kind::Member));
}

#[test]
fn of_a_circle_that_is_not_here_there_is_nothing_to_sum_up() {
    let stage = Stage::with_circle();
    assert!(block_on(stage.device.to_sum_up(CircleId([9; 16]), &KINDS)).unwrap().is_none());
}

#[test]
fn what_moved_while_a_summary_was_made_refuses_it() {
    let stage = Stage::with_circle();
    let of = to_sum_up(&stage);
    let n = stage.edit(vec![set(STEP, "text", "Pak een mand")]);
    assert_eq!(keep(&stage, &of), CommitOutcome::Moved);
    let with_the_edit = to_sum_up(&stage);
    stage.server.says(answer().judges(n, Verdict::Refused(Reason::TooLarge)));
    stage.sync();
    assert_eq!(keep(&stage, &with_the_edit), CommitOutcome::Moved);
    assert_eq!(to_sum_up(&stage).refused, [NOON]);
    assert_eq!(summaries(&stage), []);
}

#[test]
fn an_edit_a_sync_and_taking_an_edit_out_of_the_tray_drop_the_summary() {
    let stage = with_a_summary();
    let n = stage.edit(vec![set(STEP, "text", "Pak een mand")]);
    assert_eq!(summaries(&stage), []);
    assert_eq!(keep(&stage, &to_sum_up(&stage)), CommitOutcome::Committed);
    stage.server.says(answer().judges(n, Verdict::Refused(Reason::TooLarge)));
    stage.sync();
    assert_eq!(summaries(&stage), []);
    assert_eq!(keep(&stage, &to_sum_up(&stage)), CommitOutcome::Committed);
    block_on(stage.device.discard(n)).unwrap();
    assert_eq!(summaries(&stage), []);
}

#[test]
fn a_sync_that_brings_nothing_leaves_the_summary() {
    let stage = with_a_summary();
    stage.server.says(answer());
    stage.sync();
    assert_eq!(summaries(&stage).len(), 1);
}

#[test]
fn of_what_was_erased_or_may_no_longer_be_seen_no_summary_stays() {
    let stage = with_a_summary();
    let gone =
        record_at(PLAN, None, &plan("x"), 9).purged(Cell { value: Value::Bool(true), stamp: stamp(9), number: 9 });
    assert!(gone.value(PURGED).is_some());
    stage.server.says(answer().changes(vec![gone], 9));
    stage.sync();
    assert_eq!(summaries(&stage), []);
    let stage = with_a_summary();
    stage.server.says(Answer { left: vec![KRING], ..answer() });
    stage.sync();
    assert_eq!(summaries(&stage), []);
}

#[test]
fn a_locked_circle_gives_no_summary_until_the_server_was_heard() {
    let stage = Stage::empty();
    let relation = Relation::Supervisor;
    let member =
        Member { person: SEM, relation, name: "Sem".into(), called: None, phone: None, face: None, order: None };
    let mut records = super::stage::circle();
    records[0] = record_at(RecordId([1; 16]), None, &member, 1);
    stage.server.says(Answer { lease: 14, ..answer() }.loads(records, 4));
    stage.sync();
    assert_eq!(keep(&stage, &to_sum_up(&stage)), CommitOutcome::Committed);
    stage.clock.0.set(NOON.0 + 14 * DAY + 7_200_000);
    assert_eq!(summaries(&stage), []);
    assert!(block_on(stage.device.to_sum_up(KRING, &KINDS)).unwrap().is_none());
    stage.server.says(Answer { lease: 14, time: NOON.plus(15 * DAY), ..answer() });
    stage.sync();
    assert_eq!(summaries(&stage).len(), 1);
}
